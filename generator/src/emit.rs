//! Stage 3: from the IR to files in memory.
//!
//! Emission is total and pure: it cannot fail, and sees nothing but the IR. The
//! layout of a crate is here, and file names nowhere else.

mod client;
mod conformance;
mod endpoints;
mod enums;
mod errors;
mod file;
mod library;
mod meta;
mod operation;
mod package;
mod paginator;
mod schema;
mod scope;
mod structure;
mod templates;
mod text;
mod types;
mod union;

pub use file::{Contents, File, Item};
pub(crate) use package::changelog;

use crate::ir::Client;

/// All files of a client crate.
pub(crate) fn client(client: &Client) -> Vec<File> {
    let mut files = vec![
        File::text("Cargo.toml", package::manifest(client)),
        File::text("README.md", package::readme(client)),
        File::text("CHANGELOG.md", package::changelog(client)),
        File::text("LICENSE", package::LICENSE.to_owned()),
        library::library(client),
        library::operations(client),
        library::primitives(client),
        client::client(client),
        meta::meta(client),
        schema::schemas(client),
        types::service_error(client),
    ];
    files.extend(types::types(client));
    files.extend(
        client
            .operations
            .iter()
            .map(|operation| operation::operation(client, operation)),
    );
    files.extend(endpoint_files(client));
    files.extend(conformance::files(client));
    files.extend(templates::files(client));
    files
}

/// `config/endpoint.rs` and what is below it.
fn endpoint_files(client: &Client) -> Vec<File> {
    let endpoints = &client.endpoints;
    let items = |tokens: Vec<_>| tokens.into_iter().map(Item::Code).collect();
    let mut files = vec![
        File::rust(
            "src/config/endpoint.rs",
            &["Where requests go."],
            items(endpoints::endpoint_file(endpoints)),
        ),
        File::rust(
            "src/config/endpoint/rules.rs",
            &["The service's endpoint rules."],
            items(endpoints::rules_file(endpoints)),
        ),
    ];
    if let Some(partitions) = endpoints::partitions_file(endpoints) {
        let docs = ["The partitions of AWS, and which regions belong to them."];
        files.push(File::rust(
            "src/config/endpoint/partitions.rs",
            &docs,
            items(partitions),
        ));
    }
    if let Some(tests) = endpoints::tests_file(endpoints) {
        let docs = ["The cases that come with the endpoint rules."];
        files.push(File::rust(
            "src/config/endpoint/tests.rs",
            &docs,
            items(tests),
        ));
    }
    files
}
