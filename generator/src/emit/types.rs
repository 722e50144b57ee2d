//! The files of the shared types.

use std::iter;

use proc_macro2::TokenStream;
use quote::quote;

use super::enums::string_enum;
use super::errors;
use super::file::{File, Item};
use super::scope::{Scope, ident};
use super::structure::{builder, structure};
use super::union::union;
use crate::ir::{Client, Home, Structure};

/// `types.rs` and the files below it.
pub(crate) fn types(client: &Client) -> Vec<File> {
    let mut files = vec![module(client)];
    if !client.enums.is_empty() {
        let scope = Scope::new(
            client,
            "crate::types",
            client.enums.iter().map(|it| it.name.to_string()),
        );
        let items = client
            .enums
            .iter()
            .flat_map(|it| string_enum(&scope, it))
            .collect();
        files.push(file(&scope, "src/types/enums.rs", "String enums.", items));
    }
    if structures(client).next().is_some() {
        files.extend([structures_file(client), builders_file(client)]);
    }
    if !client.unions.is_empty() {
        let scope = Scope::new(
            client,
            "crate::types",
            client.unions.iter().map(|it| it.name.to_string()),
        );
        let items = client
            .unions
            .iter()
            .flat_map(|it| union(&scope, it))
            .collect();
        files.push(file(&scope, "src/types/unions.rs", "Tagged unions.", items));
    }
    if !client.errors.is_empty() {
        let errors = || client.errors.iter().map(|id| client.structure(*id));
        let scope = Scope::new(client, "crate::types::error", errors().flat_map(names));
        let items = errors().flat_map(|it| errors::error(&scope, it)).collect();
        let docs = "Error structures and their builders.";
        files.push(file(&scope, "src/types/error/structures.rs", docs, items));
    }
    files
}

/// The enum of all errors.
pub(crate) fn service_error(client: &Client) -> File {
    let scope = Scope::new(client, "crate", ["Error".to_owned()]);
    let items = errors::service_error(&scope, client);
    file(
        &scope,
        "src/service_error.rs",
        "The errors of the service in one enum.",
        items,
    )
}

fn structures(client: &Client) -> impl Iterator<Item = &Structure> {
    client
        .structures
        .iter()
        .filter(|structure| structure.home == Home::Types)
}

fn names(structure: &Structure) -> [String; 2] {
    [
        structure.name.to_string(),
        structure.name.builder().to_string(),
    ]
}

fn structures_file(client: &Client) -> File {
    let defined = structures(client).map(|it| it.name.to_string());
    let scope = Scope::new(client, "crate::types", defined);
    let builders = scope.named("crate::types", "builders");
    let items = structures(client).flat_map(|it| {
        let builder = it.name.builder();
        let items = structure(&scope, it, &quote!(#builders::#builder));
        let items = items.into_iter();
        items.map(|item| item.behind(it.feature.as_ref()))
    });
    let items = items.collect();
    file(&scope, "src/types/structures.rs", "Structures.", items)
}

/// The builders, which see all types: a list of imports would have to know which of them are there.
fn builders_file(client: &Client) -> File {
    let enums = client.enums.iter().map(|it| it.name.to_string());
    let unions = client.unions.iter().map(|it| it.name.to_string());
    let types = structures(client)
        .flat_map(names)
        .chain(enums)
        .chain(unions);
    let scope = Scope::new(client, "crate::types", types);
    let builders = structures(client).map(|it| {
        let name = it.name.ident();
        builder(&scope, it, &quote!(#name)).behind(it.feature.as_ref())
    });
    let mut items: Vec<_> = builders.collect();
    let imports = scope.imports();
    let imports = quote! {
        #imports
        use super::*;
    };
    items.insert(0, Item::Code(imports));
    let docs = ["Builders of the structures."];
    File::rust("src/types/builders.rs", &docs, items)
}

fn file(scope: &Scope<'_>, path: &str, docs: &str, mut items: Vec<Item>) -> File {
    items.insert(0, Item::Code(scope.imports()));
    File::rust(path, &[docs], items)
}

/// `types.rs`: where the types are public.
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
        builders_module("Builders of the structures.", "structures", iter::empty())
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

/// `types::error`: where the errors are public.
fn error_module(client: &Client) -> Item {
    let errors: Vec<_> = client
        .errors
        .iter()
        .map(|id| client.structure(*id))
        .collect();
    let names = errors.iter().map(|error| error.name.ident());
    let builders = errors.iter().map(|error| error.name.builder());
    let mut items = Vec::new();
    if !errors.is_empty() {
        items.push(Item::Code(quote!(
            mod structures;
        )));
        items.push(Item::Code(quote!(pub use structures::{#(#names),*};)));
    }
    items.push(builders_module(
        "Builders of the errors.",
        "structures",
        builders,
    ));
    let docs = super::text::doc("The errors that the service's model has.");
    Item::Module {
        head: quote!(#docs pub mod error),
        items,
    }
}

fn builders_module(
    docs: &str,
    from: &str,
    builders: impl Iterator<Item = proc_macro2::Ident>,
) -> Item {
    let docs = super::text::doc(docs);
    let from = ident(from);
    let builders: Vec<_> = builders.collect();
    let uses: Option<TokenStream> =
        (!builders.is_empty()).then(|| quote!(pub use super::#from::{#(#builders),*};));
    Item::Module {
        head: quote!(#docs pub mod builders),
        items: uses.into_iter().map(Item::Code).collect(),
    }
}
