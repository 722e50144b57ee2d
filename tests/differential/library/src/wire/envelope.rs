//! Wraps the members of an output or an error.

use generator::ir::{SchemaTrait, StructureId};

use crate::model::{Model, Protocol};
use crate::transport::{Body, Response};
use crate::tree::{Format, Tree};

/// The request id in bodies that have one.
const REQUEST_ID: &str = "request-2";

fn object<const N: usize>(members: [(&str, Tree); N]) -> Tree {
    let member = |(name, tree): (&str, Tree)| (name.to_owned(), tree);
    Tree::Object(members.map(member).into())
}

fn text(text: &str) -> Tree {
    Tree::Text(text.to_owned())
}

/// The name of the element of a shape.
pub fn root(model: &Model, schema: &str) -> String {
    let schema = model.schema(schema);
    let name = schema.traits.iter().find_map(|setting| match setting {
        SchemaTrait::XmlName(name) => Some(name.clone()),
        _ => None,
    });
    name.unwrap_or_else(|| schema.shape.clone())
}

/// Wraps the members of an output as the protocol requires.
pub fn wrap_output(model: &Model, id: StructureId, tree: &mut Tree) {
    let structure = model.client.structure(id);
    // A payload is its own root.
    let is_payload = model
        .fields(id)
        .iter()
        .any(|(_, member)| member.traits.contains(&SchemaTrait::HttpPayload));
    if is_payload {
        return;
    }
    let mut operations = model.client.operations.iter();
    let Some(operation) = operations.find(|operation| operation.output == id) else {
        return;
    };
    let operation = operation.name.shape();
    let inside = std::mem::replace(tree, Tree::EMPTY);
    let mut root_name = format!("{operation}Response");
    let mut wrapped = match model.protocol {
        Protocol::AwsQuery => object([
            (&format!("{operation}Result"), inside),
            (
                "ResponseMetadata",
                object([("RequestId", text(REQUEST_ID))]),
            ),
        ]),
        Protocol::Ec2Query => match inside {
            Tree::Object(mut members) => {
                members.insert(0, ("requestId".to_owned(), text(REQUEST_ID)));
                Tree::Object(members)
            }
            other => other,
        },
        Protocol::RestXml => {
            root_name = root(model, structure.schema.as_str());
            inside
        }
        Protocol::AwsJson | Protocol::RestJson | Protocol::RpcV2Cbor => {
            *tree = inside;
            return;
        }
    };
    if let (Tree::Object(members), Some((uri, _))) =
        (&mut wrapped, &model.client.service.protocol.xml_namespace)
    {
        members.insert(0, ("@xmlns".to_owned(), text(uri)));
    }
    *tree = object([(&root_name, wrapped)]);
}

/// The body of an error with these members.
pub fn error_body(model: &Model, inside: Tree) -> Tree {
    let head = [
        ("Code".to_owned(), text("")),
        ("Type".to_owned(), text("Sender")),
    ];
    let with_head = |inside: Tree| match inside {
        Tree::Object(mut members) => {
            members.splice(0..0, head);
            Tree::Object(members)
        }
        other => other,
    };
    let id = text(REQUEST_ID);
    match model.protocol {
        Protocol::AwsJson | Protocol::RestJson | Protocol::RpcV2Cbor => inside,
        Protocol::Ec2Query => object([(
            "Response",
            object([
                ("Errors", object([("Error", with_head(inside))])),
                ("RequestID", id),
            ]),
        )]),
        Protocol::RestXml if model.has_bare_errors => object([("Error", with_head(inside))]),
        Protocol::RestXml | Protocol::AwsQuery => object([(
            "ErrorResponse",
            object([("Error", with_head(inside)), ("RequestId", id)]),
        )]),
    }
}

/// Writes the code of an error to the protocol's place: the body, or a header, even if that is a
/// member of the error.
pub fn set_code(model: &Model, response: &mut Response, code: &str) {
    match model.protocol {
        Protocol::AwsJson | Protocol::RestJson => {
            let headers = &mut response.headers;
            headers.retain(|(name, _)| !name.eq_ignore_ascii_case("x-amzn-errortype"));
            headers.push(("x-amzn-errortype".to_owned(), code.as_bytes().to_owned()));
        }
        Protocol::RpcV2Cbor => {
            if let Body::Tree(Tree::Object(members), _) = &mut response.body {
                members.insert(0, ("__type".to_owned(), text(code)));
            }
        }
        Protocol::RestXml | Protocol::AwsQuery | Protocol::Ec2Query => {
            let path: &[&str] = match model.protocol {
                Protocol::Ec2Query => &["Response", "Errors", "Error", "Code"],
                Protocol::RestXml if model.has_bare_errors => &["Error", "Code"],
                _ => &["ErrorResponse", "Error", "Code"],
            };
            if let Body::Tree(tree, Format::Xml) = &mut response.body {
                let place = path
                    .iter()
                    .try_fold(tree, |tree, name| tree.member_mut(name));
                if let Some(place) = place {
                    *place = text(code);
                }
            }
        }
    }
}
