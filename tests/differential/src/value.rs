//! Values that belong to neither crate.

use std::collections::HashMap;

use aws_smithy_types::error::operation::BuildError;
use aws_smithy_types::{Blob, DateTime};

/// A value of any Smithy type.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A boolean.
    Boolean(bool),
    /// An integer of any width.
    Integer(i64),
    /// A float or a double.
    Float(f64),
    /// A string or an enum's value.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
    /// A timestamp.
    Time(DateTime),
    /// A list.
    List(Vec<Value>),
    /// A map of strings. Both crates get clones of it: they iterate in the same order, so that
    /// the requests can be compared byte for byte.
    Strings(HashMap<String, String>),
    /// A structure's members that are set, or a union's one, by their names in the model.
    Members(Vec<(String, Value)>),
}

impl Value {
    /// A member of a structure as one of a client's types.
    ///
    /// # Errors
    ///
    /// When a structure inside has no value for a member that it requires.
    pub fn get<T: FromValue>(&self, member: &str) -> Result<Option<T>, BuildError> {
        self.member(member).map(T::from_value).transpose()
    }

    /// A member of a structure, if it is set.
    pub fn member(&self, member: &str) -> Option<&Value> {
        let mut members = self.members().iter();
        members
            .find(|(name, _)| name == member)
            .map(|(_, value)| value)
    }

    /// The members of a structure that are set.
    pub fn members(&self) -> &[(String, Value)] {
        match self {
            Self::Members(members) => members,
            other => panic!("{other:?} is not a structure"),
        }
    }

    /// The member of a union that is set, and its value.
    pub fn variant(&self) -> (&str, &Value) {
        match self.members() {
            [(name, value)] => (name, value),
            other => panic!("{other:?} is not a union"),
        }
    }

    /// A string.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            other => panic!("{other:?} is not a string"),
        }
    }

    /// A string as the bytes of a header, which need not be UTF-8.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Blob(bytes) => bytes,
            other => other.text().as_bytes(),
        }
    }
}

/// A type of a client that a value can be turned into.
///
/// A value of the wrong kind is a mistake of the tests: it panics.
pub trait FromValue: Sized {
    /// The value as this type.
    ///
    /// # Errors
    ///
    /// When a structure has no value for a member that it requires.
    fn from_value(input: &Value) -> Result<Self, BuildError>;
}

macro_rules! from_value {
    ($($type:ty: $pattern:pat => $value:expr;)*) => {$(
        impl FromValue for $type {
            fn from_value(input: &Value) -> Result<Self, BuildError> {
                match input {
                    $pattern => Ok($value),
                    other => panic!("{other:?} is not of type {}", stringify!($type)),
                }
            }
        }
    )*};
}

from_value! {
    bool: Value::Boolean(value) => *value;
    i32: Value::Integer(value) => (*value).try_into().expect("an i32");
    i64: Value::Integer(value) => *value;
    f32: Value::Float(value) => *value as f32;
    f64: Value::Float(value) => *value;
    String: Value::Text(value) => value.clone();
    Blob: Value::Blob(value) => Blob::new(value.clone());
    DateTime: Value::Time(value) => *value;
    HashMap<String, String>: Value::Strings(value) => value.clone();
}

impl<T: FromValue> FromValue for Vec<T> {
    fn from_value(input: &Value) -> Result<Self, BuildError> {
        match input {
            Value::List(values) => values.iter().map(T::from_value).collect(),
            other => panic!("{other:?} is not a list"),
        }
    }
}

impl<T: FromValue> FromValue for Box<T> {
    fn from_value(input: &Value) -> Result<Self, BuildError> {
        T::from_value(input).map(Box::new)
    }
}
