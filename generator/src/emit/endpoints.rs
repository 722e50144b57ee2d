//! `config/endpoint.rs` and the files below it that are not templates.

mod bindings;
pub(super) mod calls;
mod cases;
mod context;
mod diagram;
mod expressions;
mod params;
mod partitions;
mod rules;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use self::bindings::endpoint_params;
pub use self::cases::tests_file;
pub use self::partitions::partitions_file;
pub use self::rules::rules_file;

use crate::ir::endpoints::{EndpointParameter, Endpoints, LibraryFile, ParameterSource};

/// The items of `config/endpoint.rs`: the parameters, and how a client's configuration sets them.
pub fn endpoint_file(endpoints: &Endpoints) -> Vec<TokenStream> {
    let mut items = vec![modules(endpoints)];
    items.extend(exports(endpoints));
    items.extend(params::items(&endpoints.parameters));
    items.push(params::from_config(&endpoints.parameters));
    items.push(params::finalize(&endpoints.parameters));
    items.extend(context::items(&endpoints.parameters));
    items
}

impl LibraryFile {
    /// The name of the file, without its extension, and of its module.
    pub fn stem(self) -> &'static str {
        match self {
            LibraryFile::Arn => "arn",
            LibraryFile::Bucket => "bucket",
            LibraryFile::Calls => "calls",
            LibraryFile::Cases => "cases",
            LibraryFile::Diagram => "diagram",
            LibraryFile::Encoding => "encoding",
            LibraryFile::Failed => "failed",
            LibraryFile::Found => "found",
            LibraryFile::Host => "host",
            LibraryFile::Resolver => "resolver",
            LibraryFile::Split => "split",
            LibraryFile::Substring => "substring",
            LibraryFile::Url => "url",
        }
    }
}

fn modules(endpoints: &Endpoints) -> TokenStream {
    let library = endpoints
        .library
        .iter()
        .filter(|file| !matches!(file, LibraryFile::Calls | LibraryFile::Cases));
    let mut stems: Vec<_> = library.map(|file| file.stem()).collect();
    stems.push("rules");
    stems.extend(endpoints.partitions.as_ref().map(|_| "partitions"));
    stems.sort_unstable();
    let names = stems.iter().map(|stem| expressions::ident(stem));
    let calls = endpoints.library.contains(&LibraryFile::Calls).then(|| {
        quote! {
            #[cfg(test)]
            mod calls;
        }
    });
    let tests = (!endpoints.tests.is_empty()).then(|| {
        quote! {
            #calls
            #[cfg(test)]
            mod cases;
            #[cfg(test)]
            mod tests;
        }
    });
    quote! {
        #(mod #names;)*
        #tests
    }
}

/// What the file re-exports from the runtime, and what from its modules.
fn exports(endpoints: &Endpoints) -> [TokenStream; 2] {
    let (account_id, identity) = params::identity_imports(&endpoints.parameters).unzip();
    let settings = params::imports(&endpoints.parameters);
    let is_setting = |parameter: &EndpointParameter| {
        matches!(parameter.source, ParameterSource::ClientContext(_))
    };
    let has_settings = endpoints.parameters.iter().any(is_setting);
    let builder = has_settings.then(|| {
        quote!(
            use super::Builder;
        )
    });
    let config_bag = if has_settings {
        quote!({ConfigBag, Storable, StoreReplace})
    } else {
        quote!(ConfigBag)
    };
    let checks = params::checks(&endpoints.parameters);
    [
        quote! {
            #account_id
            use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
            pub use aws_smithy_runtime_api::client::endpoint::{EndpointFuture, SharedEndpointResolver};
            #identity
            use aws_smithy_types::config_bag::#config_bag;
            pub use aws_smithy_types::endpoint::Endpoint;
            #settings
        },
        quote! {
            #checks
            pub use self::resolver::{DefaultResolver, InvalidParams, ResolveEndpoint};
            #builder
        },
    ]
}
