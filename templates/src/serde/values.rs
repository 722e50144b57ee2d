//! Values that are not structures.

use std::borrow::Cow;
use std::collections::HashMap;

use aws_smithy_schema::serde::{SerdeError, ShapeSerializer};
use aws_smithy_schema::{Schema, prelude};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

use super::{Key, Shape, element, pass_null};
use crate::reader::{FLOATS_ARE_DOUBLES, Reader};

/// Implements a value for which readers have no method of their own.
macro_rules! simple {
    ($read:ident) => {
        |de: &mut Reader<'_>, schema: &Schema<'_>| de.read_simple(|de| de.$read(schema))
    };
}

/// The same for a number. The reader reads it if it can.
macro_rules! number {
    ($method:ident, $read:ident) => {
        |de: &mut Reader<'_>, schema: &Schema<'_>| de.$method(schema, |de| de.$read(schema))
    };
}

macro_rules! scalars {
    ($($type:ty: $read:expr, $write:ident $($copy:ident)?, $absent:expr;)*) => {$(
        impl Shape for $type {
            #[inline]
            fn read(de: &mut Reader<'_>, schema: &Schema<'_>) -> Result<Self, SerdeError> {
                $read(de, schema)
            }

            #[inline]
            fn write(
                &self,
                ser: &mut dyn ShapeSerializer,
                schema: &Schema<'_>,
            ) -> Result<(), SerdeError> {
                ser.$write(schema, self$(.$copy())?)
            }

            #[inline]
            fn absent() -> Option<Self> {
                $absent
            }
        }
    )*};
}

scalars! {
    bool: Reader::read_boolean, write_boolean to_owned, Some(false);
    i8: number!(read_integer, read_byte), write_byte to_owned, Some(0);
    i16: number!(read_integer, read_short), write_short to_owned, Some(0);
    i32: number!(read_integer, read_integer), write_integer to_owned, Some(0);
    i64: number!(read_integer, read_long), write_long to_owned, Some(0);
    f64: number!(read_float, read_double), write_double to_owned, Some(0.0);
    Blob: simple!(read_blob), write_blob to_owned, Some(Blob::new(""));
    BigInteger: simple!(read_big_integer), write_big_integer, "0".parse().ok();
    BigDecimal: simple!(read_big_decimal), write_big_decimal, "0".parse().ok();
    DateTime: Reader::read_time, write_timestamp, Some(DateTime::from_secs(0));
    Document: Reader::read_document, write_document, Some(Document::Null);
}

impl Shape for f32 {
    #[inline]
    fn read(de: &mut Reader<'_>, schema: &Schema<'_>) -> Result<Self, SerdeError> {
        de.read_float(schema, |de| de.read_float(schema))
    }

    #[inline]
    fn write(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError> {
        write_float(*self, ser, schema, is_in_body(schema))
    }

    #[inline]
    fn write_list(
        list: &[Self],
        ser: &mut dyn ShapeSerializer,
        schema: &Schema<'_>,
    ) -> Result<(), SerdeError> {
        let (element, is_in_body) = (element(schema), is_in_body(schema));
        ser.write_list_with_length(schema, list.len(), &|ser| {
            list.iter()
                .try_for_each(|value| write_float(*value, ser, element, is_in_body))
        })
    }

    #[inline]
    fn absent() -> Option<Self> {
        Some(0.0)
    }
}

/// Writes a float. In some protocols, bodies contain the double that it is equal to, as with the
/// official crates: 0.1 becomes 0.10000000149011612, which is read as the same float.
#[inline]
fn write_float(
    value: f32,
    ser: &mut dyn ShapeSerializer,
    schema: &Schema<'_>,
    is_in_body: bool,
) -> Result<(), SerdeError> {
    if is_in_body && FLOATS_ARE_DOUBLES {
        ser.write_double(schema, value.into())
    } else {
        ser.write_float(schema, value)
    }
}

fn is_in_body(member: &Schema<'_>) -> bool {
    member.http_header().is_none() && member.http_query().is_none() && member.http_label().is_none()
}

impl Shape for String {
    #[inline]
    fn read(de: &mut Reader<'_>, schema: &Schema<'_>) -> Result<Self, SerdeError> {
        de.read_str(schema).map(Cow::into_owned)
    }

    #[inline]
    fn write(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError> {
        ser.write_string(schema, self)
    }

    #[inline]
    fn absent() -> Option<Self> {
        Some(String::new())
    }

    #[inline]
    fn write_list(
        list: &[Self],
        ser: &mut dyn ShapeSerializer,
        schema: &Schema<'_>,
    ) -> Result<(), SerdeError> {
        ser.write_string_list(schema, list)
    }
}

impl<T: Shape> Shape for Vec<T> {
    #[inline]
    fn read(de: &mut Reader<'_>, schema: &Schema<'_>) -> Result<Self, SerdeError> {
        T::read_list(de, schema)
    }

    #[inline]
    fn write(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError> {
        T::write_list(self, ser, schema)
    }

    #[inline]
    fn absent() -> Option<Self> {
        Some(Vec::new())
    }
}

/// A sparse list: its elements may be null.
impl<T: Shape> Shape for Vec<Option<T>> {
    #[inline]
    fn read(de: &mut Reader<'_>, schema: &Schema<'_>) -> Result<Self, SerdeError> {
        let element = element(schema);
        let mut list = Vec::new();
        de.read_list(schema, &mut |de| {
            list.push(read_nullable(de, element)?);
            Ok(())
        })?;
        Ok(list)
    }

    #[inline]
    fn write(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError> {
        let element = element(schema);
        ser.write_list_with_length(schema, self.len(), &|ser| {
            self.iter()
                .try_for_each(|value| write_nullable(value, ser, element))
        })
    }

    #[inline]
    fn absent() -> Option<Self> {
        Some(Vec::new())
    }
}

impl Key for String {
    #[inline]
    fn of(key: String) -> Self {
        key
    }

    #[inline]
    fn key(&self) -> &str {
        self
    }
}

impl<K: Key, T: Shape> Shape for HashMap<K, T> {
    #[inline]
    fn read(de: &mut Reader<'_>, schema: &Schema<'_>) -> Result<Self, SerdeError> {
        let element = element(schema);
        let mut map = HashMap::new();
        de.read_map(schema, &mut |key, de| {
            if !pass_null(de, element)? {
                map.insert(K::of(key), T::read(de, element)?);
            }
            Ok(())
        })?;
        Ok(map)
    }

    #[inline]
    fn write(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError> {
        write_map(self, ser, schema, T::write)
    }

    #[inline]
    fn absent() -> Option<Self> {
        Some(HashMap::new())
    }
}

/// A sparse map: its values may be null.
impl<K: Key, T: Shape> Shape for HashMap<K, Option<T>> {
    #[inline]
    fn read(de: &mut Reader<'_>, schema: &Schema<'_>) -> Result<Self, SerdeError> {
        let element = element(schema);
        let mut map = HashMap::new();
        de.read_map(schema, &mut |key, de| {
            map.insert(K::of(key), read_nullable(de, element)?);
            Ok(())
        })?;
        Ok(map)
    }

    #[inline]
    fn write(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError> {
        write_map(self, ser, schema, write_nullable)
    }

    #[inline]
    fn absent() -> Option<Self> {
        Some(HashMap::new())
    }
}

fn write_map<K: Key, V>(
    map: &HashMap<K, V>,
    ser: &mut dyn ShapeSerializer,
    schema: &Schema<'_>,
    write: impl Fn(&V, &mut dyn ShapeSerializer, &Schema<'_>) -> Result<(), SerdeError>,
) -> Result<(), SerdeError> {
    let element = element(schema);
    ser.write_map_with_length(schema, map.len(), &|ser| {
        map.iter().try_for_each(|(key, value)| {
            ser.write_string(&prelude::STRING, key.key())?;
            write(value, ser, element)
        })
    })
}

fn read_nullable<T: Shape>(
    de: &mut Reader<'_>,
    schema: &Schema<'_>,
) -> Result<Option<T>, SerdeError> {
    if de.is_null() {
        de.read_null()?;
        return Ok(None);
    }
    T::read(de, schema).map(Some)
}

fn write_nullable<T: Shape>(
    value: &Option<T>,
    ser: &mut dyn ShapeSerializer,
    schema: &Schema<'_>,
) -> Result<(), SerdeError> {
    match value {
        Some(value) => value.write(ser, schema),
        None => ser.write_null(schema),
    }
}
