//! `operation/sessions/service.rs`: what the templates need to know about sessions.

use proc_macro2::TokenStream;
use quote::quote;

use super::file::{File, Item};
use super::scope::ident;
use super::text::doc;
use crate::ir::{Client, PathStep, Sessions};

/// The file; none if the client has no sessions.
pub(crate) fn service(client: &Client) -> Vec<File> {
    let sessions = client.sessions.as_ref();
    sessions
        .into_iter()
        .map(|sessions| file(client, sessions))
        .collect()
}

fn file(client: &Client, sessions: &Sessions) -> File {
    let items = vec![
        Item::Code(quote! {
            use aws_credential_types::Credentials;
            use aws_credential_types::credential_feature::AwsCredentialFeature;
            use aws_smithy_runtime_api::box_error::BoxError;
            use aws_smithy_runtime_api::client::auth::AuthSchemeId;
            use aws_smithy_types::error::operation::BuildError;
            use crate::config::endpoint::Params;
            use crate::config::{Builder, ProvideCredentials, SharedCredentialsProvider};
        }),
        Item::Code(names(client, sessions)),
        Item::Code(operation(client, sessions)),
        Item::Code(settings(sessions)),
        Item::Code(conversion(client, sessions)),
    ];
    let docs = ["Names of sessions, and the operation that opens one."];
    File::rust("src/operation/sessions/service.rs", &docs, items)
}

fn names(client: &Client, sessions: &Sessions) -> TokenStream {
    let name = &client.operation(sessions.operation).name;
    let (module, marker) = (name.module().ident(), name.ident());
    let (scheme, variable, profile) = (&sessions.scheme, &sessions.variable, &sessions.profile);
    let (header, parameter) = (&sessions.token_header, &sessions.token_parameter);
    let feature = sessions.feature.as_deref().map(ident);
    let feature = match feature {
        Some(feature) => quote!(Some(AwsCredentialFeature::#feature)),
        None => quote!(None),
    };
    quote! {
        /// The operation that opens a session.
        pub(super) type Open = crate::operation::#module::#marker;

        /// The auth scheme of endpoints that require a session.
        pub(super) const SCHEME_ID: AuthSchemeId = AuthSchemeId::new(#scheme);

        /// The header for the token of a session.
        pub(super) const HEADER: &str = #header;

        /// The query parameter for the token, if the signature is in the query.
        pub(super) const PARAMETER: &str = #parameter;

        /// The environment variable that disables sessions.
        pub(super) const VARIABLE: &str = #variable;

        /// The key in profiles that disables sessions.
        pub(super) const PROFILE: &str = #profile;

        /// The feature that the user agent reports for a session.
        pub(super) const FEATURE: Option<AwsCredentialFeature> = #feature;
    }
}

fn operation(client: &Client, sessions: &Sessions) -> TokenStream {
    let operation = client.operation(sessions.operation);
    let module = operation.name.module().ident();
    let module = quote!(crate::operation::#module);
    let input = client.structure(operation.input).name.ident();
    let builder = client.structure(operation.input).name.builder();
    let output = client.structure(operation.output).name.ident();
    let (set, parameter) = (sessions.input.set(), sessions.parameter.field());
    let structure = client.structure(sessions.credentials.structure);
    let structure = structure.name.ident();
    let step = &sessions.credentials.step;
    let field = step.field.field();
    let found = match step.optional {
        true => quote!(output.#field),
        false => quote!(Some(output.#field)),
    };
    quote! {
        /// The resource of a call, for which a session is opened.
        pub(super) fn subject(params: &Params) -> Option<&str> {
            params.#parameter()
        }

        /// The input of a call that opens a session.
        pub(super) fn input(subject: &str) -> Result<#module::#input, BuildError> {
            #module::builders::#builder::default().#set(Some(subject.to_owned())).build()
        }

        /// The credentials that the service returns.
        pub(super) fn credentials(output: #module::#output) -> Option<crate::types::#structure> {
            #found
        }
    }
}

fn settings(sessions: &Sessions) -> TokenStream {
    let name = ident(&sessions.provider);
    let set = ident(&format!("set_{}", sessions.provider));
    let set_docs = doc(format!(
        "Sets the [provider of credentials](Self::{}). `None` changes nothing.",
        sessions.provider
    ));
    let disable = sessions.disabled_by.set();
    quote! {
        /// Enables or disables sessions, if that is set.
        pub(super) fn disable(builder: &mut Builder, disabled: Option<bool>) {
            // Setting `None` would hide the value of an earlier layer.
            if disabled.is_some() {
                builder.#disable(disabled);
            }
        }

        /// Sessions.
        impl Builder {
            /// Sets the provider of credentials for calls whose endpoint requires a session. It
            /// replaces the sessions that the client opens.
            #[inline]
            pub fn #name(
                mut self,
                credentials_provider: impl ProvideCredentials + 'static,
            ) -> Self {
                self.#set(Some(SharedCredentialsProvider::new(credentials_provider)));
                self
            }

            #set_docs
            #[inline]
            pub fn #set(
                &mut self,
                credentials_provider: Option<SharedCredentialsProvider>,
            ) -> &mut Self {
                if let Some(credentials_provider) = credentials_provider {
                    self.runtime_components.set_identity_resolver(SCHEME_ID, credentials_provider);
                }
                self
            }
        }
    }
}

/// The conversion of a session's credentials.
fn conversion(client: &Client, sessions: &Sessions) -> TokenStream {
    let shape = &sessions.credentials;
    let structure = client.structure(shape.structure).name.ident();
    let id = step(&shape.access_key_id);
    let secret = step(&shape.secret_access_key);
    let token = step(&shape.session_token);
    let expiration = step(&shape.expiration);
    let scheme = &sessions.scheme;
    quote! {
        impl TryFrom<crate::types::#structure> for Credentials {
            type Error = BoxError;

            /// # Errors
            ///
            /// Fails if a field is missing, or if the system cannot represent the time.
            fn try_from(found: crate::types::#structure) -> Result<Self, Self::Error> {
                let expiration = found.#expiration.try_into()?;
                Ok(Self::new(
                    found.#id,
                    found.#secret,
                    Some(found.#token),
                    Some(expiration),
                    #scheme,
                ))
            }
        }
    }
}

/// A required field.
fn step(step: &PathStep) -> TokenStream {
    let field = step.field.field();
    let missing = format!("the credentials of a session are without `{}`", step.field);
    match step.optional {
        true => quote!(#field.ok_or(#missing)?),
        false => quote!(#field),
    }
}
