//! Host prefixes; see <https://smithy.io/2.0/spec/endpoint-traits.html>.

use super::{input, is_string, kind, members_of};
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::resolve::{Model, Operation};

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
    let Some(labels) = labels(prefix) else {
        diagnostics.error(
            place,
            format!("`{prefix}` is no host prefix"),
            "labels stand in braces, as in `{account}.data.`, and something between two labels",
        );
        return;
    };
    let shape = input(model, operation);
    for label in labels {
        let Some(member) = members_of(shape).iter().find(|member| member.name == label) else {
            diagnostics.error(
                place.clone(),
                format!("the host prefix has the label `{label}`, which is no member of the input"),
                "add the member with `smithy.api#hostLabel`, or correct the prefix",
            );
            continue;
        };
        let string = kind(model, member).is_none_or(is_string);
        if !(member.traits.host_label() && member.traits.required() && string) {
            let shape = shape.map_or(&operation.id, |shape| &shape.id);
            diagnostics.error(
                Place::shape(shape).member(label),
                format!(
                    "`{label}` is part of the host prefix of `{}`, and cannot be as it is",
                    operation.name
                ),
                "make it a string with `smithy.api#hostLabel` and `smithy.api#required`",
            );
            diagnostics.see(place.clone(), "the prefix");
        }
    }
}

/// The names in braces, or `None` if braces do not match, are empty, or touch.
fn labels(prefix: &str) -> Option<Vec<&str>> {
    let mut labels = Vec::new();
    let mut rest = prefix;
    while let Some((before, after)) = rest.split_once('{') {
        let (label, after) = after.split_once('}')?;
        let touching = before.is_empty() && !labels.is_empty();
        if before.contains('}') || label.is_empty() || label.contains('{') || touching {
            return None;
        }
        labels.push(label);
        rest = after;
    }
    (!rest.contains('}')).then_some(labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_a_prefix() {
        assert_eq!(labels("data."), Some(vec![]));
        assert_eq!(labels("{a}-{b}.data."), Some(vec!["a", "b"]));
        for wrong in ["{a}{b}.", "{a", "a}", "{}", "{{a}}"] {
            assert_eq!(labels(wrong), None, "{wrong}");
        }
    }
}
