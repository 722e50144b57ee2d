//! `config/endpoint/tests.rs`: the model's cases as a table.

use proc_macro2::TokenStream;
use quote::quote;

use super::calls;
use super::expressions::{into_document, literal};
use crate::ir::endpoints::{Document, EndpointTest, Endpoints, Expectation};

/// The items of `config/endpoint/tests.rs`; `None` if the model has no cases.
pub fn tests_file(endpoints: &Endpoints) -> Option<Vec<TokenStream>> {
    if endpoints.tests.is_empty() {
        return None;
    }
    let checked = endpoints
        .parameters
        .iter()
        .any(|parameter| parameter.check.is_some());
    let build = if checked {
        quote!(build_unchecked)
    } else {
        quote!(build)
    };
    let cases = endpoints.tests.iter().map(|test| case(test, &build));
    let imports = imports(endpoints);
    let cases = quote! {
        #[test]
        fn endpoints_are_those_of_the_model() {
            check([#(#cases,)*]);
        }
    };
    let mut items = vec![imports, cases];
    items.extend(calls::test(endpoints));
    Some(items)
}

fn imports(endpoints: &Endpoints) -> TokenStream {
    let mut names = Names::default();
    for test in &endpoints.tests {
        names.of(&test.expectation);
        for call in &test.calls {
            names.map = true;
            names.document |= !call.input.is_empty();
        }
    }
    let map = names.map.then(|| {
        quote!(
            use std::collections::HashMap;
        )
    });
    let document = names.document.then(|| {
        quote!(
            use aws_smithy_types::Document;
        )
    });
    let endpoint = names.endpoint.then(|| {
        quote!(
            use aws_smithy_types::endpoint::Endpoint;
        )
    });
    let calls = calls::imports(endpoints);
    quote! {
        #map
        #document
        #endpoint
        use super::Params;
        #calls
        use super::cases::{Case, check};
    }
}

/// The names that cases mention.
#[derive(Default)]
struct Names {
    document: bool,
    endpoint: bool,
    map: bool,
}

impl Names {
    fn of(&mut self, expectation: &Expectation) {
        if let Expectation::Endpoint { properties, .. } = expectation {
            self.endpoint = true;
            properties
                .iter()
                .for_each(|(_, value)| self.of_document(value));
        }
    }

    fn of_document(&mut self, document: &Document) {
        match document {
            Document::Null => self.document = true,
            Document::Boolean(_) | Document::Integer(_) | Document::Text(_) => {}
            Document::Array(items) => {
                self.document = true;
                items.iter().for_each(|item| self.of_document(item));
            }
            Document::Object(members) => {
                self.map = true;
                self.document |= !members.is_empty();
                members
                    .iter()
                    .for_each(|(_, value)| self.of_document(value));
            }
        }
    }
}

fn case(test: &EndpointTest, build: &TokenStream) -> TokenStream {
    let EndpointTest {
        name,
        parameters,
        expectation,
        calls: _,
    } = test;
    let parameters = parameters.iter().map(|(field, value)| {
        let (field, value) = (field.field(), literal(value));
        quote!(.#field(#value))
    });
    let expected = expected(expectation);
    quote! {
        Case {
            name: #name,
            params: Params::builder() #(#parameters)* .#build(),
            expected: #expected,
        }
    }
}

/// What a case expects: the builder of an endpoint, or the text of an error.
pub(super) fn expected(expectation: &Expectation) -> TokenStream {
    match expectation {
        Expectation::Error(text) => quote!(Err(#text)),
        Expectation::Endpoint {
            url,
            headers,
            properties,
        } => {
            let headers = headers
                .iter()
                .flat_map(|(name, values)| values.iter().map(move |value| (name, value)))
                .map(|(name, value)| quote!(.header(#name, #value)));
            let properties = properties.iter().map(|(name, value)| {
                let value = into_document(value);
                quote!(.property(#name, #value))
            });
            quote!(Ok(Endpoint::builder().url(#url) #(#headers)* #(#properties)*))
        }
    }
}
