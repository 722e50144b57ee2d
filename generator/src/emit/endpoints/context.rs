//! Settings from `@clientContextParams`.

use proc_macro2::TokenStream;
use quote::quote;

use super::params::value_type;
use crate::emit::text;
use crate::ir::endpoints::{EndpointParameter, ParameterSource};
use crate::names::TypeName;

/// The setters, and the types that store the settings in a client's configuration.
pub(super) fn items(parameters: &[EndpointParameter]) -> Vec<TokenStream> {
    let settings: Vec<_> = parameters
        .iter()
        .filter_map(|parameter| match &parameter.source {
            ParameterSource::ClientContext(name) => Some((name, parameter)),
            ParameterSource::BuiltIn(_) | ParameterSource::OperationOnly => None,
        })
        .collect();
    if settings.is_empty() {
        return Vec::new();
    }
    let setters = settings
        .iter()
        .map(|(name, parameter)| setters(name, parameter));
    let types = settings
        .iter()
        .map(|(name, parameter)| r#type(name, parameter));
    let setters = quote! {
        impl Builder {
            #(#setters)*
        }
    };
    [setters].into_iter().chain(types).collect()
}

fn setters(name: &TypeName, parameter: &EndpointParameter) -> TokenStream {
    let (name, r#type) = (name.ident(), value_type(parameter));
    let (field, set) = (parameter.field.field(), parameter.field.set());
    let docs = text::docs(&parameter.docs);
    let set_docs = text::doc(format!(
        "Sets or removes [`{0}`](Self::{0}).",
        parameter.field
    ));
    quote! {
        #docs
        pub fn #field(mut self, value: impl Into<#r#type>) -> Self {
            self.#set(Some(value.into()));
            self
        }

        #set_docs
        pub fn #set(&mut self, value: Option<#r#type>) -> &mut Self {
            self.config.store_or_unset(value.map(#name));
            self
        }
    }
}

fn r#type(name: &TypeName, parameter: &EndpointParameter) -> TokenStream {
    let (name, r#type) = (name.ident(), value_type(parameter));
    let docs = text::doc(format!(
        "Stores the setting `{}` in a client's configuration.",
        parameter.field
    ));
    quote! {
        #docs
        #[derive(Clone, Debug)]
        struct #name(#r#type);

        impl Storable for #name {
            type Storer = StoreReplace<Self>;
        }
    }
}
