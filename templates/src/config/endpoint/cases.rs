//! Checks the test cases of the service's endpoint rules.

use std::collections::{BTreeMap, HashMap};

use aws_smithy_types::Document;
use aws_smithy_types::endpoint::{Builder, Endpoint};

use super::{InvalidParams, Params, rules};

/// A test case: parameters, and the expected result.
pub(super) struct Case {
    /// The description of the case.
    pub(super) name: &'static str,
    /// The parameters, unless they are invalid themselves.
    pub(super) params: Result<Params, InvalidParams>,
    /// The endpoint, or the text of the error.
    ///
    /// Authentication schemes are a property here.
    pub(super) expected: Result<Builder, &'static str>,
}

/// Panics with a list of all cases with another result.
pub(super) fn check(cases: impl IntoIterator<Item = Case>) {
    let mut failures = Vec::new();
    for case in cases {
        let resolved = match &case.params {
            Ok(params) => rules::resolve(params).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        let resolved = resolved.as_ref().map(Parts::of);
        let expected = case.expected.map(Builder::build);
        let expected = expected.as_ref().map(Parts::of);
        let resolved = resolved.map_err(String::as_str);
        let expected = expected.map_err(|text| *text);
        if resolved != expected {
            failures.push(format!(
                "{}:\n{resolved:#?}\ninstead of\n{expected:#?}",
                case.name
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// Normalizes the order of parts of an endpoint that have no order.
#[derive(Debug, PartialEq)]
pub(super) struct Parts<'a> {
    url: &'a str,
    headers: BTreeMap<&'a str, Vec<&'a str>>,
    properties: HashMap<String, Document>,
}

impl<'a> Parts<'a> {
    pub(super) fn of(endpoint: &'a Endpoint) -> Self {
        let headers = endpoint.headers();
        let properties = endpoint.properties().iter();
        let mut properties: HashMap<_, _> = properties
            .map(|(name, value)| (name.to_string(), value.clone()))
            .collect();
        let schemes = endpoint.auth_schemes().iter();
        let schemes: Vec<_> = schemes.map(|scheme| scheme.as_document()).collect();
        if !schemes.is_empty() {
            properties.insert("authSchemes".to_owned(), Document::Array(schemes));
        }
        Self {
            url: endpoint.url(),
            headers: headers
                .map(|(name, values)| (name, values.collect()))
                .collect(),
            properties,
        }
    }
}
