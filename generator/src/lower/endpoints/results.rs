//! Lowers the results of endpoint rules and error rules.

use serde_json::{Map, Value as Json};

use super::expressions::Lowering;
use super::scope::Scope;
use crate::diagnostics::Place;
use crate::ir::endpoints::{AuthScheme, Document, Endpoint, Expression, Outcome};

/// The property that the runtime represents differently.
const AUTH_SCHEMES: &str = "authSchemes";

/// The endpoint of an endpoint rule.
pub(super) fn endpoint(
    lowering: &mut Lowering<'_>,
    json: Option<&Json>,
    scope: &mut Scope,
    place: &Place,
) -> Option<Outcome> {
    let url_place = place.clone().key("url");
    let Some(url) = json.and_then(|json| json.get("url")) else {
        return lowering.error(&url_place, "the endpoint has no URL", "add `url`");
    };
    // Every part is lowered, so that all problems are reported.
    let url = lowering.text(url, scope, &url_place);
    let headers = headers(lowering, section(json, "headers"), scope, place);
    let mut auth_schemes = Vec::new();
    let mut properties = Vec::new();
    for (name, json) in section(json, "properties").into_iter().flatten() {
        let place = place.clone().key("properties").key(name);
        if name == AUTH_SCHEMES {
            auth_schemes = schemes(lowering, json, scope, &place)?;
        } else {
            let document = document(lowering, json, scope, &place)?;
            properties.push((name.clone(), document));
        }
    }
    let (url, headers) = (url?, headers?);
    if headers.is_empty() && auth_schemes.is_empty() && properties.is_empty() {
        return Some(Outcome::At(url.into_cow()));
    }
    Some(Outcome::Endpoint(Box::new(Endpoint {
        url: url.into_cow(),
        headers,
        auth_schemes,
        properties,
    })))
}

/// The text of an error rule.
pub(super) fn error(
    lowering: &mut Lowering<'_>,
    json: Option<&Json>,
    scope: &mut Scope,
    place: &Place,
) -> Option<Outcome> {
    match json {
        Some(json) => {
            let text = lowering.text(json, scope, place)?;
            Some(Outcome::Error(text.into_owned()))
        }
        None => lowering.error(
            place,
            "the rule has no text for its error",
            "add `error`, a sentence that says what is wrong",
        ),
    }
}

fn section<'a>(json: Option<&'a Json>, name: &str) -> Option<&'a Map<String, Json>> {
    json?.get(name)?.as_object()
}

fn headers(
    lowering: &mut Lowering<'_>,
    json: Option<&Map<String, Json>>,
    scope: &mut Scope,
    place: &Place,
) -> Option<Vec<(String, Expression)>> {
    let mut headers = Vec::new();
    for (name, values) in json.into_iter().flatten() {
        let place = place.clone().key("headers").key(name);
        let Some(values) = values.as_array() else {
            return lowering.error(
                &place,
                format!("the values of the header `{name}` are not a list"),
                "write a list, even of one value",
            );
        };
        for (index, value) in values.iter().enumerate() {
            let value = lowering.text(value, scope, &place.clone().index(index))?;
            headers.push((name.clone(), value.into_cow()));
        }
    }
    Some(headers)
}

fn schemes(
    lowering: &mut Lowering<'_>,
    json: &Json,
    scope: &mut Scope,
    place: &Place,
) -> Option<Vec<AuthScheme>> {
    let Some(list) = json.as_array() else {
        return lowering.error(
            place,
            "the authentication schemes of an endpoint are not a list",
            "write a list of objects, each with a `name`",
        );
    };
    list.iter()
        .enumerate()
        .map(|(index, json)| scheme(lowering, json, scope, &place.clone().index(index)))
        .collect()
}

fn scheme(
    lowering: &mut Lowering<'_>,
    json: &Json,
    scope: &mut Scope,
    place: &Place,
) -> Option<AuthScheme> {
    let Some(name) = json.get("name") else {
        return lowering.error(
            place,
            "an authentication scheme has no name",
            "add `name`, such as `sigv4`",
        );
    };
    let name = lowering.text(name, scope, &place.clone().key("name"))?;
    let mut properties = Vec::new();
    for (key, json) in json.as_object().into_iter().flatten() {
        if key != "name" {
            let document = document(lowering, json, scope, &place.clone().key(key))?;
            properties.push((key.clone(), document));
        }
    }
    Some(AuthScheme {
        name: name.into_cow(),
        properties,
    })
}

fn document(
    lowering: &mut Lowering<'_>,
    json: &Json,
    scope: &mut Scope,
    place: &Place,
) -> Option<Document> {
    Some(match json {
        Json::Null => Document::Null,
        Json::Bool(value) => Document::Boolean(*value),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Document::Integer(number),
            None => {
                return lowering.error(
                    place,
                    format!("{number} is not a number that endpoint properties can hold"),
                    "write a whole number",
                );
            }
        },
        Json::String(text) => {
            let text = lowering.template(text, scope, place)?;
            let text = lowering.expect_text(text, place)?;
            Document::Text(text.into_owned())
        }
        Json::Array(items) => Document::Array(
            items
                .iter()
                .enumerate()
                .map(|(index, item)| document(lowering, item, scope, &place.clone().index(index)))
                .collect::<Option<_>>()?,
        ),
        Json::Object(members) => Document::Object(
            members
                .iter()
                .map(|(key, json)| {
                    let document = document(lowering, json, scope, &place.clone().key(key))?;
                    Some((key.clone(), document))
                })
                .collect::<Option<_>>()?,
        ),
    })
}
