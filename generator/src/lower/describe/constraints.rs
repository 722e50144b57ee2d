//! Describes the constraints of a member in one line.

use serde_json::Value;

use crate::lower::docs::code;
use crate::lower::links::Owner;
use crate::lower::sensitivity::is_hidden;
use crate::smithy::{Kind, Member, Model, Shape, Traits};

/// Longer patterns are not readable.
const PATTERN: usize = 60;

/// Maximum number of values that are listed.
const VALUES: usize = 6;

/// A line such as `Required, 1 to 128 characters.`; `None` if there is nothing to say.
///
/// For members of responses only, the line says only whether they are sensitive.
pub(in crate::lower) fn line(model: &Model, member: &Member, is_sent: bool) -> Option<String> {
    let mut parts = if is_sent {
        demands(model, member)
    } else {
        Vec::new()
    };
    if is_hidden(model, member) {
        parts.push("sensitive".to_owned());
    }
    let mut line = parts.join(", ");
    let first = line.chars().next()?.to_ascii_uppercase();
    line.replace_range(..1, &first.to_string());
    Some(line + ".")
}

fn demands(model: &Model, member: &Member) -> Vec<String> {
    let target = model.target(member);
    let mut parts = Vec::new();
    if member.traits.required() {
        parts.push("required".to_owned());
    }
    parts.extend(limits(&member.traits, target));
    if let Kind::List(element) = &target.kind {
        let element_target = model.target(element);
        let limits = limits(&element.traits, element_target);
        parts.extend(limits.into_iter().map(|limit| format!("each of {limit}")));
        let values = values(model, element_target);
        parts.extend(values.map(|values| format!("each {values}")));
    }
    parts.extend(values(model, target));
    parts.extend(default(&member.traits));
    parts
}

/// Length, range and pattern; those of a member override those of its target.
fn limits(traits: &Traits, target: &Shape) -> Vec<String> {
    let length = traits.length().or_else(|| target.traits.length());
    let range = traits.range().or_else(|| target.traits.range());
    let pattern = traits.pattern().or_else(|| target.traits.pattern());
    let length = length.and_then(|length| {
        let unit = match &target.kind {
            Kind::List(_) => "elements",
            Kind::Map { .. } => "entries",
            Kind::Blob => "bytes",
            _ => "characters",
        };
        let text = |number: u64| number.to_string();
        // Every length is at least zero.
        let min = length.min.filter(|min| *min > 0 || length.max.is_some());
        Some(format!(
            "{} {unit}",
            between(min.map(text), length.max.map(text))?
        ))
    });
    let range = range.and_then(|range| {
        let text = |number: serde_json::Number| number.to_string();
        between(range.min.map(text), range.max.map(text))
    });
    let pattern = pattern
        .filter(|pattern| pattern.len() <= PATTERN && !pattern.contains('`'))
        .map(|pattern| format!("matching {}", code(pattern)));
    [length, range, pattern].into_iter().flatten().collect()
}

/// The values of an enum, or a link to them.
fn values(model: &Model, target: &Shape) -> Option<String> {
    let values: Vec<_> = match &target.kind {
        Kind::Enum(values) => values.iter().map(|value| value.value.clone()).collect(),
        Kind::IntEnum(values) => values.iter().map(|value| value.value.to_string()).collect(),
        _ => return None,
    };
    let is_plain = |value: &String| !value.trim().is_empty() && !value.contains('`');
    if values.len() <= VALUES && values.iter().all(is_plain) {
        let which = if values.len() == 1 { "only" } else { "one of" };
        let values: Vec<_> = values.iter().map(|value| code(value)).collect();
        return Some(format!("{which} {}", values.join(", ")));
    }
    // An `intEnum` is a number in Rust and has no page to link to.
    matches!(target.kind, Kind::Enum(_)).then(|| {
        let r#enum = Owner::shared(model, target);
        format!("one of {}", r#enum.link("enum"))
    })
}

fn between(min: Option<String>, max: Option<String>) -> Option<String> {
    match (min, max) {
        (Some(min), Some(max)) if min == max => Some(format!("exactly {min}")),
        (Some(min), Some(max)) => Some(format!("{min} to {max}")),
        (Some(min), None) => Some(format!("at least {min}")),
        (None, Some(max)) => Some(format!("at most {max}")),
        (None, None) => None,
    }
}

/// A default worth mentioning. Empty lists and texts are not, because absent ones look the same.
fn default(traits: &Traits) -> Option<String> {
    match traits.default()? {
        Value::Bool(value) => Some(format!("default `{value}`")),
        Value::Number(value) => Some(format!("default `{value}`")),
        Value::String(value) if !value.is_empty() && !value.contains('`') => {
            Some(format!("default {}", code(value)))
        }
        _ => None,
    }
}
