//! Shape ids.

use std::fmt;

use serde::{Serialize, Serializer};

/// An absolute [shape id](https://smithy.io/2.0/spec/model.html#shape-id): `namespace#Name`, or
/// `namespace#Name$member`. Always well formed; ordered as text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(String);

/// Why a text is not an absolute shape id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvalidShapeId {
    /// There is no `#`: a relative id, which only the IDL allows.
    NoNamespace,
    /// The part before `#` is not identifiers joined by dots.
    Namespace,
    /// The part after `#` is not an identifier.
    Name,
    /// The part after `$` is not an identifier.
    Member,
}

impl fmt::Display for InvalidShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            InvalidShapeId::NoNamespace => "it has no namespace",
            InvalidShapeId::Namespace => "its namespace is not valid names joined by dots",
            InvalidShapeId::Name => "the part after `#` is not a valid name",
            InvalidShapeId::Member => "the part after `$` is not a valid name",
        })
    }
}

impl std::error::Error for InvalidShapeId {}

impl ShapeId {
    /// Reads an absolute id.
    ///
    /// # Errors
    ///
    /// Returns which part of the text is malformed.
    pub fn parse(text: &str) -> Result<Self, InvalidShapeId> {
        let (namespace, rest) = text.split_once('#').ok_or(InvalidShapeId::NoNamespace)?;
        if !namespace.split('.').all(is_identifier) {
            return Err(InvalidShapeId::Namespace);
        }
        let (name, member) = match rest.split_once('$') {
            Some((name, member)) => (name, Some(member)),
            None => (rest, None),
        };
        if !is_identifier(name) {
            return Err(InvalidShapeId::Name);
        }
        if !member.is_none_or(is_identifier) {
            return Err(InvalidShapeId::Member);
        }
        Ok(Self(text.to_owned()))
    }

    /// The id of a shape of the [prelude](https://smithy.io/2.0/spec/model.html#prelude).
    ///
    /// `name` must be an identifier.
    pub(crate) fn prelude(name: &str) -> Self {
        debug_assert!(is_identifier(name), "`{name}` is not an identifier");
        Self(format!("smithy.api#{name}"))
    }

    /// The part before `#`.
    pub fn namespace(&self) -> &str {
        self.0
            .split_once('#')
            .map_or("", |(namespace, _)| namespace)
    }

    /// The shape's name: the part after `#`, without a member.
    pub fn name(&self) -> &str {
        let rest = self.0.split_once('#').map_or("", |(_, rest)| rest);
        rest.split_once('$').map_or(rest, |(name, _)| name)
    }

    /// The part after `$`.
    pub fn member(&self) -> Option<&str> {
        self.0.split_once('$').map(|(_, member)| member)
    }

    /// The whole id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of a member of this shape. `member` must be an identifier.
    pub fn with_member(&self, member: &str) -> ShapeId {
        Self(format!("{}${member}", self.without_member().0))
    }

    /// The id without its namespace, such as `Thing` or `Thing$name`.
    pub fn without_namespace(&self) -> &str {
        self.0.split_once('#').map_or(&self.0, |(_, name)| name)
    }

    /// The id of the shape that a member belongs to, or the id itself.
    pub fn without_member(&self) -> ShapeId {
        match self.0.split_once('$') {
            Some((shape, _)) => Self(shape.to_owned()),
            None => self.clone(),
        }
    }
}

/// The form of identifiers, for remedies.
pub(crate) const IDENTIFIERS: &str = "names are letters, digits and underscores, and start with a \
                                      letter, or with underscores before a letter or digit";

/// Whether a text is an [identifier](https://smithy.io/2.0/spec/model.html#shape-id): letters,
/// digits and underscores, with a letter before any digit.
pub(crate) fn is_identifier(text: &str) -> bool {
    let first = text.trim_start_matches('_').chars().next();
    let starts_well = match first {
        Some(first) => {
            first.is_ascii_alphabetic() || (text.starts_with('_') && first.is_ascii_alphanumeric())
        }
        None => false,
    };
    starts_well && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for ShapeId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let id = ShapeId::parse("example.a_b#Thing$name").unwrap();
        assert_eq!(
            (id.namespace(), id.name(), id.member()),
            ("example.a_b", "Thing", Some("name"))
        );
        assert_eq!(id.without_member().as_str(), "example.a_b#Thing");
        assert_eq!(id.without_namespace(), "Thing$name");
        assert_eq!(id.with_member("other").as_str(), "example.a_b#Thing$other");
    }

    #[test]
    fn malformed() {
        for (text, reason) in [
            ("Thing", InvalidShapeId::NoNamespace),
            ("", InvalidShapeId::NoNamespace),
            ("#Thing", InvalidShapeId::Namespace),
            ("a..b#Thing", InvalidShapeId::Namespace),
            ("1a#Thing", InvalidShapeId::Namespace),
            ("a#", InvalidShapeId::Name),
            ("a#2Thing", InvalidShapeId::Name),
            ("a#Thing-x", InvalidShapeId::Name),
            ("a#_", InvalidShapeId::Name),
            ("a#Thing$", InvalidShapeId::Member),
            ("a#Thing$b$c", InvalidShapeId::Member),
        ] {
            assert_eq!(ShapeId::parse(text), Err(reason), "{text}");
        }
        for text in ["a#_thing", "a#__1", "a_1.b2#T2$m_"] {
            assert!(ShapeId::parse(text).is_ok(), "{text}");
        }
    }
}
