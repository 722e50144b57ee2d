//! Bodies as a service may send them: in any order, with any duplicates, in any spelling.
//!
//! A tree consists of JSON values, and is written in the format of a protocol. In XML, the members
//! of an object are elements, or attributes if their names begin with `@`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The format of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "these are the names of formats")]
pub enum Format {
    Json,
    Xml,
    Cbor,
}

impl Format {
    /// The media type of bodies.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xml => "text/xml",
            Self::Cbor => "application/cbor",
        }
    }

    /// The bytes of a tree.
    pub fn write(self, tree: &Tree) -> Vec<u8> {
        match self {
            Self::Json => crate::json::text(tree).into_bytes(),
            Self::Xml => crate::xml::text(tree).into_bytes(),
            Self::Cbor => crate::cbor::bytes(tree),
        }
    }
}

/// A part of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number as it is spelled, or any other text in the place of a value.
    Verbatim(String),
    /// Text that is written unchanged.
    Raw(String),
    /// A string
    Text(String),
    /// Bytes: text in base64, except in CBOR.
    Bytes(Vec<u8>),
    /// A tag of CBOR, and its content.
    Tagged(u64, Box<Tree>),
    /// An array
    Array(Vec<Tree>),
    /// An object. Its members may have any order, and may be repeated.
    Object(Vec<(String, Tree)>),
}

impl Tree {
    /// An object without members.
    pub const EMPTY: Self = Self::Object(Vec::new());

    /// A member of an object: the last with that name.
    pub fn member_mut(&mut self, name: &str) -> Option<&mut Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let mut members = members.iter_mut().rev();
        members
            .find(|(other, _)| other == name)
            .map(|(_, value)| value)
    }

    /// Reads a JSON value. Numbers and strings keep their spelling: strings may even be malformed
    /// inside.
    pub fn parse(text: &str) -> Option<Self> {
        let value: &RawValue = serde_json::from_str(text).ok()?;
        let text = value.get();
        Some(match text {
            "null" => Self::Null,
            "true" | "false" => Self::Boolean(text == "true"),
            _ if text.starts_with('{') => {
                let Members(members) = serde_json::from_str(text).ok()?;
                let member = |(name, value): (String, &RawValue)| Some((name, Self::of(value)?));
                Self::Object(members.into_iter().map(member).collect::<Option<_>>()?)
            }
            _ if text.starts_with('[') => {
                let values: Vec<&RawValue> = serde_json::from_str(text).ok()?;
                Self::Array(values.into_iter().map(Self::of).collect::<Option<_>>()?)
            }
            _ => Self::Verbatim(text.to_owned()),
        })
    }

    fn of(value: &RawValue) -> Option<Self> {
        Self::parse(value.get())
    }

    /// The text of a string, if it is well-formed.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Verbatim(text) => serde_json::from_str(text).ok(),
            _ => None,
        }
    }
}

/// The members of an object, in their order and with duplicates.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}
