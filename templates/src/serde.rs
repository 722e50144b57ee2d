//! Reads and writes values, for any protocol.
//!
//! A [`Schema`] has the name of a member and its place; the type of the value determines how it is
//! written. The table macros at the end of each type bind the two.

mod values;

use std::hash::Hash;
use std::mem;

use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeSerializer};
use aws_smithy_schema::{Schema, ShapeId, ShapeType, prelude};
use aws_smithy_types::error::operation::BuildError;

use crate::reader::Reader;
use crate::schema::Setting;

/// A value that any protocol can read and write.
pub(crate) trait Shape: Sized {
    /// Reads a value that is not null.
    fn read(de: &mut Reader<'_>, schema: &Schema<'_>) -> Result<Self, SerdeError>;

    /// Writes the value.
    fn write(&self, ser: &mut dyn ShapeSerializer, schema: &Schema<'_>) -> Result<(), SerdeError>;

    /// The value of a required member that a response left out.
    fn absent() -> Option<Self>;

    /// Reads a list of such values.
    fn read_list(de: &mut Reader<'_>, schema: &Schema<'_>) -> Result<Vec<Self>, SerdeError> {
        let element = element(schema);
        let mut list = Vec::new();
        de.read_list(schema, &mut |de| {
            if !pass_null(de, element)? {
                list.push(Self::read(de, element)?);
            }
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

/// Skips a null that is not a value: in a list or map that is not sparse, and as a member. In
/// documents, null is a value.
fn pass_null(de: &mut Reader<'_>, schema: &Schema<'_>) -> Result<bool, SerdeError> {
    let is_nothing = de.is_null() && schema.shape_type() != ShapeType::Document;
    if is_nothing {
        de.read_null()?;
    }
    Ok(is_nothing)
}

/// The key of a map: a string or an enum.
pub(crate) trait Key: Hash + Eq {
    /// Converts the key of a response.
    fn of(key: String) -> Self;

    /// Converts the key for a request.
    fn key(&self) -> &str;
}

/// A member of a structure or union, a row of its schema's table.
pub(crate) struct Member<'a> {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) kind: ShapeType,
    /// The schemas of its keys, and of its values or elements.
    pub(crate) parts: [Option<&'static Schema<'static>>; 2],
    pub(crate) settings: &'a [Setting],
}

impl Member<'_> {
    /// Returns the schema of the member at this position.
    const fn schema(
        &self,
        namespace: &'static str,
        shape: &'static str,
        index: usize,
    ) -> Schema<'static> {
        let id = ShapeId::from_parts_with_member(self.id, namespace, shape, self.name);
        let schema = Schema::new_member(id, self.kind, self.name, index);
        let schema = match self.parts {
            [Some(key), Some(value)] => schema.with_map_members(key, value),
            [None, Some(element)] => schema.with_list_member(element),
            [_, None] => schema,
        };
        with_settings(schema, self.settings)
    }
}

/// Sets the attributes of a schema.
pub(crate) const fn with_settings(
    schema: Schema<'static>,
    settings: &[Setting],
) -> Schema<'static> {
    match settings {
        [] => schema,
        [first, others @ ..] => with_settings(first.set(schema), others),
    }
}

/// The members of a structure, and the references to them that its schema takes.
pub(crate) struct MemberSchemas<const COUNT: usize> {
    pub(crate) references: [&'static Schema<'static>; COUNT],
    members: [Schema<'static>; COUNT],
}

impl<const COUNT: usize> MemberSchemas<COUNT> {
    /// Returns the value of the static `place`. The references point into it.
    pub(crate) const fn new(
        place: &'static Self,
        namespace: &'static str,
        shape: &'static str,
        rows: &[Member<'_>; COUNT],
    ) -> Self {
        let mut references = [&prelude::DOCUMENT; COUNT];
        let mut members = [const { Schema::new(NO_SHAPE, ShapeType::Structure) }; COUNT];
        let mut index = 0;
        while index < COUNT {
            references[index] = &place.members[index];
            let member = rows[index].schema(namespace, shape, index);
            // Drops do not run at compile time.
            mem::forget(mem::replace(&mut members[index], member));
            index += 1;
        }
        Self {
            references,
            members,
        }
    }
}

/// A placeholder that members replace.
const NO_SHAPE: ShapeId<'static> = ShapeId::from_parts("", "", "");

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
    de: &mut Reader<'_>,
    schema: &Schema<'_>,
) -> Result<(), SerdeError> {
    // The protocols skip members that are null. Other formats that `serde` reads may not.
    if cfg!(feature = "serde") && pass_null(de, schema)? {
        return Ok(());
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
    /// The builder of a structure, or the variant of a union.
    type Builder: Default;

    /// Its schema.
    fn schema() -> &'static Schema<'static>;

    /// Writes the members that are set.
    fn write_members(&self, ser: &mut dyn ShapeSerializer) -> Result<(), SerdeError>;

    /// Reads a member.
    fn read_member(
        builder: &mut Self::Builder,
        member: &Schema<'_>,
        de: &mut Reader<'_>,
    ) -> Result<(), SerdeError>;

    /// Fills in missing required members, and builds.
    fn finish(builder: Self::Builder) -> Result<Self, SerdeError>;

    /// The value of a required member that a response left out: a structure that may have no
    /// members.
    fn absent() -> Option<Self> {
        Self::finish(Self::Builder::default()).ok()
    }
}

impl<T: Structure> Structure for Box<T> {
    type Builder = T::Builder;

    fn schema() -> &'static Schema<'static> {
        T::schema()
    }

    fn write_members(&self, ser: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        (**self).write_members(ser)
    }

    fn read_member(
        builder: &mut Self::Builder,
        member: &Schema<'_>,
        de: &mut Reader<'_>,
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

/// Adapts a structure or union for the protocols.
pub(crate) struct Members<'a, T>(pub(crate) &'a T);

impl<T: Structure> SerializableStruct for Members<'_, T> {
    fn schema(&self) -> &Schema<'_> {
        T::schema()
    }

    fn serialize_members(&self, ser: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        self.0.write_members(ser)
    }
}

/// Smithy's unit type: the value of a union's variant that has none.
impl Structure for () {
    type Builder = ();

    fn schema() -> &'static Schema<'static> {
        &prelude::UNIT
    }

    fn write_members(&self, _: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        Ok(())
    }

    fn read_member(
        _: &mut Self::Builder,
        _: &Schema<'_>,
        _: &mut Reader<'_>,
    ) -> Result<(), SerdeError> {
        Ok(())
    }

    fn finish(_: Self::Builder) -> Result<Self, SerdeError> {
        Ok(())
    }
}

/// Reads all members of a structure into its builder.
pub(crate) fn read_members<T: Structure>(de: &mut Reader<'_>) -> Result<T::Builder, SerdeError> {
    let mut builder = T::Builder::default();
    de.read_struct(T::schema(), &mut |member, de| {
        T::read_member(&mut builder, member, de)
    })?;
    Ok(builder)
}

/// Reads a structure.
pub(crate) fn read_structure<T: Structure>(de: &mut Reader<'_>) -> Result<T, SerdeError> {
    T::finish(read_members::<T>(de)?)
}

impl<T: Structure> Shape for T {
    fn read(de: &mut Reader<'_>, _: &Schema<'_>) -> Result<Self, SerdeError> {
        read_structure(de)
    }

    fn write(&self, ser: &mut dyn ShapeSerializer, member: &Schema<'_>) -> Result<(), SerdeError> {
        // The target of `@httpPayload` is the whole body, so it is not written as a member.
        let schema = match member.http_payload() {
            Some(_) => T::schema(),
            None => member,
        };
        ser.write_struct(schema, &Members(self))
    }

    fn absent() -> Option<Self> {
        Structure::absent()
    }
}

/// The result of `build`: the structure, or a `Result`.
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
