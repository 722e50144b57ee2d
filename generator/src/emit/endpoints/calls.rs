//! The calls in the model's test cases, as a table.

use proc_macro2::TokenStream;
use quote::quote;

use super::cases::expected;
use super::expressions::{document, literal};
use crate::ir::endpoints::{
    BuiltIn, CallSetting, EndpointCall, EndpointTest, Endpoints, LibraryFile,
};

/// The imports of the test of calls, if there are any.
pub(super) fn imports(endpoints: &Endpoints) -> Option<TokenStream> {
    endpoints.library.contains(&LibraryFile::Calls).then(|| {
        quote!(
            use super::calls::{Call, check_calls, config, endpoint_of};
        )
    })
}

/// The test of calls, if there are any.
pub(super) fn test(endpoints: &Endpoints) -> Option<TokenStream> {
    let calls = |test: &EndpointTest| -> Vec<_> {
        let calls = test.calls.iter();
        calls.map(|it| call(test, it)).collect()
    };
    let calls: Vec<_> = endpoints.tests.iter().flat_map(calls).collect();
    (!calls.is_empty()).then(|| {
        quote! {
            #[tokio::test]
            async fn calls_go_to_the_endpoints_of_the_model() {
                check_calls([#(#calls,)*]);
            }
        }
    })
}

fn call(test: &EndpointTest, call: &EndpointCall) -> TokenStream {
    let EndpointCall {
        operation,
        input,
        settings,
    } = call;
    let name = format!("{} ({})", test.name, operation.as_str());
    let (module, operation) = (operation.module().ident(), operation.ident());
    let settings = settings.iter().map(setting);
    let input = if input.is_empty() {
        quote!(HashMap::new())
    } else {
        let names = input.iter().map(|(name, _)| name);
        let values = input.iter().map(|(_, value)| document(value));
        quote!(HashMap::from([#((#names.to_owned(), #values)),*]))
    };
    let expected = expected(&test.expectation);
    // The path is fully qualified, because an operation may have the name of something that the
    // file uses.
    quote! {
        Call {
            name: #name,
            endpoint: endpoint_of::<crate::operation::#module::#operation>(
                config() #(#settings)*,
                #input,
            )
            .await,
            expected: #expected,
        }
    }
}

/// The setter for a setting of a call's configuration.
pub(in crate::emit) fn setting(setting: &CallSetting) -> TokenStream {
    match setting {
        CallSetting::ClientContext(field, value) => {
            let (field, value) = (field.field(), literal(value));
            quote!(.#field(#value))
        }
        CallSetting::BuiltIn(built_in, value) => {
            let value = literal(value);
            match built_in {
                BuiltIn::Region => quote!(.region(crate::config::Region::new(#value))),
                BuiltIn::UseDualStack => quote!(.use_dual_stack(#value)),
                BuiltIn::UseFips => quote!(.use_fips(#value)),
                BuiltIn::Endpoint => quote!(.endpoint_url(#value)),
                BuiltIn::AccountId => quote! {
                    .credentials_provider(
                        crate::config::Credentials::builder()
                            .access_key_id("")
                            .secret_access_key("")
                            .provider_name("tests")
                            .account_id(#value)
                            .build(),
                    )
                },
                BuiltIn::AccountIdEndpointMode => TokenStream::new(),
            }
        }
    }
}
