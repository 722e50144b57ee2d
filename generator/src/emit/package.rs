//! The files of a package that are not Rust.

use super::first_call::first_call;
use super::sections;
use crate::harmless::toml_string;
use crate::ir::{AuthScheme, Client, OperationModule};
use crate::names::FeatureName;
use crate::protocol::Format;

/// The license of generated code.
pub(crate) const LICENSE: &str = include_str!("../../../templates/LICENSE");

const MANIFEST: &str = include_str!("../../../templates/Cargo.toml.in");
const README: &str = include_str!("../../../templates/README.md.in");
const CHANGELOG: &str = include_str!("../../../templates/CHANGELOG.md.in");
const CRATE_DOCS: &str = include_str!("../../../templates/crate-docs.md.in");
const WAITING: &str = include_str!("../../../templates/crate-docs-waiters.md.in");
const OFFICIAL_DOCS: &str = include_str!("../../../templates/crate-docs-official.md.in");

/// `Cargo.toml`; for a module, the dependencies that the crate around it needs.
pub(crate) fn manifest(client: &Client) -> String {
    fill(client, MANIFEST)
}

/// The initial `CHANGELOG.md`. It is written once and maintained by hand from then on.
pub(crate) fn changelog(client: &Client) -> String {
    fill(client, CHANGELOG)
}

/// `README.md`: its head, and the documentation of `lib.rs` without what only rustdoc understands.
pub(crate) fn readme(client: &Client) -> String {
    let mut text = fill(client, README);
    let mut is_code = false;
    for line in crate_docs(client) {
        let is_fence = line.starts_with("```");
        match line.as_str() {
            "```" if !is_code => text.push_str("```rust"),
            "```no_run" => text.push_str("```rust,no_run"),
            line if is_code || is_fence => text.push_str(line),
            line if line.starts_with("# ") => text.push_str(&format!("#{line}")),
            line => text.push_str(&without_paths(line)),
        }
        text.push('\n');
        is_code ^= is_fence;
    }
    text
}

/// A line without the links that only rustdoc can follow: ``[`Client`]`` and
/// ``[`Region`](config::Region)``.
fn without_paths(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, link)) = rest.split_once("[`") {
        let Some((code, after)) = link.split_once("`]") else {
            break;
        };
        text.push_str(&format!("{before}`{code}`"));
        let path = after.strip_prefix('(').and_then(|it| it.split_once(')'));
        rest = path.map_or(after, |(_, after)| after);
    }
    text + rest
}

/// The documentation in `lib.rs` below the service's own.
pub(crate) fn crate_docs(client: &Client) -> Vec<String> {
    let mut text = fill(client, CRATE_DOCS);
    if client.package.replaces.is_some() {
        text.push_str(&fill(client, OFFICIAL_DOCS));
    }
    text.lines().map(str::to_owned).collect()
}

/// Fills in the `{{placeholders}}` of a text template.
fn fill(client: &Client, template: &'static str) -> String {
    let template = sections::chosen(template, client);
    let package = &client.package;
    let keywords: Vec<_> = package
        .keywords
        .iter()
        .map(|keyword| toml_string(keyword))
        .collect();
    let replaces = package.replaces.as_deref().unwrap_or_default();
    let library = package.library.as_str();
    let mut values = Vec::from([
        ("{{package}}", package.name.clone()),
        ("{{made-by}}", package.made_by.clone()),
        ("{{library}}", library.to_owned()),
        ("{{version}}", package.version.clone()),
        ("{{description}}", toml_string(&package.description)),
        ("{{keywords}}", keywords.join(", ")),
        ("{{model}}", package.model.replace('`', "'")),
        ("{{title}}", client.service.title.clone()),
        ("{{presigned}}", a_presigned(client)),
        ("{{events}}", event_docs(client)),
        ("{{protocol}}", protocol(client)),
        ("{{features}}", features(client)),
        (
            "{{default-operations}}",
            line(", \"operations\"", client.has_features()),
        ),
        (
            "{{default-sigv4a}}",
            line(", \"sigv4a\"", client.has_sigv4a()),
        ),
        ("{{sigv4a}}", line(SIGV4A, client.has_sigv4a())),
        (
            "{{sigv4a-feature}}",
            line(
                "| `sigv4a` (on by default) | Signature Version 4A |\n",
                client.has_sigv4a(),
            ),
        ),
        ("{{operations-feature}}", operations_feature(client)),
        ("{{operation-features}}", operation_features(client)),
        ("{{examples}}", examples(client)),
        ("{{first-call}}", first_call(client)),
        ("{{error-details}}", error_details(client)),
        ("{{waiting}}", waiting(client, &template)),
        ("{{waiter}}", a_waiter(client).unwrap_or_default()),
        ("{{dev-dependencies}}", dev_dependencies(client)),
        ("{{replaces}}", replaces.to_owned()),
        ("{{replaces-library}}", replaces.replace('-', "_")),
    ]);
    values.extend(dependencies(client));
    replaced(&template, &values)
}

/// A template with these values in place of their placeholders.
fn replaced(template: &str, values: &[(&'static str, String)]) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some(start) = rest.find("{{") {
        text.push_str(&rest[..start]);
        rest = &rest[start..];
        let (placeholder, value) = values
            .iter()
            .find(|(placeholder, _)| rest.starts_with(placeholder))
            .unwrap_or_else(|| panic!("a template has an unknown placeholder: {rest:.40}"));
        text.push_str(value);
        rest = &rest[placeholder.len()..];
    }
    text + rest
}

/// Dependencies that only some clients have.
fn dependencies(client: &Client) -> [(&'static str, String); 13] {
    let has_events = client.needs(OperationModule::EventStream);
    let sends_events = client.needs(OperationModule::EventSender);
    let sums_requests = client.needs(OperationModule::RequestChecksum);
    let sends_input_first = client.needs(OperationModule::InitialRequest);
    [
        ("{{aws-runtime}}", version("1.10", sends_events)),
        ("{{aws-smithy-http}}", version("0.64", has_events)),
        ("{{checksums}}", line(CHECKSUMS, client.has_checksums())),
        ("{{compression}}", compression(client)),
        ("{{event-streams}}", line(EVENT_STREAM, has_events)),
        ("{{futures-core}}", line(FUTURES_CORE, sends_input_first)),
        ("{{http}}", line("http = \"1\"\n", client.has_presigning())),
        (
            "{{http-auth}}",
            line(", \"http-auth\"", has_http_auth(client)),
        ),
        ("{{http-body}}", line(HTTP_BODY, client.has_checksums())),
        (
            "{{http-body-util}}",
            line(HTTP_BODY_UTIL, sends_events || sums_requests),
        ),
        ("{{md5}}", md5(client)),
        ("{{sha2}}", sha2(client)),
        (
            "{{signing-events}}",
            line(
                AWS_SIGV4,
                sends_events || client.service.auth_tokens.is_some(),
            ),
        ),
    ]
}

/// The features of the operations.
fn features(client: &Client) -> String {
    if !client.has_features() {
        return String::new();
    }
    let (all, selected) = (FeatureName::ALL, FeatureName::SELECTED);
    let names: String = client
        .features()
        .map(|feature| format!("    {:?},\n", feature.as_str()))
        .collect();
    let rows: String = client
        .features()
        .map(|feature| format!("{} = [{selected:?}]\n", feature.as_str()))
        .collect();
    format!(
        "# All operations. They are available without this, too, unless a program selects one.\n\
         {all} = [\n{names}]\n\
         # Leaves out the operations that are not selected.\n\
         {selected} = []\n\
         # Operations: selecting one leaves out those that nobody selects.\n\
         {rows}"
    )
}

/// The row about these features in the table of the crate's page.
fn operations_feature(client: &Client) -> String {
    let row = "| `operations` (on by default) | all operations, whatever is selected |\n";
    line(row, client.has_features())
}

/// The section about choosing operations, with one of the service as the example.
fn operation_features(client: &Client) -> String {
    let Some(feature) = client.features().next() else {
        return String::new();
    };
    let package = &client.package.name;
    format!(
        "\nEach operation has a feature, too. If your program selects the ones that it calls, it compiles\n\
         only a fraction of the crate:\n\n```toml\n{package} = {{ path = \"…\", default-features = false, \
         features = [\n    \"default-https-client\", \"rt-tokio\", \"{feature}\",\n] }}\n```\n\n\
         If no operation is selected, all are available. Libraries should leave this choice to programs:\n\
         selecting one leaves out the others for every crate, unless one of the crates has the default\n\
         features, or selects `operations`.\n"
    )
}

/// The dependency for compressed requests.
fn compression(client: &Client) -> String {
    line(
        "aws-smithy-compression = \"0.2\"\n",
        client.needs(OperationModule::Compression),
    )
}

/// Whether the runtime needs its support for HTTP authentication.
fn has_http_auth(client: &Client) -> bool {
    let schemes = [AuthScheme::ApiKey, AuthScheme::Basic, AuthScheme::Bearer];
    schemes.into_iter().any(|scheme| client.service.has(scheme))
}

/// The dependencies of the protocol.
fn protocol(client: &Client) -> String {
    let lines = client.service.protocol.protocol.dependencies.iter();
    lines.map(|line| format!("{line}\n")).collect()
}

/// The dependency of clients with streams of events.
const EVENT_STREAM: &str = "aws-smithy-eventstream = \"0.61\"\n";
const AWS_SIGV4: &str = "aws-sigv4 = \"1.6\"\n";
const HTTP_BODY_UTIL: &str = "http-body-util = \"0.1\"\n";
const FUTURES_CORE: &str = "futures-core = \"0.3\"\n";

/// The dependencies and features for Signature Version 4A.
const SIGV4A: &str = "\
# Signature Version 4A, which some requests or endpoints require.
sigv4a = [\"aws-runtime/sigv4a\"]
";

/// The dependency of clients whose users choose checksums.
const CHECKSUMS: &str = "aws-smithy-checksums = \"0.65\"\n";
const HTTP_BODY: &str = "http-body = \"1\"\n";

/// A section about event streams, if there are any.
fn event_docs(client: &Client) -> String {
    let mut text = String::new();
    if client.needs(OperationModule::EventStream) {
        text.push_str(include_str!("../../../templates/event-docs.md.in"));
    }
    if client.needs(OperationModule::EventSender) {
        text.push_str(include_str!("../../../templates/event-sender-docs.md.in"));
    }
    text.replace("{{library}}", &client.package.library)
}

/// A dependency, with its feature for event streams if needed.
fn version(version: &str, has_events: bool) -> String {
    match has_events {
        true => format!("{{ version = \"{version}\", features = [\"event-stream\"] }}"),
        false => format!("\"{version}\""),
    }
}

/// The dependency for checksums in `Content-MD5`.
fn md5(client: &Client) -> String {
    line("md-5 = \"0.11\"\n", client.needs(OperationModule::Checksum))
}

/// The dependency for tree hashes.
fn sha2(client: &Client) -> String {
    line("sha2 = \"0.11\"\n", client.needs(OperationModule::TreeHash))
}

/// The documentation of error details, which only some protocols have.
fn error_details(client: &Client) -> String {
    let service = &client.service.protocol;
    let is_xml = service.protocol.format == Format::Xml;
    let has_query_codes = service.protocol.has_query_codes() || service.query_compatible;
    let code = "The code of an error is that of the service's query protocol, which may differ from the name of the\n\
                variant.\n";
    let fault = "If the service says who caused an error, `meta().extra(\"type\")` is `Sender` or `Receiver`.\n";
    let request_id = "If the request id is in the body of an error, `response_metadata` and `request_id` of the\n\
                      operation's error return it, but `request_id` of `SdkError` only reads headers.\n";
    let details = [
        line(code, has_query_codes),
        line(fault, is_xml || has_query_codes),
        line(request_id, is_xml),
    ]
    .concat();
    match details.is_empty() {
        true => details,
        false => details + "\n",
    }
}

/// A section about the programs of the package, if it has any.
fn examples(client: &Client) -> String {
    let Some(first) = client.package.examples.first() else {
        return String::new();
    };
    let rows = client.package.examples.iter();
    let rows: String = rows
        .map(|example| {
            let summary = example.summary.replace('|', "\\|");
            format!("| `{}` | {summary} |\n", example.name)
        })
        .collect();
    format!(
        "\n# Examples\n\n\
         The folder `examples` contains programs:\n\n\
         | program | |\n|---|---|\n{rows}\n\
         `cargo run --example {} -- --help` prints its options.\n",
        first.name
    )
}

/// A section about waiters, if the service has any.
fn waiting(client: &Client, template: &str) -> String {
    // The section contains a placeholder itself, so it is filled in only where it is used.
    let is_wanted = template.contains("{{waiting}}") && a_waiter(client).is_some();
    match is_wanted {
        true => fill(client, WAITING),
        false => String::new(),
    }
}

/// The method of a waiter, preferably of one that is not deprecated.
fn a_waiter(client: &Client) -> Option<String> {
    let waiters = client.operations.iter().flat_map(|it| &it.waiters);
    let waiter = waiters.min_by_key(|waiter| waiter.deprecated.is_some())?;
    Some(waiter.name.method().to_string())
}

/// A method of the client whose requests can be presigned, if there is one.
fn a_presigned(client: &Client) -> String {
    let mut operations = client.operations.iter();
    let operation = operations.find(|it| it.presigned.is_some());
    operation.map_or(String::new(), |it| it.name.method().to_string())
}

/// A line of the manifest, if it is needed.
fn line(line: &str, needed: bool) -> String {
    if needed {
        line.to_owned()
    } else {
        String::new()
    }
}

/// Dependencies that only the tests of some models need.
fn dev_dependencies(client: &Client) -> String {
    let tests = &client.conformance;
    let sends = tests.calls().any(|it| client.operation(it).sends_events);
    let of_events = line(
        "# For its streams of events.\nfutures-core = \"0.3\"\n",
        sends,
    );
    let bodies = tests.events.iter().flat_map(|test| &test.sent);
    if tests.all_requests().next().is_none() && bodies.count() == 0 {
        return of_events;
    }
    let of_bodies = match client.service.protocol.protocol.format {
        Format::Cbor => "ciborium = \"0.2\"\n",
        Format::Json | Format::Xml => "",
    };
    format!(
        "# For the model's tests of requests.\n\
         aws-smithy-protocol-test = \"0.64\"\n{of_bodies}\
         http = \"1\"\n{of_events}"
    )
}
