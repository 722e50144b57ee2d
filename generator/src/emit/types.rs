//! The files of the shared types.

use quote::quote;

use super::enums::string_enum;
use super::errors;
use super::file::{File, Item};
use super::scope::{Scope, ident};
use super::structure::{builder, structure};
use super::union::union;
use crate::ir::{Client, GateId, Home, NamedShape, StreamErrors, Structure, Union};

/// `types.rs` and the files below it.
pub(crate) fn types(client: &Client) -> Vec<File> {
    let mut files = vec![module(client)];
    if !client.enums.is_empty() {
        files.push(enums_file(client));
    }
    if structures(client).next().is_some() {
        files.extend([structures_file(client), builders_file(client)]);
    }
    if !client.unions.is_empty() {
        files.push(unions_file(client));
    }
    if !client.errors.is_empty() {
        files.extend([errors_file(client), error_builders_file(client)]);
    }
    if stream_errors(client).next().is_some() {
        files.push(stream_errors_file(client));
    }
    files
}

/// The enum of all errors.
pub(crate) fn service_error(client: &Client) -> File {
    let scope = Scope::new(client, ["Error".to_owned()]);
    let mut items = errors::service_error(&scope, client);
    items.insert(0, Item::Code(scope.imports()));
    let docs = ["The errors of the service in one enum."];
    File::rust("src/service_error.rs", &docs, items)
}

fn structures(client: &Client) -> impl Iterator<Item = &Structure> {
    client
        .structures
        .iter()
        .filter(|structure| structure.home == Home::Types)
}

/// The scope of a file of shared types, which imports all of them with `*`.
fn types_scope(client: &Client, defined: impl IntoIterator<Item = String>) -> Scope<'_> {
    let enums = client.enums.iter().map(|it| it.name.to_string());
    let unions = client.unions.iter().map(|it| it.name.to_string());
    let structures = structures(client).map(|it| it.name.to_string());
    let seen = structures.chain(enums).chain(unions);
    Scope::new(client, defined).seeing("crate::types", seen)
}

/// The scope of a file of errors, which imports all of them with `*`.
fn errors_scope(client: &Client, defined: impl IntoIterator<Item = String>) -> Scope<'_> {
    let seen = errors(client).map(|it| it.name.to_string());
    Scope::new(client, defined).seeing("crate::types::error", seen)
}

fn errors(client: &Client) -> impl Iterator<Item = &Structure> {
    client.errors.iter().map(|id| client.structure(*id))
}

fn enums_file(client: &Client) -> File {
    let scope = types_scope(client, []);
    let enums = client.enums.iter();
    let items = enums.flat_map(|it| behind(client, it.gate, string_enum(&scope, it)));
    let items = items.collect();
    file(&scope, "src/types/enums.rs", "String enums.", false, items)
}

fn structures_file(client: &Client) -> File {
    let scope = types_scope(client, []);
    let items = structures(client)
        .flat_map(|it| behind(client, it.gate, structure(&scope, it)))
        .collect();
    let (path, docs) = ("src/types/structures.rs", "Structures.");
    file(&scope, path, docs, true, items)
}

fn builders_file(client: &Client) -> File {
    let scope = types_scope(client, structures(client).map(name_of_builder));
    let items = builders(&scope, structures(client));
    let (path, docs) = ("src/types/builders.rs", "Builders of the structures.");
    file(&scope, path, docs, scope.has_looked(), items)
}

fn unions_file(client: &Client) -> File {
    let scope = types_scope(client, []);
    let unions = client.unions.iter();
    let items = unions.flat_map(|it| behind(client, it.gate, union(&scope, it)));
    let items = items.collect();
    let mut variants = client.unions.iter().flat_map(|it| &it.variants);
    let sees_others = variants.any(|variant| {
        let mut shapes = variant.ty.shapes().into_iter();
        shapes.any(|shape| !matches!(shape, NamedShape::Union(_)))
    });
    let docs = "Tagged unions.";
    file(&scope, "src/types/unions.rs", docs, sees_others, items)
}

fn errors_file(client: &Client) -> File {
    let scope = errors_scope(client, []);
    let items = errors(client)
        .flat_map(|it| behind(client, it.gate, errors::error(&scope, it)))
        .collect();
    let (path, docs) = ("src/types/error/structures.rs", "Error structures.");
    file(&scope, path, docs, true, items)
}

fn error_builders_file(client: &Client) -> File {
    let scope = errors_scope(client, errors(client).map(name_of_builder));
    let items = builders(&scope, errors(client));
    let (path, docs) = ("src/types/error/builders.rs", "Builders of the errors.");
    file(&scope, path, docs, scope.has_looked(), items)
}

/// The unions whose variants are events, and the errors that may end their streams.
fn stream_errors(client: &Client) -> impl Iterator<Item = (&Union, &StreamErrors)> {
    let unions = client.unions.iter();
    unions.filter_map(|union| Some((union, union.stream.as_ref()?)))
}

fn stream_errors_file(client: &Client) -> File {
    let defined = stream_errors(client).map(|(_, errors)| errors.name.to_string());
    let scope = errors_scope(client, defined);
    let items = stream_errors(client)
        .flat_map(|(union, stream)| {
            behind(
                client,
                union.gate,
                errors::stream_error(&scope, union, stream),
            )
        })
        .collect();
    let (path, docs) = (
        "src/types/error/streams.rs",
        "Errors that end streams of events.",
    );
    file(&scope, path, docs, scope.has_looked(), items)
}

fn builders<'a>(scope: &Scope<'_>, structures: impl Iterator<Item = &'a Structure>) -> Vec<Item> {
    structures
        .flat_map(|it| behind(scope.client, it.gate, vec![builder(scope, it)]))
        .collect()
}

/// The name of a builder, which may be that of a type, because it is in another module.
fn name_of_builder(structure: &Structure) -> String {
    structure.name.builder().to_string()
}

fn behind(client: &Client, gate: Option<GateId>, items: Vec<Item>) -> Vec<Item> {
    Item::behind(gate.map(|gate| client.gate(gate)), items)
}

/// A file of the module, optionally with a `*` import of it: a list of imports would depend on
/// which types are compiled.
fn file(scope: &Scope<'_>, path: &str, docs: &str, sees_all: bool, mut items: Vec<Item>) -> File {
    let imports = scope.imports();
    let all = sees_all.then(|| {
        quote!(
            use super::*;
        )
    });
    items.insert(0, Item::Code(quote!(#imports #all)));
    File::rust(path, &[docs], items)
}

/// `types.rs`: re-exports the types.
fn module(client: &Client) -> File {
    let all = [
        ("enums", !client.enums.is_empty()),
        ("structures", structures(client).next().is_some()),
        ("unions", !client.unions.is_empty()),
    ];
    let present = all.into_iter().filter(|(_, is_present)| *is_present);
    let modules: Vec<_> = present.map(|(module, _)| ident(module)).collect();
    let builders = if structures(client).next().is_some() {
        Item::Code(quote!(
            pub mod builders;
        ))
    } else {
        no_builders("Builders of the structures.")
    };
    let items = vec![
        builders,
        Item::Code(quote!(#(mod #modules;)*)),
        Item::Code(quote!(#(pub use #modules::*;)*)),
        error_module(client),
    ];
    File::rust(
        "src/types.rs",
        &["The types that requests and responses are made of."],
        items,
    )
}

/// `types::error`: re-exports the errors.
fn error_module(client: &Client) -> Item {
    let all = [
        ("streams", stream_errors(client).next().is_some()),
        ("structures", !client.errors.is_empty()),
    ];
    let present = all.into_iter().filter(|(_, is_present)| *is_present);
    let modules: Vec<_> = present.map(|(module, _)| ident(module)).collect();
    let (mut items, mut builders) = (Vec::new(), None);
    if client.errors.is_empty() {
        items.push(no_builders("Builders of the errors."));
    } else {
        builders = Some(quote!(
            pub mod builders;
        ));
    }
    if !modules.is_empty() {
        items.push(Item::Code(quote!(#builders #(mod #modules;)*)));
        items.push(Item::Code(quote!(#(pub use #modules::*;)*)));
    }
    let docs = super::text::doc("The errors in the service's model.");
    Item::Module {
        head: quote!(#docs pub mod error),
        items,
    }
}

fn no_builders(docs: &str) -> Item {
    let docs = super::text::doc(docs);
    Item::Module {
        head: quote!(#docs pub mod builders),
        items: Vec::new(),
    }
}
