//! `config/endpoint.rs` and the files below it that are not templates.

mod expressions;
mod params;
mod partitions;
mod rules;
mod tests;

use proc_macro2::TokenStream;
use quote::quote;

pub use self::partitions::partitions_file;
pub use self::rules::rules_file;
pub use self::tests::tests_file;

use crate::ir::endpoints::{Endpoints, LibraryFile};

/// The items of `config/endpoint.rs`: the parameters, and how a client's configuration sets them.
pub fn endpoint_file(endpoints: &Endpoints) -> Vec<TokenStream> {
    let mut items = vec![modules(endpoints), exports(endpoints)];
    items.extend(params::items(&endpoints.parameters));
    items.push(params::from_config(&endpoints.parameters));
    items.extend(params::client_context(&endpoints.parameters));
    items
}

impl LibraryFile {
    /// The name of the file, without its extension, and of its module.
    pub fn stem(self) -> &'static str {
        match self {
            LibraryFile::AccountId => "account_id",
            LibraryFile::Arn => "arn",
            LibraryFile::Bucket => "bucket",
            LibraryFile::Cases => "cases",
            LibraryFile::Downcast => "downcast",
            LibraryFile::Encoding => "encoding",
            LibraryFile::Failed => "failed",
            LibraryFile::Found => "found",
            LibraryFile::Feature => "feature",
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
        .filter(|file| **file != LibraryFile::Cases);
    let mut stems: Vec<_> = library.map(|file| file.stem()).collect();
    stems.push("rules");
    stems.extend(endpoints.partitions.as_ref().map(|_| "partitions"));
    stems.sort_unstable();
    let names = stems.iter().map(|stem| expressions::ident(stem));
    let tests = (!endpoints.tests.is_empty()).then(|| {
        quote! {
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

fn exports(endpoints: &Endpoints) -> TokenStream {
    let downcast = if endpoints.library.contains(&LibraryFile::AccountId) {
        quote!(account_id)
    } else {
        quote!(downcast)
    };
    let loads = params::imports(&endpoints.parameters);
    quote! {
        pub use aws_smithy_runtime_api::client::endpoint::{EndpointFuture, SharedEndpointResolver};
        use aws_smithy_types::config_bag::ConfigBag;
        pub use aws_smithy_types::endpoint::Endpoint;
        #loads
        use self::#downcast::DowncastParams;
        pub(crate) use self::feature::EndpointOverrideFeatureTracker;
        pub use self::resolver::{DefaultResolver, InvalidParams, ResolveEndpoint};
    }
}
