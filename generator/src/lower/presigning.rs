//! Determines which requests can be presigned.

use std::borrow::Cow;

use super::{Context, auth, checksums};
use crate::config::{PresignedBody, UnknownNames};
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::AuthScheme;
use crate::protocol::Protocol;
use crate::smithy::check::is_bound;
use crate::smithy::suggest::did_you_mean;
use crate::smithy::{Kind, Model, Operation};

/// The name that means all operations whose requests can be presigned.
const ALL: &str = "*";

/// What happens to the body of the operation's requests, if they can be presigned.
pub(super) fn body(
    context: &Context<'_>,
    protocol: &'static Protocol,
    operation: &Operation,
) -> Option<PresignedBody> {
    let entries = || context.config.presigning.iter();
    let named = entries().find(|(name, _)| name.means(&operation.id));
    let body = named.or_else(|| entries().find(|(name, _)| name.as_str() == ALL));
    let known = context.customized.presigning.get(&operation.id);
    body.map(|(_, body)| body)
        .or(known)
        .filter(|body| reason_against(context, protocol, operation, **body).is_none())
        .copied()
}

/// Reports names of operations that do not exist or cannot be presigned.
pub(super) fn check(
    context: &Context<'_>,
    protocol: &'static Protocol,
    diagnostics: &mut Diagnostics,
) {
    let config = context.config;
    if config.unknown_names == UnknownNames::PassOver {
        return;
    }
    let operations = &context.model.operations;
    for (name, body) in config
        .presigning
        .iter()
        .filter(|(it, _)| it.as_str() != ALL)
    {
        let Some(operation) = operations.iter().find(|it| name.means(&it.id)) else {
            let known = operations.iter().map(|it| it.id.name());
            name.error(
                config,
                Place::shape(&context.model.service.id),
                format!("the client has no operation `{name}` to sign requests of"),
                did_you_mean(name.as_str(), known)
                    .unwrap_or_else(|| "name operations as the model does".to_owned()),
                diagnostics,
            );
            continue;
        };
        if let Some(reason) = reason_against(context, protocol, operation, *body) {
            let (place, message) = (Place::shape(&operation.id), cannot(name.as_str(), &reason));
            name.error(config, place, message, LEAVE_OUT, diagnostics);
        }
    }
    if context.customized.has_built_in_presigning {
        return;
    }
    // Operations in customizations exist in the model, but the client may lack them.
    for operation in operations {
        let body = context.customized.presigning.get(&operation.id);
        let reason = body.and_then(|body| reason_against(context, protocol, operation, *body));
        if let Some(reason) = reason {
            let message = cannot(operation.id.name(), &reason);
            diagnostics.error(Place::shape(&operation.id), message, LEAVE_OUT);
        }
    }
}

const LEAVE_OUT: &str = "leave it out of `presigning`";

fn cannot(operation: &str, reason: &str) -> String {
    format!("requests of `{operation}` cannot be signed for others to send: {reason}")
}

/// The reason why the requests of an operation cannot be presigned in this way, if there is one.
fn reason_against(
    context: &Context<'_>,
    protocol: &'static Protocol,
    operation: &Operation,
    body: PresignedBody,
) -> Option<Cow<'static, str>> {
    let schemes = auth::of_operation(context.model, operation);
    let is_signed = |it: &AuthScheme| matches!(it, AuthScheme::SigV4 | AuthScheme::SigV4A);
    if !schemes.iter().any(is_signed) {
        return Some("they have no signature of version 4".into());
    }
    let mut ends = operation.input.iter().chain(&operation.output);
    if ends.any(|id| context.model.has_events(Some(context.model.shape(id)))) {
        return Some("it streams events".into());
    }
    match body {
        PresignedBody::InQuery => reason_against_query(context.model, protocol, operation),
        PresignedBody::SignedBody | PresignedBody::UnsignedBody => None,
    }
}

/// The reason why an operation's input cannot be in the query, if there is one.
fn reason_against_query(
    model: &Model,
    protocol: &'static Protocol,
    operation: &Operation,
) -> Option<Cow<'static, str>> {
    if !protocol.binds_to_http {
        return Some("their protocol has no parameters in the query".into());
    }
    let input = operation.input.as_ref().map(|id| model.shape(id));
    let has_checksum =
        checksums::is_md5(operation) || checksums::of_requests(model, operation, input).is_some();
    if has_checksum {
        return Some("they have a checksum of their body".into());
    }
    let members = input.into_iter().flat_map(|input| input.members());
    for member in members.filter(|it| it.traits.http_payload() || !is_bound(it)) {
        let target = model.target(member);
        let is_simple = match &target.kind {
            _ if member.traits.http_payload() => false,
            Kind::List(element) => is_simple(&model.target(element).kind),
            kind => is_simple(kind),
        };
        if !is_simple {
            let name = &member.name;
            return Some(format!("`{name}` cannot be a parameter of the query").into());
        }
    }
    None
}

/// Whether a value is a single text.
fn is_simple(kind: &Kind) -> bool {
    !matches!(
        kind,
        Kind::Document | Kind::List(_) | Kind::Map { .. } | Kind::Structure(_) | Kind::Union(_)
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::config::Customizations;
    use crate::{PresignedBody, ServiceConfig, Source};

    /// The presignable operations of a service with a call that is signed, one that is not, and one
    /// that streams events.
    fn presigned(names: &[&str]) -> Result<Vec<String>, String> {
        generated(ServiceConfig {
            presigning: names
                .iter()
                .map(|name| ((*name).into(), PresignedBody::SignedBody))
                .collect(),
            ..ServiceConfig::new("test")
        })
    }

    fn generated(config: ServiceConfig) -> Result<Vec<String>, String> {
        let operation = |name: &str, traits: serde_json::Value| {
            let mut traits = traits;
            traits["smithy.api#http"] = json!({ "method": "POST", "uri": format!("/{name}") });
            json!({ "type": "operation", "output": { "target": format!("test#{name}Output") }, "traits": traits })
        };
        let open = json!({ "smithy.api#auth": [] });
        let events = json!({ "target": "test#Events", "traits": { "smithy.api#httpPayload": {} } });
        let model = json!({ "smithy": "2.0", "shapes": {
            "test#Service": {
                "type": "service",
                "version": "1",
                "operations": [{ "target": "test#Signed" }, { "target": "test#Open" }, { "target": "test#Events_" }],
                "traits": { "aws.protocols#restJson1": {}, "aws.auth#sigv4": { "name": "test" } },
            },
            "test#Signed": operation("Signed", json!({})),
            "test#Open": operation("Open", open),
            "test#Events_": operation("Events_", json!({})),
            "test#SignedOutput": { "type": "structure", "members": {} },
            "test#OpenOutput": { "type": "structure", "members": {} },
            "test#Events_Output": { "type": "structure", "members": { "events": events } },
            "test#Events": {
                "type": "union",
                "members": { "one": { "target": "test#SignedOutput" } },
                "traits": { "smithy.api#streaming": {} },
            },
        }});
        let source = Source::new("model.json", model.to_string());
        let rendered = crate::generate(&source, &config, &crate::Partitions::aws());
        let client = rendered.map_err(|problems| problems.to_string())?.client;
        let operations = client
            .operations
            .into_iter()
            .filter(|it| it.presigned.is_some());
        Ok(operations.map(|it| it.name.as_str().to_owned()).collect())
    }

    #[test]
    fn a_star_means_all_that_can() {
        assert_eq!(presigned(&["*"]), Ok(vec!["Signed".to_owned()]));
        assert_eq!(presigned(&["Signed"]), Ok(vec!["Signed".to_owned()]));
        assert_eq!(presigned(&[]), Ok(Vec::new()));
    }

    #[test]
    fn queries_take_what_is_one_text() {
        let query = |members: serde_json::Value, protocol: &str, traits: serde_json::Value| {
            let mut traits = traits;
            traits["smithy.api#http"] = json!({ "method": "POST", "uri": "/say" });
            let model = json!({ "smithy": "2.0", "shapes": {
                "test#Service": {
                    "type": "service",
                    "version": "1",
                    "operations": [{ "target": "test#Say" }],
                    "traits": { protocol: {}, "aws.auth#sigv4": { "name": "test" } },
                },
                "test#Say": {
                    "type": "operation",
                    "input": { "target": "test#SayInput" },
                    "traits": traits,
                },
                "test#SayInput": { "type": "structure", "members": members },
                "test#Texts": { "type": "list", "member": { "target": "smithy.api#String" } },
                "test#Lists": { "type": "list", "member": { "target": "test#Texts" } },
            }});
            let source = Source::new("model.json", model.to_string());
            let config = ServiceConfig {
                presigning: vec![("Say".into(), PresignedBody::InQuery)],
                ..ServiceConfig::new("test")
            };
            let rendered = crate::generate(&source, &config, &crate::Partitions::aws());
            rendered.err().map(|it| it.to_string()).unwrap_or_default()
        };
        let (rest, none) = ("aws.protocols#restJson1", json!({}));
        let texts = json!({ "texts": { "target": "test#Texts" } });
        assert_eq!(query(texts.clone(), rest, none.clone()), "");
        let header = json!({ "smithy.api#httpHeader": "x-texts" });
        let header = json!({ "texts": { "target": "test#Texts", "traits": header } });
        assert_eq!(query(header, rest, none.clone()), "");
        let payload = json!({ "smithy.api#httpPayload": {} });
        let payload = json!({ "all": { "target": "smithy.api#Blob", "traits": payload } });
        let lists = json!({ "lists": { "target": "test#Lists" } });
        let sum = json!({ "smithy.api#httpChecksumRequired": {} });
        for (problem, reason) in [
            (
                query(lists, rest, none.clone()),
                "`lists` cannot be a parameter",
            ),
            (
                query(payload, rest, none.clone()),
                "`all` cannot be a parameter",
            ),
            (query(texts.clone(), rest, sum), "a checksum of their body"),
            (
                query(texts, "aws.protocols#awsJson1_0", none),
                "no parameters in the query",
            ),
        ] {
            assert!(problem.contains(reason), "{reason}: {problem}");
        }
    }

    #[test]
    fn customizations_name_some_too() {
        let customized = |presigning: &str| {
            let text = format!("[\"test#Service\"]\npresigning = {presigning}");
            let file = Source::new("customizations.toml", text);
            let file = Customizations::parse(&file).expect("it is sound");
            generated(ServiceConfig {
                customizations: vec![file],
                ..ServiceConfig::new("test")
            })
        };
        let signed = customized(r#"{ Signed = "unsigned-body" }"#);
        assert_eq!(signed, Ok(vec!["Signed".to_owned()]));
        let error = customized(r#"{ Open = "signed-body" }"#).expect_err("it is not signed");
        assert!(
            error.contains("they have no signature of version 4"),
            "{error}"
        );
        let error = customized(r#"{ Sigend = "signed-body" }"#).expect_err("it is not there");
        assert!(error.contains("did you mean `Signed`?"), "{error}");
    }

    #[test]
    fn what_cannot_be_signed_for_others_is_an_error() {
        for (name, problem) in [
            ("Open", "they have no signature of version 4"),
            ("Events_", "it streams events"),
            ("Sigend", "did you mean `Signed`?"),
        ] {
            let error = presigned(&[name]).expect_err(name);
            assert!(error.contains(problem), "{error}");
        }
    }
}
