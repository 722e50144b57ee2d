//! `auth_token/methods.rs`: the tokens that a client creates.

use quote::quote;

use super::file::{File, Item};
use super::scope::ident;
use super::text::doc;
use crate::ir::{AuthTokens, Client};

/// The file; none if the client creates no tokens.
pub(crate) fn methods(client: &Client) -> Vec<File> {
    let tokens = client.service.auth_tokens.as_ref();
    tokens.into_iter().map(file).collect()
}

fn file(tokens: &AuthTokens) -> File {
    let methods = tokens.methods.iter().map(|(name, action)| {
        let name = ident(name);
        let docs = doc(format!("Creates a token for the action `{action}`."));
        quote! {
            #docs
            ///
            /// Settings that [`Config`](super::Config) lacks come from `sdk_config`.
            ///
            /// # Errors
            ///
            /// Fails if there is no region or there are no credentials.
            pub async fn #name(&self, sdk_config: &SdkConfig) -> Result<AuthToken, BoxError> {
                self.token(#action, sdk_config).await
            }
        }
    });
    let items = vec![
        Item::Code(quote! {
            use aws_types::sdk_config::SdkConfig;

            use super::{AuthToken, AuthTokenGenerator};
            use crate::error::BoxError;
        }),
        Item::Code(quote! {
            impl AuthTokenGenerator {
                #(#methods)*
            }
        }),
    ];
    let docs = ["Methods that create tokens."];
    File::rust("src/auth_token/methods.rs", &docs, items)
}
