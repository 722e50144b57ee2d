//! Reads the AST, and reports everything that does not have its form.

use indexmap::IndexMap;
use serde_json::Value;
use serde_json::value::RawValue;

use super::reader::{Reader, Segment};
use super::{Ast, AstMember, AstReference, AstShape, ShapeType, Unknown};
use crate::diagnostics::{Diagnostics, Source};
use crate::shape_id::{IDENTIFIERS, InvalidShapeId, ShapeId, is_identifier};
use crate::smithy::prelude;
use crate::smithy::suggest::did_you_mean;
use crate::smithy::traits::{self, Traits};

/// Reads a model. Records an error if the text is not JSON, if a key is duplicate, missing or has a
/// value of the wrong type, or if a shape id is malformed; and a warning for each unknown key.
pub fn parse(source: &Source, diagnostics: &mut Diagnostics) -> Option<Ast> {
    let mut reader = Reader::new(source.text());
    let ast = match serde_json::from_str::<&RawValue>(source.text()) {
        Ok(root) => reader.ast(root),
        Err(error) => {
            reader.not_json(&error);
            None
        }
    };
    diagnostics.merge(reader.into_diagnostics());
    diagnostics.unless_errors(ast?)
}

impl<'a> Reader<'a> {
    fn ast(&mut self, root: &'a RawValue) -> Option<Ast> {
        const KEYS: &[&str] = &["smithy", "metadata", "shapes"];
        let mut smithy = None;
        let mut metadata = None;
        let mut shapes = None;
        let mut unknown = None;
        let keys = self.keyed(root, |reader, key, value| match key {
            "smithy" => smithy = Some(reader.string(value)),
            "metadata" => metadata = reader.read(value, "an object"),
            "shapes" => shapes = Some(reader.shapes(value)),
            _ => reader.keep(&mut unknown, key, value),
        })?;
        let (Some(smithy), Some(shapes)) = (smithy, shapes) else {
            self.error(
                "this is not a Smithy model: a model has `smithy` and `shapes`",
                "pass a Smithy JSON AST; see https://smithy.io/2.0/spec/json-ast.html",
            );
            return None;
        };
        self.unknown_keys(&keys, "a model", KEYS, &[]);
        Some(Ast {
            smithy: smithy?,
            metadata,
            shapes: shapes?,
            unknown,
        })
    }

    fn shapes(&mut self, value: &'a RawValue) -> Option<IndexMap<ShapeId, AstShape>> {
        let mut shapes = IndexMap::new();
        self.object(value, |reader, key, value| {
            let id = reader.key_id(key);
            if let (Some(shape), Some(id)) = (reader.shape(value), id) {
                shapes.insert(id, shape);
            }
        })?;
        Some(shapes)
    }

    fn shape(&mut self, value: &'a RawValue) -> Option<AstShape> {
        let mut r#type = None;
        let mut shape = AstShape::new(ShapeType::Structure);
        let mut keys = self.keyed(value, |reader, key, value| {
            if key == "type" {
                r#type = Some(reader.shape_type(value));
            } else {
                reader.shape_key(&mut shape, key, value);
            }
        })?;
        if r#type.is_none() {
            self.error(
                "the shape has no `type`",
                "say what it is, as in `\"type\": \"structure\"`",
            );
        }
        shape.r#type = r#type??;
        keys.retain(|key| key != "type");
        let owner = format!("a shape of type `{}`", shape.r#type);
        let missing = missing_members(&shape);
        let meant = self.unknown_keys(&keys, &owner, keys_of(shape.r#type), &missing);
        for key in missing.iter().filter(|key| !meant.contains(key)) {
            self.error(
                format!("a {} needs a `{key}`", shape.r#type),
                format!("add it, as in `\"{key}\": {{ \"target\": \"smithy.api#String\" }}`"),
            );
        }
        Some(shape)
    }

    fn shape_key(&mut self, shape: &mut AstShape, key: &str, value: &'a RawValue) {
        match key {
            "member" => shape.member = self.member(value),
            "key" => shape.key = self.member(value),
            "value" => shape.value = self.member(value),
            "members" => shape.members = self.members(value),
            "version" => shape.version = self.string(value),
            "operations" => shape.operations = self.references(value),
            "collectionOperations" => shape.collection_operations = self.references(value),
            "resources" => shape.resources = self.references(value),
            "errors" => shape.errors = self.references(value),
            "rename" => shape.rename = self.rename(value),
            "identifiers" => shape.identifiers = self.named_references(value),
            "properties" => shape.properties = self.named_references(value),
            "create" => shape.create = self.reference(value),
            "put" => shape.put = self.reference(value),
            "read" => shape.read = self.reference(value),
            "update" => shape.update = self.reference(value),
            "delete" => shape.delete = self.reference(value),
            "list" => shape.list = self.reference(value),
            "input" => shape.input = self.reference(value),
            "output" => shape.output = self.reference(value),
            "mixins" => shape.mixins = self.references(value),
            "traits" => shape.traits = self.traits(value),
            // `shape` reports all keys that do not belong to the type, including these.
            _ => self.keep(&mut shape.unknown, key, value),
        }
    }

    fn shape_type(&mut self, value: &'a RawValue) -> Option<ShapeType> {
        let name = self.string(value)?;
        let found = ShapeType::ALL
            .into_iter()
            .find(|r#type| r#type.name() == name);
        if found.is_none() {
            let names = ShapeType::ALL.map(ShapeType::name);
            let remedy = did_you_mean(&name, names)
                .unwrap_or_else(|| format!("the types are {}", names.join(", ")));
            self.error(format!("there is no shape type `{name}`"), remedy);
        }
        found
    }

    fn members(&mut self, value: &'a RawValue) -> Option<IndexMap<String, AstMember>> {
        let mut members = IndexMap::new();
        self.object(value, |reader, name, value| {
            if !is_identifier(name) {
                reader.key_error(
                    format!("`{name}` is not a valid name for a member"),
                    format!("{IDENTIFIERS}; `smithy.api#jsonName` can keep `{name}` in JSON"),
                );
            }
            if let Some(member) = reader.member(value) {
                members.insert(name.to_owned(), member);
            }
        })?;
        Some(members)
    }

    fn member(&mut self, value: &'a RawValue) -> Option<AstMember> {
        let mut target = None;
        let mut traits = None;
        let mut unknown = None;
        let keys = self.keyed(value, |reader, key, value| match key {
            "target" => target = Some(reader.target(value)),
            "traits" => traits = reader.traits(value),
            _ => reader.keep(&mut unknown, key, value),
        })?;
        let target = self.target_of("a member", &keys, &["target", "traits"], target)?;
        Some(AstMember {
            target,
            traits,
            unknown,
        })
    }

    fn reference(&mut self, value: &'a RawValue) -> Option<AstReference> {
        let mut target = None;
        let mut unknown = None;
        let keys = self.keyed(value, |reader, key, value| match key {
            "target" => target = Some(reader.target(value)),
            _ => reader.keep(&mut unknown, key, value),
        })?;
        let target = self.target_of("a reference", &keys, &["target"], target)?;
        Some(AstReference { target, unknown })
    }

    /// Checks the keys of something that requires a target. `found` is `Some(None)` if there is a
    /// wrong target that has been reported.
    fn target_of(
        &mut self,
        owner: &str,
        keys: &[String],
        known: &[&str],
        found: Option<Option<ShapeId>>,
    ) -> Option<ShapeId> {
        let missing = found.is_none().then_some("target");
        let meant = self.unknown_keys(keys, owner, known, missing.as_slice());
        if found.is_none() && meant.is_empty() {
            self.error(
                "there is no `target`",
                "say which shape is meant, as in `\"target\": \"smithy.api#String\"`",
            );
        }
        found?
    }

    /// Keeps an unknown key for writing the model back.
    fn keep(&mut self, unknown: &mut Unknown, key: &str, value: &'a RawValue) {
        if let Some(value) = self.read(value, "a value") {
            let unknown = unknown.get_or_insert_default();
            unknown.insert(key.to_owned(), value);
        }
    }

    fn target(&mut self, value: &'a RawValue) -> Option<ShapeId> {
        let text = self.string(value)?;
        self.shape_id(&text)
    }

    fn shape_id(&mut self, text: &str) -> Option<ShapeId> {
        let parsed = ShapeId::parse(text);
        if let Err(reason) = &parsed {
            self.error(not_an_id(text, *reason), mend_id(text, *reason));
        }
        parsed.ok()
    }

    fn key_id(&mut self, key: &str) -> Option<ShapeId> {
        let parsed = ShapeId::parse(key);
        if let Err(reason) = &parsed {
            self.key_error(not_an_id(key, *reason), mend_id(key, *reason));
        }
        parsed.ok()
    }

    fn references(&mut self, value: &'a RawValue) -> Option<Vec<AstReference>> {
        let values: Vec<&RawValue> = self.read(value, "an array")?;
        let mut references = Vec::with_capacity(values.len());
        for (index, value) in values.into_iter().enumerate() {
            self.at(Segment::Index(index), |reader| {
                references.extend(reader.reference(value))
            });
        }
        Some(references)
    }

    fn named_references(&mut self, value: &'a RawValue) -> Option<IndexMap<String, AstReference>> {
        let mut references = IndexMap::new();
        self.object(value, |reader, name, value| {
            if let Some(reference) = reader.reference(value) {
                references.insert(name.to_owned(), reference);
            }
        })?;
        Some(references)
    }

    fn rename(&mut self, value: &'a RawValue) -> Option<IndexMap<String, String>> {
        let mut names = IndexMap::new();
        self.object(value, |reader, id, value| {
            reader.key_id(id);
            if let Some(name) = reader.string(value) {
                names.insert(id.to_owned(), name);
            }
        })?;
        Some(names)
    }

    fn traits(&mut self, value: &'a RawValue) -> Option<Traits> {
        let mut traits = Traits::new();
        self.object(value, |reader, id, value| {
            reader.key_id(id);
            if let Some(read) = reader.read::<Value>(value, "a value") {
                traits.set_read(id, read, value.get());
            }
        })?;
        Some(traits)
    }
}

/// The missing members: a list needs `member`, and a map `key` and `value`, unless they come from a
/// mixin.
fn missing_members(shape: &AstShape) -> Vec<&'static str> {
    let mut mixins = shape.mixins.iter().flatten();
    let needed: &[(&str, bool)] = match shape.r#type {
        _ if mixins.next().is_some() => &[],
        ShapeType::List | ShapeType::Set => &[("member", shape.member.is_none())],
        ShapeType::Map => &[
            ("key", shape.key.is_none()),
            ("value", shape.value.is_none()),
        ],
        _ => &[],
    };
    let missing = needed.iter().filter(|(_, is_missing)| *is_missing);
    missing.map(|(key, _)| *key).collect()
}

fn mend_id(text: &str, reason: InvalidShapeId) -> String {
    match reason {
        InvalidShapeId::NoNamespace => absolute(text),
        InvalidShapeId::Namespace | InvalidShapeId::Name | InvalidShapeId::Member => {
            IDENTIFIERS.to_owned()
        }
    }
}

/// The absolute id for a name such as `String`, which is allowed in the IDL but not in the AST.
fn absolute(text: &str) -> String {
    let absolute = format!("smithy.api#{text}");
    let is_shape = prelude::shapes().any(|(id, _)| id.as_str() == absolute);
    if is_shape || traits::support(&absolute).is_some() {
        return format!("did you mean `{absolute}`?");
    }
    "shape ids in a JSON AST are absolute, as in `example.namespace#Thing`".to_owned()
}

fn not_an_id(text: &str, reason: InvalidShapeId) -> String {
    format!("`{text}` is not a shape id: {reason}")
}

/// The keys of a shape, except `type`.
fn keys_of(r#type: ShapeType) -> &'static [&'static str] {
    match r#type {
        ShapeType::List | ShapeType::Set => &["member", "mixins", "traits"],
        ShapeType::Map => &["key", "value", "mixins", "traits"],
        ShapeType::Structure | ShapeType::Union | ShapeType::Enum | ShapeType::IntEnum => {
            &["members", "mixins", "traits"]
        }
        ShapeType::Service => &[
            "version",
            "operations",
            "resources",
            "errors",
            "rename",
            "mixins",
            "traits",
        ],
        ShapeType::Resource => &[
            "identifiers",
            "properties",
            "create",
            "put",
            "read",
            "update",
            "delete",
            "list",
            "operations",
            "collectionOperations",
            "resources",
            "mixins",
            "traits",
        ],
        ShapeType::Operation => &["input", "output", "errors", "mixins", "traits"],
        ShapeType::Apply => &["traits"],
        _ => &["mixins", "traits"],
    }
}
