//! How a file spells types, and what it imports.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ir::{Client, Home, Operation, Type, UnionId, Width};

/// Names of the standard library's prelude that generated code uses, with their modules.
const PRELUDE: [(&str, &str); 11] = [
    ("Box", "std::boxed"),
    ("Default", "std::default"),
    ("Err", "std::result::Result"),
    ("Into", "std::convert"),
    ("None", "std::option::Option"),
    ("Ok", "std::result::Result"),
    ("Option", "std::option"),
    ("Result", "std::result"),
    ("Some", "std::option::Option"),
    ("String", "std::string"),
    ("Vec", "std::vec"),
];

/// The names that one file or inline module can use.
///
/// A name is short unless the file defines or imports another item with that name.
pub(crate) struct Scope<'a> {
    pub(crate) client: &'a Client,
    /// A module that the file imports with `*`, and its names.
    module: &'static str,
    seen: BTreeSet<String>,
    /// The names that the file defines, which shadow imported ones.
    defined: BTreeSet<String>,
    imported: RefCell<BTreeMap<String, String>>,
    has_looked: Cell<bool>,
}

impl<'a> Scope<'a> {
    /// A file that defines these names.
    pub(crate) fn new(client: &'a Client, defined: impl IntoIterator<Item = String>) -> Self {
        Self {
            client,
            module: "",
            seen: BTreeSet::new(),
            defined: defined.into_iter().collect(),
            imported: RefCell::default(),
            has_looked: Cell::default(),
        }
    }

    /// The same file with a `*` import of the module that contains these names. The types of such a
    /// module may depend on cargo features, so they cannot be imported by name.
    pub(crate) fn seeing(
        self,
        module: &'static str,
        seen: impl IntoIterator<Item = String>,
    ) -> Self {
        let seen = seen.into_iter().collect();
        Self {
            module,
            seen,
            ..self
        }
    }

    /// Whether a short name comes from the module with the `*` import.
    pub(crate) fn has_looked(&self) -> bool {
        self.has_looked.get()
    }

    /// A name of the standard prelude, qualified if something shadows it.
    pub(crate) fn std(&self, name: &str) -> TokenStream {
        let ident = ident(name);
        let (_, module) = PRELUDE
            .iter()
            .find(|(known, _)| *known == name)
            .unwrap_or_else(|| panic!("`{name}` is not in the table of prelude names"));
        if !self.defined.contains(name) && !self.seen.contains(name) {
            return quote!(#ident);
        }
        let module = path(module);
        quote!(#module::#ident)
    }

    /// A name from a module, imported unless it clashes with another one.
    pub(crate) fn named(&self, module: &str, name: &str) -> TokenStream {
        let short = ident(name);
        let is_hidden = self.defined.contains(name);
        if module == self.module && self.seen.contains(name) && !is_hidden {
            self.has_looked.set(true);
            return quote!(#short);
        }
        let prelude = PRELUDE.iter().any(|(known, _)| *known == name);
        let may_be_absent = !self.module.is_empty() && module.starts_with("crate::types");
        if !is_hidden && !self.seen.contains(name) && !prelude && !may_be_absent {
            let mut imported = self.imported.borrow_mut();
            let from = imported
                .entry(name.to_owned())
                .or_insert_with(|| module.to_owned());
            if from == module {
                return quote!(#short);
            }
        }
        let module = path(module);
        quote!(#module::#short)
    }

    /// The type of a value, without `Option`.
    pub(crate) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Boolean => quote!(bool),
            Type::Integer(Width::Byte) => quote!(i8),
            Type::Integer(Width::Short) => quote!(i16),
            Type::Integer(Width::Integer) => quote!(i32),
            Type::Integer(Width::Long) => quote!(i64),
            Type::Float => quote!(f32),
            Type::Double => quote!(f64),
            Type::BigInteger => self.named("aws_smithy_types", "BigInteger"),
            Type::BigDecimal => self.named("aws_smithy_types", "BigDecimal"),
            Type::String => self.std("String"),
            Type::Blob => self.named("aws_smithy_types", "Blob"),
            Type::ByteStream => self.named("aws_smithy_types::byte_stream", "ByteStream"),
            Type::Timestamp => self.named("aws_smithy_types", "DateTime"),
            Type::Document => self.named("aws_smithy_types", "Document"),
            Type::Enum(id) => self.named("crate::types", self.client.r#enum(*id).name.as_str()),
            Type::Union(id) => self.named("crate::types", self.client.union(*id).name.as_str()),
            Type::Structure(id) => {
                let structure = self.client.structure(*id);
                let module = match structure.home {
                    Home::Error => "crate::types::error",
                    _ => "crate::types",
                };
                self.named(module, structure.name.as_str())
            }
            Type::List(element) => generic(self.std("Vec"), &[self.ty(element)]),
            Type::Map(key, value) => {
                let map = self.named("std::collections", "HashMap");
                generic(map, &[self.ty(key), self.ty(value)])
            }
            Type::Sparse(element) => self.option(&self.ty(element)),
            Type::Boxed(inner) => generic(self.std("Box"), &[self.ty(inner)]),
            Type::Unit => quote!(()),
            Type::EventSender(id) => {
                let sender = self.named("aws_smithy_http::event_stream", "EventStreamSender");
                generic(sender, &self.events(*id))
            }
            Type::EventReceiver(id) => {
                let receiver = self.named("crate::primitives::event_stream", "EventReceiver");
                generic(receiver, &self.events(*id))
            }
        }
    }

    /// The events of a stream, and its errors.
    pub(crate) fn events(&self, id: UnionId) -> [TokenStream; 2] {
        let union = self.client.union(id);
        let errors = union.stream.as_ref();
        let errors = errors.expect("a stream of events knows its errors");
        let events = self.named("crate::types", union.name.as_str());
        [
            events,
            self.named("crate::types::error", errors.name.as_str()),
        ]
    }

    /// `Option<T>`
    pub(crate) fn option(&self, ty: &TokenStream) -> TokenStream {
        generic(self.std("Option"), std::slice::from_ref(ty))
    }

    /// `Result<Output, SdkError<Error, HttpResponse>>`
    pub(crate) fn call_result(&self, operation: &Operation, ok: &TokenStream) -> TokenStream {
        let client = "aws_smithy_runtime_api::client";
        let error = self.named("super", &operation.name.error().to_string());
        let error = [
            error,
            self.named(&format!("{client}::orchestrator"), "HttpResponse"),
        ];
        let error = generic(self.named(&format!("{client}::result"), "SdkError"), &error);
        generic(self.std("Result"), &[ok.clone(), error])
    }

    /// The `use` declarations of all names that were requested so far.
    pub(crate) fn imports(&self) -> TokenStream {
        let mut modules: BTreeMap<String, Vec<Ident>> = BTreeMap::new();
        for (name, module) in self.imported.borrow().iter() {
            modules.entry(module.clone()).or_default().push(ident(name));
        }
        // External crates first, as in hand-written code.
        let (own, outer): (Vec<_>, Vec<_>) = modules
            .into_iter()
            .partition(|(module, _)| module.starts_with("crate") || module.starts_with("super"));
        let uses = outer.into_iter().chain(own).map(|(module, names)| {
            let module = path(&module);
            match names.as_slice() {
                [name] => quote!(use #module::#name;),
                names => quote!(use #module::{#(#names),*};),
            }
        });
        quote!(#(#uses)*)
    }
}

fn generic(name: TokenStream, arguments: &[TokenStream]) -> TokenStream {
    quote!(#name<#(#arguments),*>)
}

/// The tokens of a path such as `crate::types`.
pub(crate) fn path(path: &str) -> TokenStream {
    let segments = path.split("::").map(ident);
    quote!(#(#segments)::*)
}

/// A name that needs no raw identifier.
pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
