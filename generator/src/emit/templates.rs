//! Files that no model changes, and which crates need them.

use super::file::File;
use crate::ir::Client;
use crate::ir::endpoints::LibraryFile;

/// Names a template, whose path is the same in the crate.
macro_rules! templates {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../../../templates/", $path)))),*]
    };
}

/// Templates that every crate has.
const ALWAYS: [(&str, &str); 19] = templates![
    "src/client/customize.rs",
    "src/config.rs",
    "src/config/auth.rs",
    "src/config/builder.rs",
    "src/config/builder/resilience.rs",
    "src/config/builder/transport.rs",
    "src/config/runtime_plugins.rs",
    "src/config/sdk_config.rs",
    "src/error.rs",
    "src/feature_trackers.rs",
    "src/https.rs",
    "src/macros.rs",
    "src/macros/builders.rs",
    "src/macros/errors.rs",
    "src/macros/operations.rs",
    "src/macros/structures.rs",
    "src/response_metadata.rs",
    "src/serde.rs",
    "src/serde_feature.rs",
];

/// The templates that this client needs.
pub(crate) fn files(client: &Client) -> Vec<File> {
    let mut files: Vec<_> = ALWAYS
        .iter()
        .map(|(path, text)| File::template(*path, text))
        .collect();
    let [
        runtime,
        modeled,
        paginator,
        idempotency_token,
        unknown_values,
        checksum,
        compression,
        document,
    ] = templates![
        "src/operation/runtime.rs",
        "src/operation/modeled.rs",
        "src/operation/paginator.rs",
        "src/idempotency_token.rs",
        "src/primitives/sealed_enum_unknown.rs",
        "src/operation/checksum.rs",
        "src/operation/compression.rs",
        "src/operation/document.rs",
    ];
    let needed = [
        (runtime, true),
        (modeled, !client.errors.is_empty()),
        (paginator, client.has_paginators()),
        (idempotency_token, client.has_idempotency_tokens()),
        (unknown_values, !client.enums.is_empty()),
        (checksum, client.has_checksums()),
        (compression, client.has_compression()),
        (document, client.has_document_payloads()),
    ];
    for ((path, text), needed) in needed {
        if needed {
            files.push(File::template(path, text));
        }
    }
    files.extend(client.endpoints.library.iter().map(|file| {
        let (path, text) = endpoint_library(*file);
        File::template(path, text)
    }));
    files
}

/// The library of endpoint rules.
const ENDPOINT_LIBRARY: [(&str, &str); 12] = templates![
    "src/config/endpoint/arn.rs",
    "src/config/endpoint/bucket.rs",
    "src/config/endpoint/calls.rs",
    "src/config/endpoint/cases.rs",
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
