//! JSON as a service may send it: any order, any duplicates, any spelling.

use std::fmt::{self, Write as _};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number as it is spelled, or whatever else stands where a value should.
    Verbatim(String),
    /// A string
    Text(String),
    /// An array
    Array(Vec<Json>),
    /// An object, whose members may stand in any order and more than once.
    Object(Vec<(String, Json)>),
}

impl Json {
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

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Verbatim(text) => f.write_str(text),
            Self::Text(text) => string(f, text),
            Self::Array(values) => {
                let values = values.iter().map(ToString::to_string);
                write!(f, "[{}]", separated(values.collect()))
            }
            Self::Object(members) => {
                let member = |(name, value): &(String, Json)| {
                    format!("{}:{value}", Self::Text(name.clone()))
                };
                write!(f, "{{{}}}", separated(members.iter().map(member).collect()))
            }
        }
    }
}

/// Services write JSON with and without spaces: here some has spaces.
fn separated(parts: Vec<String>) -> String {
    match parts.len() % 3 {
        2 => format!(" {}\n", parts.join(" ,\t")),
        _ => parts.join(","),
    }
}

fn string(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(f, "\\{c}")?,
            '\n' => f.write_str("\\n")?,
            c if c < ' ' => write!(f, "\\u{:04x}", u32::from(c))?,
            // Services escape what is not ASCII or leave it as it is: half of it is escaped here.
            c if u32::from(c) % 2 == 1 && !c.is_ascii() => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(f, "\\u{unit:04X}")?;
                }
            }
            c => f.write_char(c)?,
        }
    }
    f.write_char('"')
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
