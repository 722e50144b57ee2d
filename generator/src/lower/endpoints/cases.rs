//! Lowers `smithy.rules#endpointTests`, the test cases of the rules.

use serde_json::{Map, Value as Json};

use super::parameters::Parameters;
use super::{calls, parameters};
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::endpoints::{
    Document, EndpointParameter, EndpointTest, Expectation, Expression, Literal, ParameterType,
};
use crate::names::FieldName;
use crate::smithy::Model;

/// The trait with the cases.
const TESTS: &str = "smithy.rules#endpointTests";

/// The cases of the service; none if the model has none.
pub(super) fn lower(
    model: &Model,
    parameters: &Parameters,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<EndpointTest>> {
    let place = Place::shape(&model.service.id)
        .r#trait(TESTS)
        .key("testCases");
    let cases = model
        .service
        .traits
        .get(TESTS)
        .and_then(|tests| tests.get("testCases"))
        .and_then(Json::as_array);
    let lowered: Vec<_> = cases
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(index, json)| {
            let place = place.clone().index(index);
            case(model, json, parameters, &place, diagnostics)
        })
        .collect();
    lowered.into_iter().collect()
}

fn case(
    model: &Model,
    json: &Json,
    parameters: &Parameters,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<EndpointTest> {
    let params = json.get("params").and_then(Json::as_object);
    let set: Vec<_> = params
        .into_iter()
        .flatten()
        .map(|(name, value)| {
            let place = place.clone().key("params").key(name);
            parameter(name, value, parameters, &place, diagnostics)
        })
        .collect();
    let name = match json.get("documentation").and_then(Json::as_str) {
        Some(documentation) => documentation.to_owned(),
        None => describe(params),
    };
    let expectation = expectation(json.get("expect"), place, diagnostics);
    let set = set.into_iter().collect::<Option<Vec<_>>>()?;
    let calls = calls::lower(model, json, &set, parameters, place, diagnostics);
    Some(EndpointTest {
        name,
        parameters: set,
        expectation: expectation?,
        calls: calls?,
    })
}

/// The description of a case without documentation.
fn describe(params: Option<&Map<String, Json>>) -> String {
    let set: Vec<_> = params
        .into_iter()
        .flatten()
        .map(|(name, value)| match value.as_str() {
            Some(text) => format!("{name} {text}"),
            None => format!("{name} {value}"),
        })
        .collect();
    if set.is_empty() {
        "no parameters".to_owned()
    } else {
        set.join(", ")
    }
}

fn parameter(
    name: &str,
    value: &Json,
    parameters: &Parameters,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<(FieldName, Literal)> {
    let parameter = named(name, parameters, place, diagnostics)?;
    let literal = literal(parameter.r#type, value, place, diagnostics)?;
    Some((parameter.field.clone(), literal))
}

/// The parameter that a case names.
pub(super) fn named<'a>(
    name: &str,
    parameters: &'a Parameters,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<&'a EndpointParameter> {
    let found = parameters.iter().find(|parameter| parameter.name == name);
    if parameters.lack(name) {
        diagnostics.error(
            place.clone().the_key(),
            format!("`{name}` is not a parameter of the endpoint rules"),
            parameters.mend_name(name),
        );
    }
    found
}

/// The value that a case gives a parameter.
pub(super) fn literal(
    r#type: ParameterType,
    value: &Json,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<Literal> {
    let literal = parameters::literal(r#type, value);
    if literal.is_none() {
        diagnostics.error(
            place.clone(),
            format!("{value} is not of the parameter's type"),
            format!("write {}", parameters::values_of(r#type)),
        );
    }
    literal
}

fn expectation(
    json: Option<&Json>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<Expectation> {
    let error = json
        .and_then(|json| json.get("error"))
        .and_then(Json::as_str);
    let endpoint = json.and_then(|json| json.get("endpoint"));
    let url = endpoint
        .and_then(|endpoint| endpoint.get("url"))
        .and_then(Json::as_str);
    match (error, endpoint, url) {
        (Some(error), None, _) => Some(Expectation::Error(error.to_owned())),
        (None, Some(endpoint), Some(url)) => Some(Expectation::Endpoint {
            url: url.to_owned(),
            headers: headers(endpoint),
            properties: endpoint
                .get("properties")
                .and_then(Json::as_object)
                .into_iter()
                .flatten()
                .map(|(name, json)| (name.clone(), document(json)))
                .collect(),
        }),
        _ => {
            diagnostics.error(
                place.clone().key("expect"),
                "the case expects neither an error nor an endpoint with a URL",
                "add either `error` or `endpoint`",
            );
            None
        }
    }
}

fn headers(endpoint: &Json) -> Vec<(String, Vec<String>)> {
    let headers = endpoint.get("headers").and_then(Json::as_object);
    let values = |json: &Json| {
        let values = json.as_array().into_iter().flatten();
        values
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect()
    };
    headers
        .into_iter()
        .flatten()
        .map(|(name, json)| (name.clone(), values(json)))
        .collect()
}

/// A constant document.
pub(super) fn document(json: &Json) -> Document {
    match json {
        Json::Null => Document::Null,
        Json::Bool(value) => Document::Boolean(*value),
        Json::Number(number) => Document::Integer(number.as_i64().unwrap_or_default()),
        Json::String(text) => Document::Text(Expression::String(text.clone())),
        Json::Array(items) => Document::Array(items.iter().map(document).collect()),
        Json::Object(members) => Document::Object(
            members
                .iter()
                .map(|(name, json)| (name.clone(), document(json)))
                .collect(),
        ),
    }
}
