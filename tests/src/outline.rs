//! A client's IR as text that people read: one line for each thing that was decided.
//!
//! Structures are taken apart in full, so that the compiler asks for a line for whatever joins the
//! IR.

use std::fmt::Write as _;

use generator::ir::{
    Acceptor, Build, CallExample, Client, Default, Deprecation, Docs, Enum, EnumValue, ErrorShape,
    Field, Gate, GateId, Home, HostPart, Items, Needed, Operation, PageSize, Paginator, PathStep,
    Presence, PresetQuery, Redaction, RequiredBinding, Service, Sessions, StreamErrors, Streaming,
    Structure, Type, Union, Variant, Waiter, Width,
};

/// The outline of a client: its service, its operations and its types.
pub fn outline(client: &Client) -> String {
    let mut outline = Outline {
        client,
        text: String::new(),
    };
    outline.service(&client.service);
    if let Some(sessions) = &client.sessions {
        outline.sessions(sessions);
    }
    outline.gates(&client.gates);
    for operation in &client.operations {
        outline.operation(operation);
    }
    for structure in &client.structures {
        outline.structure(structure);
    }
    for union in &client.unions {
        outline.union(union);
    }
    for r#enum in &client.enums {
        outline.r#enum(r#enum);
    }
    outline.text
}

struct Outline<'a> {
    client: &'a Client,
    text: String,
}

impl Outline<'_> {
    fn line(&mut self, text: impl AsRef<str>) {
        self.text.push_str(text.as_ref().trim_end());
        self.text.push('\n');
    }

    fn service(&mut self, service: &Service) {
        let Service {
            namespace,
            shape,
            version,
            title,
            docs,
            sdk_id,
            module,
            signing_name,
            error_text,
            protocol,
            operation_auth,
            auth,
            is_aws,
            api_key,
            headers,
            transient_errors,
            label_prefixes,
            retries,
            signing,
            code_of_empty_404,
            errors_in_success,
            extended_request_id,
            auth_tokens,
            environment_token,
            lenient_dates,
            any_root,
        } = service;
        let protocol = protocol.protocol.name;
        self.line(format!(
            "service {namespace}#{shape} {version}: {title:?}, {sdk_id:?}, {module}"
        ));
        self.docs(docs, "  ");
        self.line(format!("  protocol: {protocol}, auth: {auth:?}"));
        self.optional("  signs as", signing_name.as_ref());
        if !is_aws {
            self.line("  without region and AWS credentials");
        }
        for (name, value) in headers {
            self.line(format!("  header of all requests: {name}: {value}"));
        }
        if !transient_errors.is_empty() {
            self.line(format!(
                "  transient errors: {}",
                transient_errors.join(", ")
            ));
        }
        if !label_prefixes.is_empty() {
            self.line(format!(
                "  prefixes of labels: {}",
                label_prefixes.join(", ")
            ));
        }
        if let Some(signing) = signing {
            self.line(format!("  signing: {signing:?}"));
        }
        if let Some(code) = code_of_empty_404 {
            self.line(format!("  404 without a body: {code}"));
        }
        if *errors_in_success {
            self.line("  any response may be an error");
        }
        if *extended_request_id {
            self.line("  requests have a second id");
        }
        if let Some(tokens) = auth_tokens {
            self.line(format!("  makes tokens: {tokens:?}"));
        }
        self.optional("  token of the environment", environment_token.as_ref());
        for (date, text) in lenient_dates {
            self.line(format!("  a date or not: {date}, its text: {text}"));
        }
        if !any_root.is_empty() {
            self.line(format!("  roots of any name: {}", any_root.join(", ")));
        }
        if let Some(retries) = retries {
            self.line(format!("  retries: {retries:?}"));
        }
        if let Some(api_key) = api_key {
            self.line(format!("  API key: {api_key:?}"));
        }
        self.optional("  text of errors", error_text.as_ref());
        for (operation, auth) in operation_auth {
            self.line(format!("  auth of {operation}: {auth:?}"));
        }
    }

    fn sessions(&mut self, sessions: &Sessions) {
        let Sessions {
            scheme,
            operation,
            input,
            parameter,
            credentials,
            token_header,
            token_parameter,
            provider,
            disabled_by,
            variable,
            profile,
            feature,
        } = sessions;
        let operation = &self.client.operation(*operation).name;
        self.line(format!("sessions: {scheme}, of {parameter}"));
        self.line(format!("  opened by {} of {input}", operation.as_str()));
        self.line(format!("  {credentials:?}"));
        self.line(format!("  token: {token_header}, {token_parameter}"));
        self.line(format!("  other credentials: {provider}"));
        self.line(format!(
            "  disabled by {disabled_by}, {variable}, {profile}"
        ));
        self.optional("  user agent", feature.as_ref());
    }

    fn gates(&mut self, gates: &[Gate]) {
        for Gate { name, operations } in gates {
            let operations: Vec<_> = operations.iter().map(ToString::to_string).collect();
            self.line(format!("gate {name}: {}", operations.join(", ")));
        }
    }

    fn gate(&mut self, gate: Option<GateId>) {
        let name = gate.map(|gate| &self.client.gate(gate).name);
        self.optional("  gate", name);
    }

    fn operation(&mut self, operation: &Operation) {
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

    fn waiter(&mut self, waiter: &Waiter) {
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

    fn host_prefix(&mut self, parts: &[HostPart]) {
        if parts.is_empty() {
            return;
        }
        let parts = parts.iter().map(|part| match part {
            HostPart::Text(text) => text.clone(),
            HostPart::Field(field) => format!("{{{field}}}"),
        });
        self.line(format!("  host begins with: {}", parts.collect::<String>()));
    }

    fn paginator(&mut self, paginator: &Paginator) {
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

    fn structure(&mut self, structure: &Structure) {
        let Structure {
            name,
            home,
            gate,
            docs,
            deprecated,
            fields,
            build,
            redaction,
            schema,
            error,
        } = structure;
        let home = match home {
            Home::Types => "types",
            Home::Error => "types::error",
            Home::OperationInput(_) => "input",
            Home::OperationOutput(_) => "output",
        };
        self.line(format!("\nstructure {name} ({home}) [{schema}]"));
        self.gate(*gate);
        self.docs(docs, "  ");
        self.deprecated(deprecated.as_ref(), "  ");
        if let Some(ErrorShape {
            codes,
            retry,
            sensitive,
        }) = error
        {
            let retry = retry.map(|retry| format!(", retried as {retry:?}"));
            let codes = codes.join(" or ");
            self.line(format!("  code: {codes}{}", retry.unwrap_or_default()));
            if *sensitive {
                self.line("  its text is sensitive");
            }
        }
        if *build == Build::Fallible {
            self.line("  build can fail");
        }
        self.redaction(*redaction);
        for field in fields {
            self.field(field);
        }
    }

    fn field(&mut self, field: &Field) {
        let Field {
            name,
            index,
            ty,
            presence,
            required,
            docs,
            limits,
            sensitive,
            deprecated,
            unsent,
        } = field;
        let mut line = match index {
            Some(index) => format!("  {index} "),
            None => "  - ".to_owned(),
        };
        let _ = write!(line, "{}: ", name.field());
        let ty = self.ty(ty);
        let _ = match presence {
            Presence::Optional => write!(line, "Option<{ty}>"),
            Presence::Required => write!(line, "{ty}"),
            Presence::Defaulted(default) => write!(line, "{ty} = {}", value(default)),
        };
        if name.set() != format!("set_{}", name.as_str()) {
            let _ = write!(line, ", {}, {}", name.set(), name.get());
        }
        if let Some(default) = unsent {
            let _ = write!(line, ", unsent if {}", value(default));
        }
        for (is, word) in [(required, ", required"), (sensitive, ", sensitive")] {
            if *is {
                line.push_str(word);
            }
        }
        self.line(line);
        self.docs(docs, "      ");
        self.optional("      limits", limits.as_ref());
        self.deprecated(deprecated.as_ref(), "      ");
    }

    fn union(&mut self, union: &Union) {
        let Union {
            name,
            gate,
            docs,
            deprecated,
            variants,
            redaction,
            schema,
            stream,
        } = union;
        self.line(format!("\nunion {name} [{schema}]"));
        self.gate(*gate);
        self.docs(docs, "  ");
        self.deprecated(deprecated.as_ref(), "  ");
        self.redaction(*redaction);
        for variant in variants {
            let Variant {
                name,
                index,
                ty,
                docs,
                sensitive,
                deprecated,
            } = variant;
            let hidden = if *sensitive { ", sensitive" } else { "" };
            self.line(format!("  {index} {name}({}){hidden}", self.ty(ty)));
            self.docs(docs, "      ");
            self.deprecated(deprecated.as_ref(), "      ");
        }
        if let Some(StreamErrors {
            name,
            errors,
            is_sent,
        }) = stream
        {
            let sent = if *is_sent { ", sent" } else { "" };
            self.line(format!("  is a stream, which ends with {name}{sent}"));
            for (member, error) in errors {
                let error = &self.client.structure(*error).name;
                self.line(format!("    {member} is {error}"));
            }
        }
    }

    fn r#enum(&mut self, r#enum: &Enum) {
        let Enum {
            name,
            gate,
            docs,
            deprecated,
            values,
            redaction,
        } = r#enum;
        self.line(format!("\nenum {name}"));
        self.gate(*gate);
        self.docs(docs, "  ");
        self.deprecated(deprecated.as_ref(), "  ");
        self.redaction(*redaction);
        for it in values {
            let EnumValue {
                variant,
                value,
                docs,
                deprecated,
            } = it;
            self.line(format!("  {variant} = {value:?}"));
            self.docs(docs, "      ");
            self.deprecated(deprecated.as_ref(), "      ");
        }
    }

    fn optional(&mut self, what: &str, value: Option<impl std::fmt::Display>) {
        if let Some(value) = value {
            self.line(format!("{what}: {value}"));
        }
    }

    /// Documentation of the model; lines that stand in for it say nothing.
    fn docs(&mut self, docs: &Docs, indent: &str) {
        let lines = docs.lines();
        let is_made_up = |line: &String| {
            [
                "The `",
                "Input of the `",
                "Output of the `",
                "`",
                "What the service says",
            ]
            .iter()
            .any(|start| line.starts_with(start))
        };
        if lines.len() == 1 && lines.iter().all(is_made_up) {
            return;
        }
        for line in lines {
            self.line(format!("{indent}| {line}"));
        }
    }

    fn deprecated(&mut self, deprecated: Option<&Deprecation>, indent: &str) {
        if let Some(Deprecation { since, note }) = deprecated {
            self.line(format!("{indent}deprecated: {since:?}, {note:?}"));
        }
    }

    fn redaction(&mut self, redaction: Redaction) {
        if redaction != Redaction::None {
            self.line(format!("  hides: {redaction:?}"));
        }
    }

    /// A type as Rust spells it.
    fn ty(&self, ty: &Type) -> String {
        match ty {
            Type::Boolean => "bool".to_owned(),
            Type::Integer(Width::Byte) => "i8".to_owned(),
            Type::Integer(Width::Short) => "i16".to_owned(),
            Type::Integer(Width::Integer) => "i32".to_owned(),
            Type::Integer(Width::Long) => "i64".to_owned(),
            Type::Float => "f32".to_owned(),
            Type::Double => "f64".to_owned(),
            Type::Enum(id) => self.client.r#enum(*id).name.to_string(),
            Type::Structure(id) => self.client.structure(*id).name.to_string(),
            Type::Union(id) => self.client.union(*id).name.to_string(),
            Type::List(element) => format!("Vec<{}>", self.ty(element)),
            Type::Map(key, value) => format!("HashMap<{}, {}>", self.ty(key), self.ty(value)),
            Type::Sparse(element) => format!("Option<{}>", self.ty(element)),
            Type::Boxed(inner) => format!("Box<{}>", self.ty(inner)),
            Type::EventSender(id) => format!("EventStreamSender<{}>", self.client.union(*id).name),
            Type::EventReceiver(id) => format!("EventReceiver<{}>", self.client.union(*id).name),
            Type::Unit => "()".to_owned(),
            Type::Timestamp => "DateTime".to_owned(),
            Type::BigInteger
            | Type::BigDecimal
            | Type::String
            | Type::Blob
            | Type::ByteStream
            | Type::Document => format!("{ty:?}"),
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

fn value(default: &Default) -> String {
    format!("{default:?}")
}
