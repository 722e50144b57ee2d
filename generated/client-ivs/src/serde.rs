//! How values are read and written, whatever the protocol.
//!
//! A [`Schema`] says what a member is called and where it goes; the type of the
//! value says how. The table macros at the end of each type bind the two.

use std::collections::HashMap;
use std::hash::Hash;

use aws_smithy_schema::serde::{
    SerdeError, SerializableStruct, ShapeDeserializer, ShapeSerializer,
};
use aws_smithy_schema::{Schema, ShapeType, prelude};
use aws_smithy_types::error::operation::BuildError;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

/// A value that any protocol can read and write.
pub(crate) trait Shape: Sized {
    /// Reads a value that is there and not null.
    fn read(de: &mut dyn ShapeDeserializer, schema: &Schema<'_>) -> Result<Self, SerdeError>;

    /// Writes the value.
    fn write(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError>;

    /// What stands for a required member that a response left out.
    fn absent() -> Option<Self>;

    /// Reads a list of such values.
    fn read_list(
        de: &mut dyn ShapeDeserializer,
        schema: &Schema<'_>,
    ) -> Result<Vec<Self>, SerdeError> {
        let element = element(schema);
        let mut list = Vec::new();
        de.read_list(schema, &mut |de| {
            list.push(Self::read(de, element)?);
            Ok(())
        })?;
        Ok(list)
    }

    /// Writes a list of such values.
    fn write_list(
        list: &[Self],
        ser: &mut dyn ShapeSerializer,
        schema: &Schema<'_>,
    ) -> Result<(), SerdeError> {
        let element = element(schema);
        ser.write_list_with_length(schema, list.len(), &|ser| {
            list.iter().try_for_each(|value| value.write(ser, element))
        })
    }
}

/// The schema of a list's elements or a map's values.
fn element<'a>(schema: &'a Schema<'_>) -> &'a Schema<'a> {
    schema.member().unwrap_or(&prelude::DOCUMENT)
}

/// The members of a structure, and the references to them that its schema takes.
pub(crate) struct MemberSchemas<const COUNT: usize> {
    pub(crate) references: [&'static Schema<'static>; COUNT],
    members: [Schema<'static>; COUNT],
}

impl<const COUNT: usize> MemberSchemas<COUNT> {
    /// What goes to `place`, the static that the references point into.
    pub(crate) const fn new(place: &'static Self, members: [Schema<'static>; COUNT]) -> Self {
        let mut references = [&prelude::DOCUMENT; COUNT];
        let mut index = 0;
        while index < COUNT {
            references[index] = &place.members[index];
            index += 1;
        }
        Self {
            references,
            members,
        }
    }
}

/// A structure's field, optional or not.
pub(crate) trait Slot {
    /// Writes the field if it is set.
    fn put(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError>;
}

impl<T: Shape> Slot for T {
    fn put(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError> {
        self.write(ser, schema)
    }
}

impl<T: Shape> Slot for Option<T> {
    fn put(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError> {
        match self {
            Some(value) => value.write(ser, schema),
            None => Ok(()),
        }
    }
}

/// Reads one member into its builder's field.
pub(crate) fn get<T: Shape>(
    slot: &mut Option<T>,
    de: &mut dyn ShapeDeserializer,
    schema: &Schema<'_>,
) -> Result<(), SerdeError> {
    // The protocols pass over members that are null; other formats that `serde` reads may not.
    if cfg!(feature = "serde") && de.is_null() && schema.shape_type() != ShapeType::Document {
        return de.read_null();
    }
    *slot = Some(T::read(de, schema)?);
    Ok(())
}

/// Fills in a required member that a response left out.
pub(crate) fn correct<T: Shape>(slot: &mut Option<T>) {
    if slot.is_none() {
        *slot = T::absent();
    }
}

/// A structure or union.
pub(crate) trait Structure: Sized {
    /// What its members are read into: the structure's builder, or the variant of a union.
    type Builder: Default;

    /// Its schema.
    const SCHEMA: &'static Schema<'static>;

    /// Writes the members that are set.
    fn write_members(&self, ser: &mut dyn ShapeSerializer) -> Result<(), SerdeError>;

    /// Reads a member.
    fn read_member(
        builder: &mut Self::Builder,
        member: &Schema<'_>,
        de: &mut dyn ShapeDeserializer,
    ) -> Result<(), SerdeError>;

    /// Fills in what is required and missing, and builds.
    fn finish(builder: Self::Builder) -> Result<Self, SerdeError>;

    /// What stands for a required member that a response left out: a structure that can be without
    /// members.
    fn absent() -> Option<Self> {
        Self::finish(Self::Builder::default()).ok()
    }
}

impl<T: Structure> Structure for Box<T> {
    type Builder = T::Builder;

    const SCHEMA: &'static Schema<'static> = T::SCHEMA;

    fn write_members(&self, ser: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        (**self).write_members(ser)
    }

    fn read_member(
        builder: &mut Self::Builder,
        member: &Schema<'_>,
        de: &mut dyn ShapeDeserializer,
    ) -> Result<(), SerdeError> {
        T::read_member(builder, member, de)
    }

    fn finish(builder: Self::Builder) -> Result<Self, SerdeError> {
        T::finish(builder).map(Self::new)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Self::new)
    }
}

/// A structure or union as the protocols take it.
pub(crate) struct Members<'a, T>(pub(crate) &'a T);

impl<T: Structure> SerializableStruct for Members<'_, T> {
    fn schema(&self) -> &Schema<'_> {
        T::SCHEMA
    }

    fn serialize_members(&self, ser: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        self.0.write_members(ser)
    }
}

/// Smithy's unit type: the value of a union's variant that has none.
impl Structure for () {
    type Builder = ();

    const SCHEMA: &'static Schema<'static> = &prelude::UNIT;

    fn write_members(&self, _: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        Ok(())
    }

    fn read_member(
        _: &mut Self::Builder,
        _: &Schema<'_>,
        _: &mut dyn ShapeDeserializer,
    ) -> Result<(), SerdeError> {
        Ok(())
    }

    fn finish(_: Self::Builder) -> Result<Self, SerdeError> {
        Ok(())
    }
}

/// Reads all members of a structure into its builder.
pub(crate) fn read_members<T: Structure>(
    de: &mut dyn ShapeDeserializer,
) -> Result<T::Builder, SerdeError> {
    let mut builder = T::Builder::default();
    de.read_struct(T::SCHEMA, &mut |member, de| {
        T::read_member(&mut builder, member, de)
    })?;
    Ok(builder)
}

impl<T: Structure> Shape for T {
    fn read(de: &mut dyn ShapeDeserializer, _: &Schema<'_>) -> Result<Self, SerdeError> {
        Self::finish(read_members::<Self>(de)?)
    }

    fn write(&self, ser: &mut dyn ShapeSerializer, member: &Schema<'_>) -> Result<(), SerdeError> {
        // The target of `@httpPayload` is the whole body, so that it is not framed as a member.
        let schema = match member.http_payload() {
            Some(_) => T::SCHEMA,
            None => member,
        };
        ser.write_struct(schema, &Members(self))
    }

    fn absent() -> Option<Self> {
        Structure::absent()
    }
}

/// What `build` returns: the structure, or a `Result`.
pub(crate) trait Built<T> {
    /// The structure.
    fn built(self) -> Result<T, SerdeError>;
}

impl<T: Structure> Built<T> for T {
    fn built(self) -> Result<T, SerdeError> {
        Ok(self)
    }
}

impl<T: Structure> Built<T> for Result<T, BuildError> {
    fn built(self) -> Result<T, SerdeError> {
        self.map_err(|error| SerdeError::custom(format!("the response was invalid: {error}")))
    }
}

macro_rules! scalars {
    ($($type:ty: $read:ident, $write:ident, $absent:expr;)*) => {$(
        impl Shape for $type {
            fn read(
                de: &mut dyn ShapeDeserializer,
                schema: &Schema<'_>,
            ) -> Result<Self, SerdeError> {
                de.$read(schema)
            }

            fn write(
                &self,
                ser: &mut dyn ShapeSerializer,
                schema: &Schema<'_>,
            ) -> Result<(), SerdeError> {
                ser.$write(schema, self.to_owned())
            }

            fn absent() -> Option<Self> {
                Some($absent)
            }
        }
    )*};
}

scalars! {
    bool: read_boolean, write_boolean, false;
    f64: read_double, write_double, 0.0;
    Blob: read_blob, write_blob, Blob::new("");
}

macro_rules! integers {
    ($($type:ty: $read:ident, $write:ident;)*) => {$(
        impl Shape for $type {
            fn read(
                de: &mut dyn ShapeDeserializer,
                schema: &Schema<'_>,
            ) -> Result<Self, SerdeError> {
                de.$read(schema).or_else(|error| read_whole(de, schema).ok_or(error))
            }

            fn write(
                &self,
                ser: &mut dyn ShapeSerializer,
                schema: &Schema<'_>,
            ) -> Result<(), SerdeError> {
                ser.$write(schema, *self)
            }

            fn absent() -> Option<Self> {
                Some(0)
            }
        }
    )*};
}

integers! {
    i8: read_byte, write_byte;
    i16: read_short, write_short;
    i32: read_integer, write_integer;
    i64: read_long, write_long;
}

/// Reads a whole number that is spelled as `1.0` or `1e3`, as the official crates do.
///
/// The codec refuses it as an integer, and leaves it where it is.
fn read_whole<T: TryFrom<i64>>(de: &mut dyn ShapeDeserializer, schema: &Schema<'_>) -> Option<T> {
    let double = de.read_double(schema).ok()?;
    let whole = double as i64;
    T::try_from(whole).ok().filter(|_| whole as f64 == double)
}

impl Shape for f32 {
    fn read(de: &mut dyn ShapeDeserializer, schema: &Schema<'_>) -> Result<Self, SerdeError> {
        de.read_float(schema)
    }

    fn write(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError> {
        write_float(*self, ser, schema, is_in_body(schema))
    }

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

    fn absent() -> Option<Self> {
        Some(0.0)
    }
}

/// Writes a float: in a body as the double that it is equal to, as the official crates do.
///
/// So 0.1 is 0.10000000149011612 there, which is read as the same float.
fn write_float(
    value: f32,
    ser: &mut dyn ShapeSerializer,
    schema: &Schema<'_>,
    is_in_body: bool,
) -> Result<(), SerdeError> {
    if is_in_body {
        ser.write_double(schema, value.into())
    } else {
        ser.write_float(schema, value)
    }
}

fn is_in_body(member: &Schema<'_>) -> bool {
    member.http_header().is_none() && member.http_query().is_none() && member.http_label().is_none()
}

macro_rules! borrowed {
    ($($type:ty: $read:ident, $write:ident, $absent:expr;)*) => {$(
        impl Shape for $type {
            fn read(
                de: &mut dyn ShapeDeserializer,
                schema: &Schema<'_>,
            ) -> Result<Self, SerdeError> {
                de.$read(schema)
            }

            fn write(
                &self,
                ser: &mut dyn ShapeSerializer,
                schema: &Schema<'_>,
            ) -> Result<(), SerdeError> {
                ser.$write(schema, self)
            }

            fn absent() -> Option<Self> {
                $absent
            }
        }
    )*};
}

borrowed! {
    BigInteger: read_big_integer, write_big_integer, "0".parse().ok();
    BigDecimal: read_big_decimal, write_big_decimal, "0".parse().ok();
    DateTime: read_timestamp, write_timestamp, Some(DateTime::from_secs(0));
    Document: read_document, write_document, Some(Document::Null);
}

impl Shape for String {
    fn read(de: &mut dyn ShapeDeserializer, schema: &Schema<'_>) -> Result<Self, SerdeError> {
        de.read_string(schema)
    }

    fn write(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError> {
        ser.write_string(schema, self)
    }

    fn absent() -> Option<Self> {
        Some(String::new())
    }

    // The codec reads a whole list of strings without a dynamic call per element.
    fn read_list(
        de: &mut dyn ShapeDeserializer,
        schema: &Schema<'_>,
    ) -> Result<Vec<Self>, SerdeError> {
        de.read_string_list(schema)
    }

    fn write_list(
        list: &[Self],
        ser: &mut dyn ShapeSerializer,
        schema: &Schema<'_>,
    ) -> Result<(), SerdeError> {
        ser.write_string_list(schema, list)
    }
}

impl<T: Shape> Shape for Vec<T> {
    fn read(de: &mut dyn ShapeDeserializer, schema: &Schema<'_>) -> Result<Self, SerdeError> {
        T::read_list(de, schema)
    }

    fn write(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError> {
        T::write_list(self, ser, schema)
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }
}

/// A sparse list: its elements may be null.
impl<T: Shape> Shape for Vec<Option<T>> {
    fn read(de: &mut dyn ShapeDeserializer, schema: &Schema<'_>) -> Result<Self, SerdeError> {
        let element = element(schema);
        let mut list = Vec::new();
        de.read_list(schema, &mut |de| {
            list.push(read_nullable(de, element)?);
            Ok(())
        })?;
        Ok(list)
    }

    fn write(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError> {
        let element = element(schema);
        ser.write_list_with_length(schema, self.len(), &|ser| {
            self.iter()
                .try_for_each(|value| write_nullable(value, ser, element))
        })
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }
}

/// The key of a map: a string or an enum.
pub(crate) trait Key: Hash + Eq {
    /// The key that a response holds.
    fn of(key: String) -> Self;

    /// The key that a request holds.
    fn key(&self) -> &str;
}

impl Key for String {
    fn of(key: String) -> Self {
        key
    }

    fn key(&self) -> &str {
        self
    }
}

impl<K: Key, T: Shape> Shape for HashMap<K, T> {
    fn read(de: &mut dyn ShapeDeserializer, schema: &Schema<'_>) -> Result<Self, SerdeError> {
        let element = element(schema);
        let mut map = HashMap::new();
        de.read_map(schema, &mut |key, de| {
            // A null in a map that is not sparse is not there.
            if de.is_null() {
                return de.read_null();
            }
            map.insert(K::of(key), T::read(de, element)?);
            Ok(())
        })?;
        Ok(map)
    }

    fn write(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError> {
        let element = element(schema);
        ser.write_map_with_length(schema, self.len(), &|ser| {
            self.iter().try_for_each(|(key, value)| {
                ser.write_string(&prelude::STRING, key.key())?;
                value.write(ser, element)
            })
        })
    }

    fn absent() -> Option<Self> {
        Some(HashMap::new())
    }
}

/// A sparse map: its values may be null.
impl<K: Key, T: Shape> Shape for HashMap<K, Option<T>> {
    fn read(de: &mut dyn ShapeDeserializer, schema: &Schema<'_>) -> Result<Self, SerdeError> {
        let element = element(schema);
        let mut map = HashMap::new();
        de.read_map(schema, &mut |key, de| {
            map.insert(K::of(key), read_nullable(de, element)?);
            Ok(())
        })?;
        Ok(map)
    }

    fn write(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError> {
        let element = element(schema);
        ser.write_map_with_length(schema, self.len(), &|ser| {
            self.iter().try_for_each(|(key, value)| {
                ser.write_string(&prelude::STRING, key.key())?;
                write_nullable(value, ser, element)
            })
        })
    }

    fn absent() -> Option<Self> {
        Some(HashMap::new())
    }
}

fn read_nullable<T: Shape>(
    de: &mut dyn ShapeDeserializer,
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
