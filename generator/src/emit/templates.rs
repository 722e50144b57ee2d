//! Templates, and which clients need them.

use super::file::File;
use super::sections::with_sections;
use crate::ir::endpoints::LibraryFile;
use crate::ir::{AuthScheme, Client, OperationModule, Protocol};
use crate::protocol::{Format, Object};

/// Names a template whose path in the crate is the same.
macro_rules! template {
    ($path:literal) => {
        ($path, include_str!(concat!("../../../templates/", $path)))
    };
}

/// Names templates whose path in the crate is the same.
macro_rules! templates {
    ($($path:literal),* $(,)?) => {
        [$(template!($path)),*]
    };
}

/// Templates of every client.
const ALWAYS: [(&str, &str); 20] = templates![
    "src/client/customize.rs",
    "src/config.rs",
    "src/config/auth.rs",
    "src/config/builder.rs",
    "src/config/builder/resilience.rs",
    "src/config/builder/transport.rs",
    "src/config/kept_plugins.rs",
    "src/config/runtime_plugins.rs",
    "src/config/sdk_config.rs",
    "src/error.rs",
    "src/https.rs",
    "src/macros.rs",
    "src/macros/builders.rs",
    "src/macros/errors.rs",
    "src/macros/operations.rs",
    "src/macros/structures.rs",
    "src/response_metadata.rs",
    "src/serde.rs",
    "src/serde/values.rs",
    "src/serde_feature.rs",
];

/// A question about a client.
type Question = fn(&Client) -> bool;

/// Templates that only some crates have.
const SOMETIMES: [((&str, &str), Question); 12] = [
    (template!("src/auth_token.rs"), |client| {
        client.service.auth_tokens.is_some()
    }),
    (template!("src/config/auth/api_key.rs"), |client| {
        client.service.has(AuthScheme::ApiKey)
    }),
    (template!("src/config/auth/basic.rs"), |client| {
        client.service.has(AuthScheme::Basic)
    }),
    (template!("src/config/auth/bearer.rs"), |client| {
        client.service.has(AuthScheme::Bearer)
    }),
    (
        template!("src/config/auth/of_endpoint.rs"),
        Client::has_endpoint_auth,
    ),
    (template!("src/config/auth/sigv4a.rs"), Client::has_sigv4a),
    (template!("src/config/checksums.rs"), Client::has_checksums),
    (template!("src/endpoint_discovery.rs"), |client| {
        client.discovery.is_some()
    }),
    (template!("src/extended_request_id.rs"), |client| {
        client.service.extended_request_id
    }),
    (
        template!("src/idempotency_token.rs"),
        Client::has_idempotency_tokens,
    ),
    (template!("src/presigning.rs"), Client::has_presigning),
    (
        template!("src/primitives/sealed_enum_unknown.rs"),
        |client| !client.enums.is_empty(),
    ),
];

/// A template below `templates/protocol/`, and its path in the crate.
macro_rules! protocol_template {
    ($name:literal, $path:expr) => {
        File::template(
            $path,
            include_str!(concat!("../../../templates/protocol/", $name, ".rs")),
        )
    };
}

/// The templates that this client needs.
pub(crate) fn files(client: &Client) -> Vec<File> {
    let needed = SOMETIMES.iter().filter(|(_, is_needed)| is_needed(client));
    let named = ALWAYS.iter().chain(needed.map(|(named, _)| named));
    let mut files: Vec<_> = named
        .map(|(path, text)| File::template(*path, text))
        .collect();
    files.push(user_agent(client));
    files.extend(protocol(client.service.protocol.protocol));
    if client.has_prefixes() {
        files.push(protocol_template!("xml_prefixes", "src/reader/prefixes.rs"));
    }
    if has_delegate(client) {
        files.push(protocol_template!("delegate", "src/delegate.rs"));
    }
    if client.service.protocol.query_compatible {
        let path = "src/query_compatible.rs";
        files.push(protocol_template!("query_compatible", path));
    }
    files.extend(client.operation_modules().map(|module| {
        let path = format!("src/operation/{}.rs", module.name());
        File::template(path, operation_module(module))
    }));
    files.extend(client.endpoints.library.iter().map(|file| {
        let (path, text) = endpoint_library(*file);
        File::template(path, text)
    }));
    let files = files.into_iter();
    files.map(|file| with_sections(file, client)).collect()
}

/// The user agent. Services that are not AWS's do not get the features of AWS's clients.
fn user_agent(client: &Client) -> File {
    let text = match client.service.is_aws {
        true => include_str!("../../../templates/src/config/user_agent.rs"),
        false => include_str!("../../../templates/src/config/user_agent/plain.rs"),
    };
    File::template("src/config/user_agent.rs", text)
}

/// The code that reads values, and the protocol object if it is not the runtime's.
fn protocol(protocol: &Protocol) -> Vec<File> {
    let mut files = match protocol.format {
        Format::Json => vec![
            protocol_template!("json", "src/reader.rs"),
            protocol_template!("json/exact", "src/reader/exact.rs"),
            protocol_template!("json/number", "src/reader/number.rs"),
        ],
        Format::Cbor | Format::Xml => vec![protocol_template!("runtime", "src/reader.rs")],
    };
    let root = match protocol.object {
        Object::RestJson | Object::AwsJson10 | Object::AwsJson11 => return files,
        Object::RestXml => protocol_template!("rest_xml", "src/protocol.rs"),
        Object::AwsQuery => protocol_template!("aws_query", "src/protocol.rs"),
        Object::Ec2Query => protocol_template!("ec2_query", "src/protocol.rs"),
        Object::RpcV2Json => protocol_template!("rpc_v2_json", "src/protocol.rs"),
        Object::RpcV2Cbor => protocol_template!("rpc_v2_cbor", "src/protocol.rs"),
    };
    files.push(root);
    match protocol.format {
        Format::Xml => files.extend([
            protocol_template!("xml_error", "src/protocol/error.rs"),
            protocol_template!("xml_document", "src/protocol/document.rs"),
            protocol_template!("xml_elements", "src/protocol/elements.rs"),
            protocol_template!("xml_markup", "src/protocol/markup.rs"),
            protocol_template!("xml_plain", "src/protocol/plain.rs"),
        ]),
        Format::Cbor => files.push(protocol_template!("cbor_error", "src/protocol/error.rs")),
        Format::Json => {}
    }
    if protocol.object == Object::Ec2Query {
        files.push(protocol_template!("ec2_form", "src/protocol/form.rs"));
    }
    files
}

/// Whether the client's own objects delegate to those of the runtime.
pub(crate) fn has_delegate(client: &Client) -> bool {
    let protocol = &client.service.protocol;
    protocol.query_compatible
        || matches!(
            protocol.protocol.object,
            Object::RestXml | Object::AwsQuery | Object::RpcV2Json
        )
}

/// Whether the client has a protocol object of its own.
pub(crate) fn has_protocol(client: &Client) -> bool {
    !matches!(
        client.service.protocol.protocol.object,
        Object::RestJson | Object::AwsJson10 | Object::AwsJson11
    )
}

/// The text of a module of `operation`.
fn operation_module(module: OperationModule) -> &'static str {
    macro_rules! text {
        ($name:literal) => {
            include_str!(concat!("../../../templates/src/operation/", $name, ".rs"))
        };
    }
    match module {
        OperationModule::BarePath => text!("bare_path"),
        OperationModule::CallSpan => text!("call_span"),
        OperationModule::Checksum => text!("checksum"),
        OperationModule::Compression => text!("compression"),
        OperationModule::Discovery => text!("discovery"),
        OperationModule::Document => text!("document"),
        OperationModule::EventFrame => text!("event_frame"),
        OperationModule::EventStream => text!("event_stream"),
        OperationModule::EventSender => text!("event_sender"),
        OperationModule::InitialRequest => text!("initial_request"),
        OperationModule::InitialResponse => text!("initial_response"),
        OperationModule::EventWriter => text!("event_writer"),
        OperationModule::Label => text!("label"),
        OperationModule::LenientDates => text!("lenient_dates"),
        OperationModule::LongPolling => text!("long_polling"),
        OperationModule::KnownEndpoints => text!("known_endpoints"),
        OperationModule::Modeled => text!("modeled"),
        OperationModule::OfCall => text!("of_call"),
        OperationModule::OptionalSigning => text!("optional_signing"),
        OperationModule::Paginator => text!("paginator"),
        OperationModule::Presign => text!("presign"),
        OperationModule::PresignQuery => text!("presign_query"),
        OperationModule::RequestChecksum => text!("request_checksum"),
        OperationModule::ResponseChecksum => text!("response_checksum"),
        OperationModule::Runtime => text!("runtime"),
        OperationModule::Sessions => text!("sessions"),
        OperationModule::StalledStream => text!("stalled_stream"),
        OperationModule::StreamLength => text!("stream_length"),
        OperationModule::TreeHash => text!("tree_hash"),
        OperationModule::Typed => text!("typed"),
        OperationModule::UnsignedPayload => text!("unsigned_payload"),
        OperationModule::Waiter => text!("waiter"),
    }
}

/// The library of endpoint rules.
const ENDPOINT_LIBRARY: [(&str, &str); 13] = templates![
    "src/config/endpoint/arn.rs",
    "src/config/endpoint/bucket.rs",
    "src/config/endpoint/calls.rs",
    "src/config/endpoint/cases.rs",
    "src/config/endpoint/diagram.rs",
    "src/config/endpoint/encoding.rs",
    "src/config/endpoint/failed.rs",
    "src/config/endpoint/found.rs",
    "src/config/endpoint/host.rs",
    "src/config/endpoint/resolver.rs",
    "src/config/endpoint/split.rs",
    "src/config/endpoint/substring.rs",
    "src/config/endpoint/url.rs",
];

/// A file of the library of endpoint rules.
fn endpoint_library(file: LibraryFile) -> (&'static str, &'static str) {
    let path = format!("src/config/endpoint/{}.rs", file.stem());
    let found = ENDPOINT_LIBRARY
        .into_iter()
        .find(|(known, _)| *known == path);
    found.unwrap_or_else(|| panic!("there is no template {path}"))
}
