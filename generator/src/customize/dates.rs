//! Dates that the service stores as it receives them, so that they may be invalid.

use serde_json::json;

use super::names::Names;
use super::{Key, LenientDates, found};
use crate::config::Layer;
use crate::names::FieldName;
use crate::smithy::ast::{AstMember, ShapeType};
use crate::smithy::{Assembled, ShapeId};

const HEADER: &str = "smithy.api#httpHeader";

const SENSITIVE: &str = "smithy.api#sensitive";

/// The suffix of the member and of the header that contain the original text.
const TEXT: &str = "String";

/// Turns shapes into dates. For each date in a header of a response, adds a member with the text.
pub(super) fn add_dates(
    model: &mut Assembled<'_>,
    layers: &[Layer<'_>],
    names: &mut Names,
) -> LenientDates {
    let mut dates = LenientDates::default();
    let key: Key = |it| it.lenient_dates.as_ref();
    let shapes = found(model, layers, names, key, Names::text_or_date);
    if shapes.is_empty() {
        return dates;
    }
    for id in &shapes {
        model.set_type(id, ShapeType::Timestamp);
    }
    for operation in model.operations() {
        let output = model.shape(&operation).and_then(|it| it.output.as_ref());
        let Some(output) = output.map(|output| output.target.clone()) else {
            continue;
        };
        let members = model.shape(&output).and_then(|it| it.members.as_ref());
        let members = members.into_iter().flatten();
        let members = members.filter(|(_, member)| shapes.contains(&member.target));
        let of_headers = members.filter_map(|(name, member)| {
            let header = header(member)?;
            Some((name.clone(), header.to_owned()))
        });
        for (name, header) in of_headers.collect::<Vec<_>>() {
            let of_text = add_text(model, &output, &name, &header);
            dates.headers.insert(header.to_lowercase(), of_text);
            dates.operations.insert(operation.clone());
        }
    }
    dates
}

/// The header that a member is read from.
fn header(member: &AstMember) -> Option<&str> {
    member.traits.as_ref()?.http_header()
}

/// Adds a member with the text of a date to an output, unless it exists. Returns its header.
fn add_text(model: &mut Assembled<'_>, output: &ShapeId, name: &str, of_date: &str) -> String {
    let (text, of_text) = (format!("{name}{TEXT}"), format!("{of_date}{TEXT}"));
    let members = model.shape(output).and_then(|it| it.members.as_ref());
    let known = members.and_then(|members| header(members.get(&text)?));
    if let Some(known) = known {
        return known.to_lowercase();
    }
    let date = output.with_member(name);
    let is_hidden = is_sensitive(model, output, name);
    // After all others, the order in which the official crates print them.
    model.insert_last(&date, &text, "smithy.api#String");
    let member = output.with_member(&text);
    let documentation = format!("What the header `{of_date}` says, be it a date or not.");
    model.set_trait(&member, "smithy.api#documentation", json!(documentation));
    model.set_trait(&member, HEADER, json!(of_text));
    if is_hidden {
        model.set_trait(&member, SENSITIVE, json!({}));
    }
    let text = FieldName::new(&text);
    let message = format!(
        "`{}` has what the service says, also where it is no date",
        text.as_str()
    );
    let deprecated = json!({ "message": message });
    model.set_trait(&date, "smithy.api#deprecated", deprecated);
    of_text.to_lowercase()
}

/// Whether a member or its target is sensitive.
fn is_sensitive(model: &Assembled<'_>, structure: &ShapeId, name: &str) -> bool {
    let members = model.shape(structure).and_then(|it| it.members.as_ref());
    let Some(member) = members.and_then(|members| members.get(name)) else {
        return false;
    };
    let target = model.shape(&member.target);
    let traits = [
        member.traits.as_ref(),
        target.and_then(|it| it.traits.as_ref()),
    ];
    traits.into_iter().flatten().any(|it| it.has(SENSITIVE))
}
