//! From the runtime's resolvers to those of this crate, for rules that ask for the account.

use aws_credential_types::attributes::AccountId;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::{self, EndpointResolverParams};
use aws_smithy_runtime_api::client::identity::Identity;

use super::{EndpointFuture, Params, ResolveEndpoint};

/// Makes a resolver of this crate one that the runtime can call.
#[derive(Debug)]
pub(super) struct DowncastParams<T>(pub(super) T);

impl<T: ResolveEndpoint> endpoint::ResolveEndpoint for DowncastParams<T> {
    fn resolve_endpoint<'a>(&'a self, params: &'a EndpointResolverParams) -> EndpointFuture<'a> {
        match params.get::<Params>() {
            Some(params) => self.0.resolve_endpoint(params),
            None => EndpointFuture::ready(Err("params of expected type was not present".into())),
        }
    }

    /// Sets the account, which is known only now that the identity is.
    ///
    /// An account that the operation's input binds stays.
    fn finalize_params<'a>(
        &'a self,
        params: &'a mut EndpointResolverParams,
    ) -> Result<(), BoxError> {
        let account_id = params
            .get_property::<Identity>()
            .and_then(|identity| identity.property::<AccountId>())
            .map(|account_id| account_id.as_str().to_owned());
        let params = params
            .get_mut::<Params>()
            .ok_or("params of expected type was not present")?;
        if let Some(account_id) = account_id {
            params.account_id.get_or_insert(account_id);
        }
        Ok(())
    }
}
