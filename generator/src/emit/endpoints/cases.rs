//! `config/endpoint/tests.rs`: the model's test cases as a table.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

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
    let mut items = vec![imports(endpoints)];
    items.extend(functions(&cases.collect::<Vec<_>>()));
    items.extend(calls::test(endpoints));
    Some(items)
}

/// Maximum number of cases in a function. Without optimization, all of them are on the stack at
/// once, which in tests has room for a few hundred.
const MOST: usize = 64;

/// The test, and the functions with its cases if there are many.
fn functions(cases: &[TokenStream]) -> Vec<TokenStream> {
    let test = |body: TokenStream| {
        quote! {
            #[test]
            fn endpoints_are_those_of_the_model() {
                #body
            }
        }
    };
    if cases.len() <= MOST {
        return vec![test(quote!(check([#(#cases,)*]);))];
    }
    let parts: Vec<_> = cases.chunks(MOST).enumerate().collect();
    let name = |index: usize| format_ident!("check_part_{}", index + 1);
    let names = parts.iter().map(|(index, _)| name(*index));
    let mut items = vec![test(quote!(#(#names();)*))];
    items.extend(parts.iter().map(|(index, cases)| {
        let name = name(*index);
        quote! {
            fn #name() {
                check([#(#cases,)*]);
            }
        }
    }));
    items
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

/// The names that cases use.
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

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{MOST, functions};

    #[test]
    fn many_cases_are_in_several_functions() {
        let cases = vec![quote!(Case); MOST + 1];
        let one = functions(&cases[1..]);
        assert_eq!(one.len(), 1);
        let several: Vec<_> = functions(&cases).iter().map(ToString::to_string).collect();
        assert_eq!(several.len(), 3);
        assert!(several[0].contains("check_part_1 () ; check_part_2 () ;"));
        let count = |text: &str| text.matches("Case").count();
        assert_eq!((count(&several[1]), count(&several[2])), (MOST, 1));
    }
}
