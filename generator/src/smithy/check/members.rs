//! Checks the members of shapes.

use std::collections::BTreeMap;

use super::http::is_bound;
use super::{a, is_string, kind};
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::resolve::{Kind, Member, Model, Shape};

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for shape in model.shapes.values() {
        unique_names(shape, diagnostics);
        unique_json_names(shape, diagnostics);
        if let Kind::Map { key, .. } = &shape.kind {
            string_key(model, shape, key, diagnostics);
        }
        idempotency_tokens(model, shape, diagnostics);
    }
}

/// Checks that names differ by more than case; see <https://smithy.io/2.0/spec/json-ast.html>.
fn unique_names(shape: &Shape, diagnostics: &mut Diagnostics) {
    let names: Vec<&str> = match &shape.kind {
        Kind::Structure(members) | Kind::Union(members) => {
            members.iter().map(|member| member.name.as_str()).collect()
        }
        Kind::Enum(values) => values
            .iter()
            .filter_map(|value| value.name.as_deref())
            .collect(),
        Kind::IntEnum(values) => values.iter().map(|value| value.name.as_str()).collect(),
        _ => Vec::new(),
    };
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for name in names {
        if let Some(first) = seen.insert(name.to_ascii_lowercase(), name) {
            diagnostics.error(
                Place::shape(&shape.id).member(name),
                format!("the members `{first}` and `{name}` differ only in case"),
                "rename one of them: many languages cannot tell them apart, and Smithy forbids it",
            );
            let first_place = Place::shape(&shape.id).member(first);
            diagnostics.see(first_place, format!("`{first}`"));
        }
    }
}

/// Checks that the keys of a JSON object are unique.
fn unique_json_names(shape: &Shape, diagnostics: &mut Diagnostics) {
    const JSON_NAME: &str = "smithy.api#jsonName";
    let (Kind::Structure(members) | Kind::Union(members)) = &shape.kind else {
        return;
    };
    let mut seen: BTreeMap<&str, &Member> = BTreeMap::new();
    // Members that are not in the body may have any name.
    for member in members.iter().filter(|member| !is_bound(member)) {
        let name = member.traits.string(JSON_NAME).unwrap_or(&member.name);
        let Some(first) = seen.insert(name, member) else {
            continue;
        };
        let place = |member: &Member| {
            let place = Place::shape(&shape.id).member(&member.name);
            match member.traits.has(JSON_NAME) {
                true => place.r#trait(JSON_NAME),
                false => place,
            }
        };
        diagnostics.error(
            place(member),
            format!(
                "`{}` and `{}` are both `{name}` in JSON",
                first.name, member.name
            ),
            format!("give one of them another name with `{JSON_NAME}`"),
        );
        diagnostics.see(place(first), format!("`{}`", first.name));
    }
}

fn string_key(model: &Model, shape: &Shape, key: &Member, diagnostics: &mut Diagnostics) {
    if let Some(kind) = kind(model, key).filter(|kind| !is_string(kind)) {
        diagnostics.error(
            Place::shape(&shape.id).member("key").key("target"),
            format!(
                "`{}` is {}, and the key of a map must be a string",
                key.target,
                a(kind)
            ),
            "target a string or an enum",
        );
    }
}

/// Checks that there is at most one token and that it is a string, because clients fill it in.
fn idempotency_tokens(model: &Model, shape: &Shape, diagnostics: &mut Diagnostics) {
    const TOKEN: &str = "smithy.api#idempotencyToken";
    let mut first: Option<&str> = None;
    for member in shape
        .members()
        .into_iter()
        .filter(|member| member.traits.idempotency_token())
    {
        let place = Place::shape(&shape.id).member(&member.name);
        if let Some(kind) = kind(model, member).filter(|kind| !is_string(kind)) {
            diagnostics.error(
                place.clone().r#trait(TOKEN),
                format!(
                    "`{TOKEN}` is applied to {}, but must be applied to a string",
                    a(kind)
                ),
                "remove the trait, or target a string",
            );
            continue;
        }
        match first {
            Some(first) => {
                diagnostics.error(
                    place.r#trait(TOKEN),
                    format!("both `{first}` and `{}` have `{TOKEN}`", member.name),
                    "leave it to one member of the structure",
                );
                let first_place = Place::shape(&shape.id).member(first).r#trait(TOKEN);
                diagnostics.see(first_place, format!("that of `{first}`"));
            }
            None => first = Some(&member.name),
        }
    }
}
