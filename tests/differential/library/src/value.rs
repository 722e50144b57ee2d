//! Values that are independent of both crates.

use std::collections::HashMap;
use std::hash::Hash;
use std::pin::Pin;
use std::task::{Context, Poll};

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::error::operation::BuildError;
use aws_smithy_types::{Blob, DateTime, Document, Number};
use futures_core::Stream;

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
    /// A map. The maps of both crates iterate in the same order, so that requests can be compared
    /// byte by byte.
    Map(HashMap<String, Value>),
    /// Null in a sparse list or map.
    Null,
    /// The members of a structure that are set, or the member of a union, by their model names.
    Members(Vec<(String, Value)>),
}

impl Value {
    /// A member of a structure, converted to a client's type.
    ///
    /// # Errors
    ///
    /// Fails if a structure inside lacks a required member.
    pub fn get<L, T: FromValue<L>>(&self, member: &str) -> Result<Option<T>, BuildError> {
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

    /// A string as the bytes of a header, which may not be UTF-8.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Blob(bytes) => bytes,
            other => other.text().as_bytes(),
        }
    }
}

/// A type of a client that a value can be converted to.
///
/// Panics if a value has the wrong kind, which is a bug of the tests. `L` is a type of the
/// implementing crate, which the orphan rule requires.
pub trait FromValue<L>: Sized {
    /// The value as this type.
    ///
    /// # Errors
    ///
    /// Fails if a structure lacks a required member.
    fn from_value(input: &Value) -> Result<Self, BuildError>;
}

macro_rules! from_value {
    ($($type:ty: $pattern:pat => $value:expr;)*) => {$(
        impl<L> FromValue<L> for $type {
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
    i8: Value::Integer(value) => (*value).try_into().expect("an i8");
    i16: Value::Integer(value) => (*value).try_into().expect("an i16");
    i32: Value::Integer(value) => (*value).try_into().expect("an i32");
    i64: Value::Integer(value) => *value;
    f32: Value::Float(value) => *value as f32;
    f64: Value::Float(value) => *value;
    String: Value::Text(value) => value.clone();
    Blob: Value::Blob(value) => Blob::new(value.clone());
    DateTime: Value::Time(value) => *value;
    ByteStream: Value::Blob(value) => ByteStream::from(value.clone());
}

/// The events of a list as a stream that ends without an error.
///
/// # Errors
///
/// Fails if an event cannot be built.
pub fn events<L, T: FromValue<L>, E>(input: &Value) -> Result<Events<T, E>, BuildError> {
    let events: Vec<T> = FromValue::<L>::from_value(input)?;
    let events: Vec<_> = events.into_iter().map(Ok).collect();
    Ok(Events(events.into_iter()))
}

/// Some events, none of which is an error `E`.
#[derive(Debug)]
pub struct Events<T, E>(std::vec::IntoIter<Result<T, E>>);

impl<T: Unpin, E: Unpin> Stream for Events<T, E> {
    type Item = Result<T, E>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next())
    }
}

impl<L> FromValue<L> for Document {
    fn from_value(input: &Value) -> Result<Self, BuildError> {
        Ok(match input {
            Value::Boolean(value) => Self::Bool(*value),
            Value::Integer(value) => Self::Number(match u64::try_from(*value) {
                Ok(value) => Number::PosInt(value),
                Err(_) => Number::NegInt(*value),
            }),
            Value::Float(value) => Self::Number(Number::Float(*value)),
            Value::Text(text) => Self::String(text.clone()),
            Value::Null => Self::Null,
            list @ Value::List(_) => Self::Array(FromValue::<L>::from_value(list)?),
            map @ Value::Map(_) => Self::Object(FromValue::<L>::from_value(map)?),
            other => panic!("{other:?} is no document"),
        })
    }
}

impl<L, K, T> FromValue<L> for HashMap<K, T>
where
    K: for<'a> From<&'a str> + Eq + Hash,
    T: FromValue<L>,
{
    fn from_value(input: &Value) -> Result<Self, BuildError> {
        let Value::Map(values) = input else {
            panic!("{input:?} is not a map");
        };
        // The same hashes, inserted in the same order into a map of the same size.
        let mut map = Self::with_capacity_and_hasher(values.len(), values.hasher().clone());
        for (key, value) in values {
            map.insert(key.as_str().into(), T::from_value(value)?);
        }
        Ok(map)
    }
}

impl<L, T: FromValue<L>> FromValue<L> for Option<T> {
    fn from_value(input: &Value) -> Result<Self, BuildError> {
        match input {
            Value::Null => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }
}

/// The result of a builder's `build`: the structure, or a `Result` if something may be missing.
pub trait Built<T> {
    /// The structure.
    ///
    /// # Errors
    ///
    /// Fails if a required member is missing.
    fn built(self) -> Result<T, BuildError>;
}

impl<T> Built<T> for T {
    fn built(self) -> Result<T, BuildError> {
        Ok(self)
    }
}

impl<T> Built<T> for Result<T, BuildError> {
    fn built(self) -> Result<T, BuildError> {
        self
    }
}

impl<L, T: FromValue<L>> FromValue<L> for Vec<T> {
    fn from_value(input: &Value) -> Result<Self, BuildError> {
        match input {
            Value::List(values) => values.iter().map(T::from_value).collect(),
            other => panic!("{other:?} is not a list"),
        }
    }
}

impl<L, T: FromValue<L>> FromValue<L> for Box<T> {
    fn from_value(input: &Value) -> Result<Self, BuildError> {
        T::from_value(input).map(Box::new)
    }
}
