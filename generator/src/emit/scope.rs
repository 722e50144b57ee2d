//! How a file spells types, and what it imports for that.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ir::{Client, Home, Type, Width};

/// Names of the standard library's prelude that generated code uses, and where they come from.
const PRELUDE: [(&str, &str); 10] = [
    ("AsRef", "std::convert"),
    ("Box", "std::boxed"),
    ("Default", "std::default"),
    ("Into", "std::convert"),
    ("Option", "std::option"),
    ("Result", "std::result"),
    ("String", "std::string"),
    ("ToOwned", "std::borrow"),
    ("Vec", "std::vec"),
    ("From", "std::convert"),
];

/// The names that one file or inline module can use.
///
/// A name is short unless the file defines or imports another one like it.
pub(crate) struct Scope<'a> {
    pub(crate) client: &'a Client,
    module: &'static str,
    defined: BTreeSet<String>,
    imported: RefCell<BTreeMap<String, String>>,
}

impl<'a> Scope<'a> {
    /// A file that defines these names itself, and in which module they are public.
    pub(crate) fn new(
        client: &'a Client,
        module: &'static str,
        defined: impl IntoIterator<Item = String>,
    ) -> Self {
        let defined = defined.into_iter().collect();
        Self {
            client,
            module,
            defined,
            imported: RefCell::default(),
        }
    }

    /// A name of the standard prelude, qualified where the file shadows it.
    pub(crate) fn std(&self, name: &str) -> TokenStream {
        let ident = ident(name);
        if !self.defined.contains(name) {
            return quote!(#ident);
        }
        let (_, module) = PRELUDE
            .iter()
            .find(|(known, _)| *known == name)
            .unwrap_or_else(|| panic!("`{name}` is not in the table of prelude names"));
        let module = path(module);
        quote!(#module::#ident)
    }

    /// A name from a module, imported unless another name like it is in the way.
    pub(crate) fn named(&self, module: &str, name: &str) -> TokenStream {
        let short = ident(name);
        if module == self.module && self.defined.contains(name) {
            return quote!(#short);
        }
        let prelude = PRELUDE.iter().any(|(known, _)| *known == name);
        if !self.defined.contains(name) && !prelude {
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
        }
    }

    /// `Option<T>`
    pub(crate) fn option(&self, ty: &TokenStream) -> TokenStream {
        generic(self.std("Option"), std::slice::from_ref(ty))
    }

    /// The `use` declarations of all names that were asked for so far.
    pub(crate) fn imports(&self) -> TokenStream {
        let mut modules: BTreeMap<String, Vec<Ident>> = BTreeMap::new();
        for (name, module) in self.imported.borrow().iter() {
            modules.entry(module.clone()).or_default().push(ident(name));
        }
        // Outer crates first, as hand-written code has it.
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
