//! Checks host prefixes; see <https://smithy.io/2.0/spec/endpoint-traits.html>.

use super::{a, has_gap, input, is_string, kind, members_of};
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::resolve::{Member, Model, Operation};
use crate::smithy::traits::is_misspelled;

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for operation in &model.operations {
        if let Some(prefix) = operation.traits.endpoint() {
            host_prefix(model, operation, prefix, diagnostics);
        }
    }
}

fn host_prefix(model: &Model, operation: &Operation, prefix: &str, diagnostics: &mut Diagnostics) {
    let place = Place::shape(&operation.id)
        .r#trait("smithy.api#endpoint")
        .key("hostPrefix");
    let labels = match labels(prefix) {
        Ok(labels) => labels,
        Err(reason) => {
            diagnostics.error(
                place,
                format!("`{prefix}` is not a host prefix: {reason}"),
                "write labels in braces, as in `{account}.data.`, with text between two labels",
            );
            return;
        }
    };
    if !is_host(prefix) {
        diagnostics.error(
            place,
            format!("`{prefix}` does not begin the name of a host"),
            "each part between dots has at most 63 letters, digits and hyphens, and does not begin with a hyphen",
        );
        return;
    }
    let shape = input(model, operation);
    for label in labels {
        let Some(member) = members_of(shape).iter().find(|member| member.name == label) else {
            if has_gap(model, operation, shape) {
                continue;
            }
            diagnostics.error(
                place.clone(),
                format!(
                    "the host prefix has the label `{label}`, which is not a member of the input"
                ),
                "add the member with `smithy.api#hostLabel`, or correct the prefix",
            );
            continue;
        };
        if let Some((problem, remedy)) = unfit(model, member) {
            let shape = shape.map_or(&operation.id, |shape| &shape.id);
            let name = &operation.name;
            diagnostics.error(
                Place::shape(shape).member(label),
                format!("`{label}` is a label in the host prefix of `{name}` and {problem}"),
                remedy,
            );
            diagnostics.see(place.clone(), "the prefix");
        }
    }
}

/// Why a member cannot be part of a host, and the remedy.
fn unfit(model: &Model, member: &Member) -> Option<(String, &'static str)> {
    if let Some(kind) = kind(model, member).filter(|kind| !is_string(kind)) {
        return Some((format!("is {}", a(kind)), "target a string"));
    }
    let traits = [
        ("`smithy.api#hostLabel`", member.traits.host_label()),
        ("`smithy.api#required`", member.traits.required()),
    ];
    let missing = traits.iter().filter(|(_, is_there)| !is_there);
    let missing = missing.filter(|(id, _)| !is_misspelled(&member.traits, id.trim_matches('`')));
    let missing: Vec<&str> = missing.map(|(id, _)| *id).collect();
    let remedy = match missing.as_slice() {
        [] => return None,
        [_] => "add the trait",
        _ => "add the traits",
    };
    Some((format!("lacks {}", missing.join(" and ")), remedy))
}

/// The names in braces, or what is wrong with the braces.
fn labels(prefix: &str) -> Result<Vec<&str>, &'static str> {
    const UNMATCHED: &str = "its braces do not match";
    let mut labels = Vec::new();
    let mut rest = prefix;
    while let Some((before, after)) = rest.split_once('{') {
        let (label, after) = after.split_once('}').ok_or(UNMATCHED)?;
        if before.contains('}') || label.contains('{') {
            return Err(UNMATCHED);
        }
        if label.is_empty() {
            return Err("a label has no name");
        }
        if before.is_empty() && !labels.is_empty() {
            return Err("two labels touch");
        }
        labels.push(label);
        rest = after;
    }
    match rest.contains('}') {
        true => Err(UNMATCHED),
        false => Ok(labels),
    }
}

/// Whether a host can begin with this prefix; see [RFC
/// 3986](https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2).
fn is_host(prefix: &str) -> bool {
    // Replaces each label with something short.
    let parts = prefix.split('{').map(|part| match part.split_once('}') {
        Some((_, rest)) => format!("foo{rest}"),
        None => part.to_owned(),
    });
    let host = parts.collect::<String>();
    let host = host.strip_suffix('.').unwrap_or(&host);
    let is_name = |name: &str| {
        let is_character = |c: u8| c.is_ascii_alphanumeric() || c == b'-';
        (1..=63).contains(&name.len()) && name.bytes().all(is_character)
    };
    host.split('.').all(is_name) && !host.starts_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts() {
        for right in ["data.", "data", "{a}.data.", "a-{b}-c.d.", "0.{a}."] {
            assert!(is_host(right), "{right}");
        }
        let long = "a".repeat(64);
        for wrong in [
            "", ".", "a b.", "-a.", "a..b.", "a/b.", "a_b.", "ä.", "a:1", &long,
        ] {
            assert!(!is_host(wrong), "{wrong}");
        }
    }

    #[test]
    fn labels_of_a_prefix() {
        assert_eq!(labels("data."), Ok(vec![]));
        assert_eq!(labels("{a}-{b}.data."), Ok(vec!["a", "b"]));
        for wrong in ["{a}{b}.", "{a", "a}", "{}", "{{a}}"] {
            assert!(labels(wrong).is_err(), "{wrong}");
        }
    }
}
