//! Bodies as a service may send them: any order, any duplicates, any spelling.
//!
//! A tree is made of what JSON has, and is written in the format of a protocol. In XML the members
//! of an object are elements, or attributes where their names begin with `@`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// How a tree is written.
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

    /// A tree as it goes over the wire.
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
    /// A number as it is spelled, or whatever else stands where a value should.
    Verbatim(String),
    /// What is written as it is.
    Raw(String),
    /// A string
    Text(String),
    /// Bytes: text in base64, but for CBOR.
    Bytes(Vec<u8>),
    /// A tag of CBOR, and what it is about.
    Tagged(u64, Box<Tree>),
    /// An array
    Array(Vec<Tree>),
    /// An object, whose members may stand in any order and more than once.
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

    /// Reads one JSON value. Numbers and strings stay as they are spelled: strings may even be
    /// malformed inside.
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

    /// The text of a string, if this is a well-formed one.
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
