//! Stage 3: from the IR to files in memory.
//!
//! Emission cannot fail and sees nothing but the IR. The layout of a crate and all file names are
//! defined here.

mod auth_token;
mod client;
mod conformance;
mod endpoints;
mod enums;
mod errors;
mod examples;
mod file;
mod first_call;
mod library;
mod meta;
mod module;
mod operation;
mod package;
mod paginator;
mod path;
mod schema;
mod scope;
mod sections;
mod sessions;
mod settings;
mod structure;
mod templates;
mod text;
mod types;
mod union;
mod values;
mod waiter;

pub use file::{Contents, File, Item};
pub(crate) use package::changelog;
pub(crate) use settings::settings;

use crate::config::Layout;
use crate::ir::Client;
use crate::output::DEPENDENCIES;

/// All files of a client crate, made lazily, so that the tokens of one are dropped before those of
/// the next are made.
pub(crate) fn client(client: &Client) -> impl Iterator<Item = File> {
    let sources = [
        library::library,
        library::operations,
        library::primitives,
        client::client,
        meta::meta,
        schema::schemas,
        types::service_error,
    ];
    let sources = sources.into_iter().map(|file| file(client));
    let operations = client.operations.iter();
    let operations = operations.map(|operation| operation::operation(client, operation));
    let others = [
        types::types,
        waiter::files,
        auth_token::methods,
        sessions::service,
        endpoint_files,
        conformance::files,
        templates::files,
    ];
    let others = others.into_iter().flat_map(|files| files(client));
    let rust = sources.chain(operations).chain(others);
    let root = match &client.package.layout {
        Layout::Package => None,
        Layout::Module(path) => Some(module::Root::new(path)),
    };
    let rust = rust.map(move |file| match &root {
        Some(root) => root.place(file),
        None => file,
    });
    around(client).into_iter().chain(rust)
}

/// The files around the Rust code of a client.
fn around(client: &Client) -> Vec<File> {
    match &client.package.layout {
        Layout::Package => vec![
            File::text("Cargo.toml", package::manifest(client)),
            File::text("README.md", package::readme(client)),
            File::text("CHANGELOG.md", package::changelog(client)),
            File::text("LICENSE", package::LICENSE.to_owned()),
        ],
        Layout::Module(path) => vec![
            File::text(DEPENDENCIES, package::manifest(client)),
            module::included(path),
        ],
    }
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
