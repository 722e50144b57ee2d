//! Changes responses in XML so that the official crates read them as ours does.

use std::sync::LazyLock;

use aws_smithy_schema::codec::Codec;
use aws_smithy_schema::prelude;
use aws_smithy_schema::serde::ShapeDeserializer;
use aws_smithy_xml::codec::{XmlCodec, XmlCodecSettings};
use generator::ir::{Operation, SchemaTrait, Type};

use crate::model::{Model, Protocol, Schema};
use crate::transport::{Body, Response};
use crate::tree::{Format, Tree};
use crate::xml;

/// Whether bytes are an XML document.
pub fn is_document(bytes: &[u8]) -> bool {
    static CODEC: LazyLock<XmlCodec> = LazyLock::new(|| {
        let settings = XmlCodecSettings::builder().validate_document(true);
        XmlCodec::new(settings.build())
    });
    let mut document = CODEC.create_deserializer(bytes.trim_ascii_start());
    document
        .read_struct(&prelude::UNIT, &mut |_, _| Ok(()))
        .is_ok()
}

/// The text of an error in XML.
fn error_text(model: &Model, response: &Response) -> Option<String> {
    let is_error = !(200..300).contains(&response.status);
    let is_xml = model.protocol.format() == Format::Xml;
    let text = String::from_utf8(response.body.bytes()).ok()?;
    (is_error && is_xml).then_some(text)
}

/// The first element with a name: where it begins and ends, including its tags, and its content.
fn element<'a>(text: &'a str, name: &str) -> Option<(usize, usize, &'a str)> {
    let begin = text.find(&format!("<{name}"))?;
    let open = begin + text[begin..].find('>')? + 1;
    if text[..open].ends_with("/>") {
        return Some((begin, open, ""));
    }
    let close = format!("</{name}>");
    let end = open + text[open..].find(&close)?;
    Some((begin, end + close.len(), &text[open..end]))
}

/// Rewrites an error as the official crates must read it to match ours.
pub fn as_ours_reads(model: &Model, _: &Operation, response: &Response) -> Option<Response> {
    let before = xml::parse(&error_text(model, response)?)?;
    let mut after = before.clone();
    let members = error_members(&mut after)?;
    let last = |members: &[(String, Tree)], name: &str| {
        let mut from_last = members.iter().rev();
        from_last.find_map(|(other, tree)| match tree {
            Tree::Raw(text) if other == name => Some(text.clone()),
            _ => None,
        })
    };
    if last(members, "Code").as_deref() == Some("") {
        members.retain(|(name, tree)| name != "Code" || !matches!(tree, Tree::Raw(_)));
    }
    if let (None, Some(text)) = (last(members, "Message"), last(members, "message")) {
        members.push(("Message".to_owned(), Tree::Raw(text)));
    }
    changed(response, before, after)
}

/// The response with another body, if the body differs.
fn changed(response: &Response, before: Tree, after: Tree) -> Option<Response> {
    (after != before).then(|| Response {
        body: Body::Tree(after, Format::Xml),
        ..response.clone()
    })
}

/// The content of the element `Error`.
fn error_members(tree: &mut Tree) -> Option<&mut Vec<(String, Tree)>> {
    let Tree::Object(roots) = tree else {
        return None;
    };
    let (name, mut place) = roots.first_mut().map(|(name, tree)| (name.clone(), tree))?;
    if name != "Error" {
        for names in [&["Error", "Errors"][..], &["Error"]] {
            let Tree::Object(members) = place else {
                return None;
            };
            // Ours reads the first of several. The official crates merge them.
            let mut is_first = true;
            members.retain(|(name, _)| {
                !names.contains(&name.as_str()) || std::mem::take(&mut is_first)
            });
            let mut members = members.iter_mut();
            let (name, inner) = members.find(|(name, _)| names.contains(&name.as_str()))?;
            place = inner;
            if name == "Error" {
                break;
            }
        }
    }
    match place {
        Tree::Object(members) => Some(members),
        _ => None,
    }
}

/// A text without comments and CDATA sections, which no crate reads.
fn without_sections(text: &str) -> String {
    let mut rest = text;
    let mut out = String::new();
    while let Some(begin) = rest.find("<!") {
        out += &rest[..begin];
        let close = if rest[begin..].starts_with("<!--") {
            "-->"
        } else {
            "]]>"
        };
        let end = rest[begin..].find(close);
        rest = end.map_or("", |end| &rest[begin + end + close.len()..]);
    }
    out + rest
}

/// Whether the code or message of an error contains elements.
pub fn says_elements(model: &Model, _: &Operation, response: &Response) -> bool {
    let Some(text) = error_text(model, response) else {
        return false;
    };
    let names = [
        "Code",
        "Message",
        "message",
        "Type",
        "RequestId",
        "RequestID",
    ];
    let mut elements = names.iter().flat_map(|name| {
        text.match_indices(&format!("<{name}"))
            .map(|(at, _)| element(&text[at..], name))
            .collect::<Vec<_>>()
    });
    elements.any(|found| found.is_none_or(|(_, _, inside)| without_sections(inside).contains('<')))
}

/// Whether a response of an error has none.
pub fn has_no_error(model: &Model, _: &Operation, response: &Response) -> bool {
    error_text(model, response).is_some_and(|text| !text.contains("<Error>"))
}

/// Whether requests differ only in the spelling of the same floats.
pub fn floats(model: &Model, official: &[u8], ours: &[u8]) -> bool {
    // Both write control characters unescaped, which no XML parser reads.
    let plain = |c: char| match c {
        '\t' | '\n' | '\r' | ' '.. => c,
        c => char::from_u32(0xE000 + u32::from(c)).unwrap_or(c),
    };
    let read = |body: &[u8]| {
        let text = std::str::from_utf8(body).ok()?;
        xml::parse(&text.chars().map(plain).collect::<String>())
    };
    let (Some(official), Some(ours)) = (read(official), read(ours)) else {
        return false;
    };
    model.protocol == Protocol::RestXml && is_same(&official, &ours)
}

fn is_same(official: &Tree, ours: &Tree) -> bool {
    match (official, ours) {
        (Tree::Object(official), Tree::Object(ours)) => {
            let mut pairs = official.iter().zip(ours);
            official.len() == ours.len()
                && pairs
                    .all(|((one, official), (other, ours))| one == other && is_same(official, ours))
        }
        (Tree::Raw(official), Tree::Raw(ours)) => {
            let number = |text: &str| text.parse::<f64>().ok();
            official == ours || number(official).is_some_and(|it| number(ours) == Some(it))
        }
        (official, ours) => official == ours,
    }
}

/// Removes entries of maps without a key or a value.
pub fn whole_entries(
    model: &Model,
    operation: &Operation,
    response: &Response,
) -> Option<Response> {
    if model.protocol.format() != Format::Xml || !(200..300).contains(&response.status) {
        return None;
    }
    let before = xml::parse(std::str::from_utf8(&response.body.bytes()).ok()?)?;
    let mut after = before.clone();
    let Tree::Object(roots) = &mut after else {
        return None;
    };
    let mut root = &mut roots.first_mut()?.1;
    if model.protocol == Protocol::AwsQuery {
        root = root.member_mut(&format!("{}Result", operation.name.shape()))?;
    }
    let output = Type::Structure(operation.output);
    visit(model, &output, None, root);
    for (field, member) in model.fields(operation.output) {
        if member.traits.contains(&SchemaTrait::HttpPayload) {
            visit(model, &field.ty, Some(Schema::of(member)), root);
        }
    }
    changed(response, before, after)
}

fn visit(model: &Model, ty: &Type, schema: Option<Schema<'_>>, tree: &mut Tree) {
    let Tree::Object(members) = tree else {
        return;
    };
    match (ty, schema) {
        (Type::Boxed(ty) | Type::Sparse(ty), schema) => visit(model, ty, schema, tree),
        (Type::List(ty), Some(schema)) => {
            let element = model.element(schema);
            let name = element.name(Format::Xml).unwrap_or("member");
            for (_, tree) in members.iter_mut().filter(|(other, _)| other == name) {
                visit(model, ty, Some(element), tree);
            }
        }
        (Type::Map(_, ty), Some(schema)) => entries(model, ty, schema, "entry", members),
        (Type::Structure(id), _) => {
            for (field, member) in model.fields(*id) {
                visit_member(model, &field.ty, member, members);
            }
        }
        (Type::Union(id), _) => {
            let union = model.client.union(*id);
            let schema = model.members(union.schema.as_str());
            for variant in &union.variants {
                visit_member(model, &variant.ty, &schema[variant.index], members);
            }
        }
        _ => {}
    }
}

fn visit_member(
    model: &Model,
    ty: &Type,
    member: &generator::ir::MemberSchema,
    members: &mut Vec<(String, Tree)>,
) {
    let (name, schema) = (model.wire_name(member), Schema::of(member));
    let (ty, schema) = match ty {
        Type::Map(_, ty) if schema.has(&SchemaTrait::XmlFlattened) => {
            return entries(model, ty, schema, &name, members);
        }
        Type::List(ty) if schema.has(&SchemaTrait::XmlFlattened) => (&**ty, model.element(schema)),
        ty => (ty, schema),
    };
    for (_, tree) in members.iter_mut().filter(|(other, _)| *other == name) {
        visit(model, ty, Some(schema), tree);
    }
}

/// Keeps the entries of a map with a key and a value. They are the elements with this name.
fn entries(
    model: &Model,
    value: &Type,
    schema: Schema<'_>,
    name: &str,
    members: &mut Vec<(String, Tree)>,
) {
    let (key, element) = (model.key(schema), model.element(schema));
    let names = [
        key.name(Format::Xml).unwrap_or("key"),
        element.name(Format::Xml).unwrap_or("value"),
    ];
    members.retain_mut(|(other, entry)| {
        let is_whole = names.iter().all(|name| entry.member_mut(name).is_some());
        other != name || is_whole
    });
    for (_, entry) in members.iter_mut().filter(|(other, _)| other == name) {
        if let Some(tree) = entry.member_mut(names[1]) {
            visit(model, value, Some(element), tree);
        }
    }
}
