//! Operations.

use super::*;

impl Outline<'_> {
    pub(super) fn operation(&mut self, operation: &Operation) {
        let Operation {
            name,
            feature,
            docs,
            examples,
            reference,
            deprecated,
            input,
            output,
            errors,
            idempotency_token,
            required,
            paginator,
            waiters,
            recordable,
            sensitive_output,
            sensitive_headers,
            endpoint_bindings,
            host_prefix,
            sensitive_host,
            streaming,
            sends_events,
            initial_request,
            receives_events,
            initial_response,
            accepts_events,
            payload,
            compressed,
            checksum,
            request_checksum,
            response_checksum,
            requires_length,
            unsigned_payload,
            prefixed,
            filled_labels,
            may_pause,
            long_polling,
            lenient_dates,
            bare_path,
            optional_payload_signing,
            tree_hash,
            discovered,
            preset_query,
            presigned,
        } = operation;
        let schema = &self.client.structure(*input).schema;
        let structure = |id| self.client.structure(id).name.as_str().to_owned();
        let (input, output) = (structure(*input), structure(*output));
        let errors: Vec<_> = errors.iter().map(|error| structure(*error)).collect();
        self.line(format!(
            "\noperation {name} (mod {}, fn {}): {input} -> {output} [{schema}]",
            name.module(),
            name.method()
        ));
        self.docs(docs, "  ");
        self.deprecated(deprecated.as_ref(), "  ");
        self.optional("  feature", feature.as_ref());
        self.optional("  API reference", reference.as_ref());
        for CallExample {
            docs,
            input,
            result,
        } in examples
        {
            self.line(format!("  example: {input:?} -> {result:?}"));
            self.docs(docs, "    ");
        }
        if !errors.is_empty() {
            self.line(format!("  errors: {}", errors.join(", ")));
        }
        self.optional("  token", idempotency_token.as_ref());
        for RequiredBinding { field, needed } in required {
            let how = match needed {
                Needed::Set => "",
                Needed::NotEmpty => " and not empty",
                Needed::NotBlank => " and not blank",
            };
            self.line(format!("  must be set{how}: {field}"));
        }
        for (member, field) in recordable {
            self.line(format!("  may be recorded: {member} of {field}"));
        }
        if *sensitive_output {
            self.line("  responses are sensitive");
        }
        for header in sensitive_headers {
            self.line(format!("  sensitive header: {header}"));
        }
        for binding in endpoint_bindings {
            self.line(format!("  tells the endpoint rules: {binding:?}"));
        }
        self.host_prefix(host_prefix);
        if *sensitive_host {
            self.line("  host is sensitive");
        }
        if let Some(Streaming { request, response }) = streaming {
            self.optional("  streams to the service", request.as_ref());
            self.optional("  streams from the service", response.as_ref());
        }
        if let Some(payload) = payload {
            self.line(format!("  body is a member: {payload:?}"));
        }
        if let Some(PresetQuery { names, field }) = preset_query {
            let names = names.join(", ");
            self.line(format!("  sets in the URI, and not by {field}: {names}"));
        }
        for field in prefixed {
            self.line(format!("  loses a prefix: {field}"));
        }
        for (field, value) in filled_labels {
            self.line(format!("  is {value:?} if empty: {field}"));
        }
        for (is, what) in [
            (sends_events, "sent as events"),
            (initial_request, "its input in the first message"),
            (receives_events, "answered by events"),
            (initial_response, "its output in the first message"),
            (accepts_events, "asks for events"),
            (compressed, "compressed"),
            (checksum, "sent with a checksum"),
            (unsigned_payload, "signed without its body"),
            (may_pause, "answered in its own time"),
            (long_polling, "answered late on purpose"),
            (
                optional_payload_signing,
                "signed without its body on demand",
            ),
            (lenient_dates, "lenient with dates of responses"),
            (bare_path, "sent to the endpoint's path"),
            (requires_length, "streamed with its length only"),
        ] {
            if *is {
                self.line(format!("  is {what}"));
            }
        }
        if let Some(discovered) = discovered {
            self.line(format!("  its endpoint: {discovered:?}"));
        }
        if let Some(body) = presigned {
            self.line(format!("  can be presigned: {body:?}"));
        }
        if let Some(checksum) = request_checksum {
            self.line(format!("  requests have {checksum:?}"));
        }
        if let Some(checksum) = response_checksum {
            self.line(format!("  responses have {checksum:?}"));
        }
        self.optional("  the tree hash of the body is", tree_hash.as_ref());
        if let Some(paginator) = paginator {
            self.paginator(paginator);
        }
        for waiter in waiters {
            self.waiter(waiter);
        }
    }

    pub(super) fn waiter(&mut self, waiter: &Waiter) {
        let Waiter {
            name,
            docs,
            deprecated,
            delays: [least, greatest],
            paths,
            of_output,
            of_error,
        } = waiter;
        self.line(format!(
            "  waiter {}: {least} to {greatest} s",
            name.as_str()
        ));
        self.docs(docs, "    ");
        self.deprecated(deprecated.as_ref(), "    ");
        for path in paths {
            self.line(format!("    path {}: {:?}", path.text, path.expr.ty));
        }
        for Acceptor { matcher, state } in of_output {
            self.line(format!("    {state:?} of output: {matcher:?}"));
        }
        for Acceptor { matcher, state } in of_error {
            self.line(format!("    {state:?} of error: {matcher:?}"));
        }
    }

    pub(super) fn host_prefix(&mut self, parts: &[HostPart]) {
        if parts.is_empty() {
            return;
        }
        let parts = parts.iter().map(|part| match part {
            HostPart::Text(text) => text.clone(),
            HostPart::Field(field) => format!("{{{field}}}"),
        });
        self.line(format!("  host begins with: {}", parts.collect::<String>()));
    }

    pub(super) fn paginator(&mut self, paginator: &Paginator) {
        let Paginator {
            input_token,
            token_type,
            output_token,
            more_pages,
            page_size,
            items,
        } = paginator;
        self.line(format!(
            "  pages: {} -> {input_token}: {}",
            path(output_token),
            self.ty(token_type)
        ));
        if let Some(flag) = more_pages {
            self.line(format!("  pages follow while {}", flag.field));
        }
        if let Some(PageSize { field, ty }) = page_size {
            self.line(format!("  page size: {field}: {}", self.ty(ty)));
        }
        if let Some(Items {
            path: to,
            collection,
            is_complex,
        }) = items
        {
            let complex = if *is_complex { ", complex" } else { "" };
            let ty = self.ty(collection);
            self.line(format!("  items: {}: {ty}{complex}", path(to)));
        }
    }
}

fn path(steps: &[PathStep]) -> String {
    let steps = steps.iter().map(|PathStep { field, optional }| {
        let mark = if *optional { "?" } else { "" };
        format!("{field}{mark}")
    });
    steps.collect::<Vec<_>>().join(".")
}
