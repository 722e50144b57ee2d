//! Names with a prefix, such as `a:name`. The runtime's reader identifies an element by the part
//! after the prefix. Only that part counts: documents may use another prefix for a namespace.

use aws_smithy_schema::Schema;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};

type Outcome = Result<(), SerdeError>;

/// Reads the members of a structure or union.
pub(super) fn read_struct(
    runtime: &mut dyn ShapeDeserializer,
    schema: &Schema<'_>,
    consumer: &mut dyn FnMut(&Schema<'_>, &mut dyn ShapeDeserializer) -> Outcome,
) -> Outcome {
    let members = schema.members();
    let renamed: Vec<_> = members.iter().map(|member| renamed(member)).collect();
    if renamed.iter().all(Option::is_none) {
        return runtime.read_struct(schema, consumer);
    }
    let found = members.iter().zip(&renamed);
    let found: Vec<_> = found
        .map(|(member, renamed)| renamed.as_ref().unwrap_or(member))
        .collect();
    let id = schema.shape_id().clone();
    let found = Schema::new_struct(id, schema.shape_type(), &found);
    runtime.read_struct(&found, &mut |it, de| {
        let member = it.member_index().and_then(|index| members.get(index));
        consumer(member.copied().unwrap_or(it), de)
    })
}

/// Reads the entries of a map.
pub(super) fn read_map(
    runtime: &mut dyn ShapeDeserializer,
    schema: &Schema<'_>,
    consumer: &mut dyn FnMut(String, &mut dyn ShapeDeserializer) -> Outcome,
) -> Outcome {
    let (Some(key), Some(value)) = (schema.key(), schema.member()) else {
        return runtime.read_map(schema, consumer);
    };
    let parts = [renamed(key), renamed(value)];
    let [key, value] = [(key, &parts[0]), (value, &parts[1])]
        .map(|(schema, renamed)| renamed.as_ref().unwrap_or(schema));
    let found = Schema::new_map(schema.shape_id().clone(), key, value);
    match schema.xml_flattened() {
        true => runtime.read_map(&found.with_xml_flattened(), consumer),
        false => runtime.read_map(&found, consumer),
    }
}

/// An element without its prefix, if it has one.
fn renamed<'a>(schema: &'a Schema<'a>) -> Option<Schema<'a>> {
    let (_, name) = schema.xml_name()?.value().split_once(':')?;
    // The prefixes of roots and attributes are checked.
    if schema.xml_attribute() || schema.http_payload().is_some() {
        return None;
    }
    let index = schema.member_index().unwrap_or_default();
    let id = schema.shape_id().clone();
    // `serde` uses the member's own name.
    let own = schema.member_name().unwrap_or(name);
    let renamed = Schema::new_member(id, schema.shape_type(), own, index).with_xml_name(name);
    Some(match schema.xml_flattened() {
        true => renamed.with_xml_flattened(),
        false => renamed,
    })
}
