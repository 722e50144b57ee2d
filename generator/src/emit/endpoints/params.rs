//! `Params`, its builder, and how a client's configuration fills it.

use proc_macro2::TokenStream;
use quote::quote;

use super::expressions::literal;
use crate::ir::endpoints::{
    BuiltIn, EndpointParameter, ParameterCheck, ParameterSource, ParameterType, Presence,
};

/// `Params` and `ParamsBuilder`.
pub(super) fn items(parameters: &[EndpointParameter]) -> Vec<TokenStream> {
    vec![
        params(parameters),
        accessors(parameters),
        builder(parameters),
        builder_methods(parameters),
    ]
}

/// `params_from`: the parameters that a client's configuration determines.
pub(super) fn from_config(parameters: &[EndpointParameter]) -> TokenStream {
    let settings: Vec<_> = parameters.iter().filter_map(setting).collect();
    let cfg = if settings.is_empty() {
        quote!(_cfg)
    } else {
        quote!(cfg)
    };
    quote! {
        /// The parameters as far as the configuration of a client, or of a call, determines them.
        pub(crate) fn params_from(#cfg: &ConfigBag) -> ParamsBuilder {
            Params::builder() #(#settings)*
        }
    }
}

/// The types under which settings of this client alone are kept in its configuration.
pub(super) fn client_context(parameters: &[EndpointParameter]) -> Option<TokenStream> {
    let settings: Vec<_> = parameters
        .iter()
        .filter_map(|parameter| match &parameter.source {
            ParameterSource::ClientContext(name) => Some((name, parameter)),
            ParameterSource::BuiltIn(_) | ParameterSource::OperationOnly => None,
        })
        .map(|(name, parameter)| {
            let (name, r#type) = (name.ident(), value_type(parameter));
            let docs = format!(" The setting `{}`.", parameter.field);
            quote! {
                #[doc = #docs]
                #[derive(Clone, Debug)]
                pub(crate) struct #name(pub(crate) #r#type);

                impl Storable for #name {
                    type Storer = StoreReplace<Self>;
                }
            }
        })
        .collect();
    (!settings.is_empty()).then(|| {
        quote! {
            /// Settings of this client that determine parameters of its endpoint rules.
            pub(crate) mod context {
                use aws_smithy_types::config_bag::{Storable, StoreReplace};

                #(#settings)*
            }
        }
    })
}

/// The types that `params_from` reads from the configuration.
pub(super) fn imports(parameters: &[EndpointParameter]) -> TokenStream {
    let reads = |built_in| {
        let source = ParameterSource::BuiltIn(built_in);
        parameters
            .iter()
            .any(|parameter| parameter.source == source)
    };
    let mut settings = Vec::new();
    if reads(BuiltIn::AccountIdEndpointMode) {
        settings.push(quote!(AccountIdEndpointMode));
    }
    if reads(BuiltIn::Endpoint) {
        settings.push(quote!(EndpointUrl));
    }
    if reads(BuiltIn::UseDualStack) {
        settings.push(quote!(UseDualStack));
    }
    if reads(BuiltIn::UseFips) {
        settings.push(quote!(UseFips));
    }
    let settings = match settings.as_slice() {
        [] => None,
        [setting] => Some(quote!(use aws_types::endpoint_config::#setting;)),
        settings => Some(quote!(use aws_types::endpoint_config::{#(#settings),*};)),
    };
    let region = reads(BuiltIn::Region).then(|| {
        quote!(
            use aws_types::region::Region;
        )
    });
    let check = parameters
        .iter()
        .any(|parameter| parameter.check.is_some())
        .then(|| {
            quote!(
                use self::host::is_valid_host_label;
            )
        });
    quote!(#settings #region #check)
}

fn params(parameters: &[EndpointParameter]) -> TokenStream {
    let fields = parameters.iter().map(|parameter| {
        let (name, r#type) = (parameter.field.field(), value_type(parameter));
        match parameter.presence {
            Presence::Optional => quote!(#name: Option<#r#type>),
            Presence::Required | Presence::Defaulted(_) => quote!(#name: #r#type),
        }
    });
    quote! {
        /// What the endpoint of a request depends on.
        #[non_exhaustive]
        #[derive(Clone, Debug, PartialEq)]
        pub struct Params {
            #(#fields,)*
        }
    }
}

fn accessors(parameters: &[EndpointParameter]) -> TokenStream {
    let accessors = parameters.iter().map(|parameter| {
        let name = parameter.field.field();
        let docs = parameter.docs.iter().map(|line| {
            let line = format!(" {line}");
            quote!(#[doc = #line])
        });
        let optional = parameter.presence == Presence::Optional;
        let (r#type, value) = match (parameter.r#type, optional) {
            (ParameterType::String, true) => (quote!(&str), quote!(self.#name.as_deref())),
            (ParameterType::String, false) => (quote!(&str), quote!(Some(&self.#name))),
            (ParameterType::Boolean, true) => (quote!(bool), quote!(self.#name)),
            (ParameterType::Boolean, false) => (quote!(bool), quote!(Some(self.#name))),
            (ParameterType::StringArray, true) => {
                (quote!(&[String]), quote!(self.#name.as_deref()))
            }
            (ParameterType::StringArray, false) => (quote!(&[String]), quote!(Some(&self.#name))),
        };
        quote! {
            #(#docs)*
            pub fn #name(&self) -> Option<#r#type> {
                #value
            }
        }
    });
    quote! {
        impl Params {
            /// Creates a builder for [`Params`].
            pub fn builder() -> ParamsBuilder {
                ParamsBuilder::default()
            }

            #(#accessors)*
        }
    }
}

fn builder(parameters: &[EndpointParameter]) -> TokenStream {
    let fields = parameters.iter().map(|parameter| {
        let (name, r#type) = (parameter.field.field(), value_type(parameter));
        quote!(#name: Option<#r#type>)
    });
    quote! {
        /// Builder for [`Params`].
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct ParamsBuilder {
            #(#fields,)*
        }
    }
}

fn builder_methods(parameters: &[EndpointParameter]) -> TokenStream {
    let build = build(parameters);
    let setters = parameters.iter().map(|parameter| {
        let (name, set) = (parameter.field.field(), parameter.field.set());
        let r#type = value_type(parameter);
        let docs = format!(" Sets [`{0}`](Params::{0}).", parameter.field);
        let set_docs = match &parameter.presence {
            Presence::Defaulted(default) => {
                let default = literal(default).to_string();
                format!(
                    " Sets [`{0}`](Params::{0}), or resets it to `{default}`.",
                    parameter.field
                )
            }
            Presence::Optional | Presence::Required => {
                format!(" Sets or unsets [`{0}`](Params::{0}).", parameter.field)
            }
        };
        quote! {
            #[doc = #docs]
            pub fn #name(self, value: impl Into<#r#type>) -> Self {
                self.#set(Some(value.into()))
            }

            #[doc = #set_docs]
            pub fn #set(mut self, value: Option<#r#type>) -> Self {
                self.#name = value;
                self
            }
        }
    });
    quote! {
        impl ParamsBuilder {
            #build

            #(#setters)*
        }
    }
}

/// `build`, and what builds without checking values if there is anything to check.
fn build(parameters: &[EndpointParameter]) -> TokenStream {
    let fields = parameters.iter().map(field);
    let fields = quote!(Ok(Params { #(#fields,)* }));
    let checks: Vec<_> = parameters.iter().filter_map(check).collect();
    if checks.is_empty() {
        return quote! {
            /// Makes [`Params`] of what has been set.
            ///
            /// # Errors
            ///
            /// Fails if a required parameter is not set.
            pub fn build(self) -> Result<Params, InvalidParams> {
                #fields
            }
        };
    }
    quote! {
        /// Makes [`Params`] of what has been set.
        ///
        /// # Errors
        ///
        /// Fails if a required parameter is not set, or if a value could change the host that
        /// requests go to.
        pub fn build(self) -> Result<Params, InvalidParams> {
            #(#checks)*
            self.build_unchecked()
        }

        /// Makes [`Params`] without checking values, as the rules' own test cases want it.
        fn build_unchecked(self) -> Result<Params, InvalidParams> {
            #fields
        }
    }
}

fn field(parameter: &EndpointParameter) -> TokenStream {
    let name = parameter.field.field();
    match &parameter.presence {
        Presence::Optional => quote!(#name: self.#name),
        Presence::Required => {
            let message = format!("a required field was missing: `{}`", parameter.field);
            quote!(#name: self.#name.ok_or(InvalidParams { message: #message })?)
        }
        Presence::Defaulted(default) => {
            let value = literal(default);
            let value = match parameter.r#type {
                ParameterType::Boolean if value.to_string() == "false" => {
                    quote!(self.#name.unwrap_or_default())
                }
                ParameterType::Boolean => quote!(self.#name.unwrap_or(#value)),
                ParameterType::String => quote!(self.#name.unwrap_or_else(|| #value.to_owned())),
                ParameterType::StringArray => quote!(self.#name.unwrap_or_else(|| #value)),
            };
            quote!(#name: #value)
        }
    }
}

fn check(parameter: &EndpointParameter) -> Option<TokenStream> {
    let name = parameter.field.field();
    match parameter.check? {
        ParameterCheck::HostLabel => {
            let message = format!(
                "invalid value for field: `{}` - must be a valid host label",
                parameter.field
            );
            Some(quote! {
                if let Some(value) = &self.#name && !is_valid_host_label(value, true) {
                    return Err(InvalidParams { message: #message });
                }
            })
        }
    }
}

/// How `params_from` sets a parameter.
fn setting(parameter: &EndpointParameter) -> Option<TokenStream> {
    let set = parameter.field.set();
    let value = match &parameter.source {
        ParameterSource::OperationOnly | ParameterSource::BuiltIn(BuiltIn::AccountId) => {
            return None;
        }
        ParameterSource::BuiltIn(BuiltIn::Region) => {
            quote!(
                cfg.load::<Region>()
                    .map(|region| region.as_ref().to_owned())
            )
        }
        ParameterSource::BuiltIn(BuiltIn::UseDualStack) => {
            quote!(cfg.load::<UseDualStack>().map(|setting| setting.0))
        }
        ParameterSource::BuiltIn(BuiltIn::UseFips) => {
            quote!(cfg.load::<UseFips>().map(|setting| setting.0))
        }
        ParameterSource::BuiltIn(BuiltIn::Endpoint) => {
            quote!(cfg.load::<EndpointUrl>().map(|url| url.0.clone()))
        }
        ParameterSource::BuiltIn(BuiltIn::AccountIdEndpointMode) => quote! {
            Some(
                cfg.load::<AccountIdEndpointMode>()
                    .unwrap_or(&AccountIdEndpointMode::Preferred)
                    .to_string(),
            )
        },
        ParameterSource::ClientContext(name) => {
            let name = name.ident();
            let value = match parameter.r#type {
                ParameterType::Boolean => quote!(setting.0),
                ParameterType::String | ParameterType::StringArray => quote!(setting.0.clone()),
            };
            quote!(cfg.load::<context::#name>().map(|setting| #value))
        }
    };
    Some(quote!(.#set(#value)))
}

fn value_type(parameter: &EndpointParameter) -> TokenStream {
    match parameter.r#type {
        ParameterType::String => quote!(String),
        ParameterType::Boolean => quote!(bool),
        ParameterType::StringArray => quote!(Vec<String>),
    }
}
