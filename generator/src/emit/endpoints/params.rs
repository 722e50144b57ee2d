//! `Params`, its builder, and how a client's configuration fills it.

use proc_macro2::TokenStream;
use quote::quote;

use super::expressions::literal;
use crate::emit::scope::ident;
use crate::emit::text;
use crate::ir::endpoints::{
    BuiltIn, EndpointParameter, Literal, ParameterCheck, ParameterPresence, ParameterSource,
    ParameterType,
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

/// `finalize`: the parameters that the identity determines.
pub(super) fn finalize(parameters: &[EndpointParameter]) -> TokenStream {
    match account_id(parameters) {
        None => quote! {
            /// Sets parameters from the identity of a call: none.
            fn finalize(_params: &mut EndpointResolverParams) {}
        },
        Some(parameter) => {
            let name = parameter.field.field();
            quote! {
                /// Sets parameters from the identity of a call: the account, unless it is set.
                fn finalize(params: &mut EndpointResolverParams) {
                    let account_id = params
                        .get_property::<Identity>()
                        .and_then(|identity| identity.property::<AccountId>())
                        .map(|account_id| account_id.as_str().to_owned());
                    if let Some(params) = params.get_mut::<Params>() {
                        params.#name = params.#name.take().or(account_id);
                    }
                }
            }
        }
    }
}

/// The types that `finalize` reads, if it does anything: of the identity, and the identity.
pub(super) fn identity_imports(
    parameters: &[EndpointParameter],
) -> Option<(TokenStream, TokenStream)> {
    account_id(parameters).map(|_| {
        (
            quote!(
                use aws_credential_types::attributes::AccountId;
            ),
            quote!(
                use aws_smithy_runtime_api::client::identity::Identity;
            ),
        )
    })
}

/// The parameter for the account.
fn account_id(parameters: &[EndpointParameter]) -> Option<&EndpointParameter> {
    let source = ParameterSource::BuiltIn(BuiltIn::AccountId);
    parameters
        .iter()
        .find(|parameter| parameter.source == source)
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
        /// The parameters that the configuration of a client or a call determines.
        pub(crate) fn params_from(#cfg: &ConfigBag) -> ParamsBuilder {
            Params::builder() #(#settings)*
        }
    }
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
    quote!(#settings #region)
}

/// The functions that `build` checks values with.
pub(super) fn checks(parameters: &[EndpointParameter]) -> Option<TokenStream> {
    let mut parameters = parameters.iter();
    let checked = parameters.any(|parameter| parameter.check.is_some());
    checked.then(|| {
        quote!(
            use self::host::is_valid_host_label;
        )
    })
}

fn params(parameters: &[EndpointParameter]) -> TokenStream {
    let fields = parameters.iter().map(|parameter| {
        let (name, r#type) = (parameter.field.field(), value_type(parameter));
        match parameter.presence {
            ParameterPresence::Optional => quote!(#name: Option<#r#type>),
            ParameterPresence::Required | ParameterPresence::Defaulted(_) => quote!(#name: #r#type),
        }
    });
    let (debug, redacted) = debug("Params", parameters);
    quote! {
        /// The parameters of a request's endpoint.
        #[non_exhaustive]
        #[derive(Clone, #debug PartialEq)]
        pub struct Params {
            #(#fields,)*
        }

        #redacted
    }
}

/// The derived `Debug`, or an implementation that hides sensitive parameters.
fn debug(
    name: &str,
    parameters: &[EndpointParameter],
) -> (Option<TokenStream>, Option<TokenStream>) {
    if !parameters.iter().any(|parameter| parameter.sensitive) {
        return (Some(quote!(Debug,)), None);
    }
    let ty = ident(name);
    let fields = parameters.iter().map(|parameter| {
        let field = parameter.field.field();
        let sensitive = parameter.sensitive.then(|| quote!(sensitive));
        quote!(#field #sensitive)
    });
    (
        None,
        Some(quote!(redacted_debug!(#ty as #name { #(#fields),* });)),
    )
}

fn accessors(parameters: &[EndpointParameter]) -> TokenStream {
    let accessors = parameters.iter().map(|parameter| {
        let name = parameter.field.field();
        let docs = text::docs(&parameter.docs);
        let optional = parameter.presence == ParameterPresence::Optional;
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
            #docs
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
    let (debug, redacted) = debug("ParamsBuilder", parameters);
    quote! {
        /// Builder for [`Params`].
        #[derive(Clone, #debug Default, PartialEq)]
        pub struct ParamsBuilder {
            #(#fields,)*
        }

        #redacted
    }
}

fn builder_methods(parameters: &[EndpointParameter]) -> TokenStream {
    let build = build(parameters);
    let setters = parameters.iter().map(|parameter| {
        let (name, set) = (parameter.field.field(), parameter.field.set());
        let r#type = value_type(parameter);
        let docs = format!(" Sets [`{0}`](Params::{0}).", parameter.field);
        let set_docs = match &parameter.presence {
            ParameterPresence::Defaulted(Literal::Boolean(default)) => format!(
                " Sets [`{0}`](Params::{0}), or resets it to `{default}`.",
                parameter.field
            ),
            ParameterPresence::Defaulted(_) => format!(
                " Sets [`{0}`](Params::{0}), or resets it to its default.",
                parameter.field
            ),
            ParameterPresence::Optional | ParameterPresence::Required => {
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

/// `build`, and `build_unchecked` if there is anything to check.
fn build(parameters: &[EndpointParameter]) -> TokenStream {
    let fields = parameters.iter().map(field);
    let fields = quote!(Ok(Params { #(#fields,)* }));
    let checks: Vec<_> = parameters.iter().filter_map(check).collect();
    if checks.is_empty() {
        return quote! {
            /// Builds [`Params`].
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
        /// Builds [`Params`].
        ///
        /// # Errors
        ///
        /// Fails if a required parameter is not set, or if a value could change the host that
        /// requests go to.
        pub fn build(self) -> Result<Params, InvalidParams> {
            #(#checks)*
            self.build_unchecked()
        }

        /// Builds [`Params`] without checking values, for the test cases of the rules.
        fn build_unchecked(self) -> Result<Params, InvalidParams> {
            #fields
        }
    }
}

fn field(parameter: &EndpointParameter) -> TokenStream {
    let name = parameter.field.field();
    match &parameter.presence {
        ParameterPresence::Optional => quote!(#name: self.#name),
        ParameterPresence::Required => {
            let message = format!("a required field was missing: `{}`", parameter.field);
            quote!(#name: self.#name.ok_or(InvalidParams { message: #message })?)
        }
        ParameterPresence::Defaulted(default) => {
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
                if self.#name.as_ref().is_some_and(|value| !is_valid_host_label(value, true)) {
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
            quote!(cfg.load::<#name>().map(|setting| #value))
        }
    };
    Some(quote!(.#set(#value)))
}

/// The type of a parameter's value.
pub(super) fn value_type(parameter: &EndpointParameter) -> TokenStream {
    match parameter.r#type {
        ParameterType::String => quote!(String),
        ParameterType::Boolean => quote!(bool),
        ParameterType::StringArray => quote!(Vec<String>),
    }
}
