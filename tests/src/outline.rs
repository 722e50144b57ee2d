//! A client's IR as text that people read: one line for each thing that was decided.
//!
//! Structures are destructured completely, so that the compiler requires a line for every new field
//! of the IR.

mod operation;
mod types;

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

    fn optional(&mut self, what: &str, value: Option<impl std::fmt::Display>) {
        if let Some(value) = value {
            self.line(format!("{what}: {value}"));
        }
    }

    /// Documentation of the model, without the lines that replace missing documentation.
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
}
