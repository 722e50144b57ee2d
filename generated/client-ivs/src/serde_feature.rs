//! `serde` for the types of this crate.
//!
//! A value goes through a [`Document`], with the model's member names: timestamps are seconds
//! since the epoch, blobs are Base64, big numbers are strings. Sensitive members are written like
//! all others.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use ::serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use ::serde::ser::{self, Serialize, SerializeMap, Serializer};
use aws_smithy_schema::document::{DocumentShapeDeserializer, DocumentShapeSerializer};
use aws_smithy_schema::prelude;
use aws_smithy_types::{Document, Number};

use crate::json::Reader;
use crate::serde::Shape;

/// Serializes any value of the model.
pub(crate) fn serialize<T: Shape, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut tree = DocumentShapeSerializer::new();
    value
        .write(&mut tree, &prelude::DOCUMENT)
        .map_err(ser::Error::custom)?;
    let tree = tree.finish().map_err(ser::Error::custom)?;
    Tree(tree.document()).serialize(serializer)
}

/// Deserializes any value of the model.
pub(crate) fn deserialize<'de, T: Shape, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let OwnedTree(tree) = OwnedTree::deserialize(deserializer)?;
    T::read(
        &mut Reader::of(&mut DocumentShapeDeserializer::new(&tree)),
        &prelude::DOCUMENT,
    )
    .map_err(de::Error::custom)
}

/// A document that `serde` can write.
struct Tree<'a>(&'a Document);

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Document::Null => serializer.serialize_unit(),
            Document::Bool(value) => serializer.serialize_bool(*value),
            Document::Number(Number::PosInt(value)) => serializer.serialize_u64(*value),
            Document::Number(Number::NegInt(value)) => serializer.serialize_i64(*value),
            Document::Number(Number::Float(value)) => serializer.serialize_f64(*value),
            Document::String(value) => serializer.serialize_str(value),
            Document::Array(items) => serializer.collect_seq(items.iter().map(Tree)),
            Document::Object(entries) => {
                // Equal values are written alike, whatever order a hash map has them in.
                let sorted: BTreeMap<_, _> = entries.iter().collect();
                let mut map = serializer.serialize_map(Some(sorted.len()))?;
                for (key, value) in sorted {
                    map.serialize_entry(key, &Tree(value))?;
                }
                map.end()
            }
        }
    }
}

/// A document that `serde` can read.
struct OwnedTree(Document);

impl<'de> Deserialize<'de> for OwnedTree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor).map(Self)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of the service's model")
    }

    fn visit_unit<E>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_none<E>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Document, E> {
        Ok(Document::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Document, E> {
        Ok(Document::Number(Number::PosInt(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Document, E> {
        Ok(Document::Number(match u64::try_from(value) {
            Ok(value) => Number::PosInt(value),
            Err(_) => Number::NegInt(value),
        }))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Document, E> {
        Ok(Document::Number(Number::Float(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Document, E> {
        Ok(Document::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Document, A::Error> {
        let mut array = Vec::new();
        while let Some(OwnedTree(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(Document::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Document, A::Error> {
        let mut object = HashMap::new();
        while let Some((key, OwnedTree(value))) = entries.next_entry()? {
            object.insert(key, value);
        }
        Ok(Document::Object(object))
    }
}
