//! Reads values with the runtime's deserializers.

//~ if prefixes
mod prefixes;

//~ end
use std::borrow::Cow;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
//~ if xml-enums
use aws_smithy_schema::shape_id;
//~ end
use aws_smithy_schema::{Schema, ShapeType, prelude};
use aws_smithy_types::{DateTime, Document};

use crate::protocol::SHOWS_UNKNOWN_MEMBERS;

type Outcome<T = ()> = Result<T, SerdeError>;

/// Whether floats in bodies are written as the doubles that they are equal to.
pub(crate) const FLOATS_ARE_DOUBLES: bool = false;

//~ if xml-enums
/// Asks a deserializer for a text that it need not copy: as a structure with one member, whose name
/// is the text. The runtime's interface has nothing else that could lend it.
pub(crate) static LENT: Schema<'static> =
    Schema::new_struct(shape_id!("smithy.api", "Lent"), ShapeType::Structure, &[]);

//~ end
/// The source that values are read from.
pub(crate) struct Reader<'a> {
    runtime: &'a mut dyn ShapeDeserializer,
    /// Whether it reports members that the model does not have.
    shows_unknown: bool,
}

impl<'a> Reader<'a> {
    /// Reads with a deserializer of the runtime.
    pub(crate) fn of(runtime: &'a mut dyn ShapeDeserializer) -> Self {
        Self {
            runtime,
            shows_unknown: true,
        }
    }

    /// Reads a response with a deserializer of the runtime.
    pub(crate) fn of_response(runtime: &'a mut dyn ShapeDeserializer) -> Self {
        Self::like(SHOWS_UNKNOWN_MEMBERS, runtime)
    }

    fn like(shows_unknown: bool, runtime: &'a mut dyn ShapeDeserializer) -> Self {
        Self {
            shows_unknown,
            ..Self::of(runtime)
        }
    }

    /// There is no faster way to read a response than the runtime's.
    pub(crate) fn of_body(_response: &'a HttpResponse, _output: &Schema<'_>) -> Option<Self> {
        None
    }

    /// Reads the members of a structure or union that are not null.
    pub(crate) fn read_struct(
        &mut self,
        schema: &Schema<'_>,
        consumer: &mut dyn FnMut(&Schema<'_>, &mut Reader<'_>) -> Outcome,
    ) -> Outcome {
        let shows_unknown = self.shows_unknown;
        let mut is_empty = true;
        let mut each = |it: &Schema<'_>, de: &mut dyn ShapeDeserializer| match de.is_null() {
            true => de.read_null(),
            false => {
                is_empty = false;
                consumer(it, &mut Reader::like(shows_unknown, de))
            }
        };
        //~ if not prefixes
        self.runtime.read_struct(schema, &mut each)?;
        //~ end
        //~ if prefixes
        prefixes::read_struct(self.runtime, schema, &mut each)?;
        //~ end
        // Unknown variants must be noticed: otherwise the union would have no variant.
        let is_union = schema.shape_type() == ShapeType::Union;
        if is_empty && is_union && !shows_unknown && self.has_content(schema) {
            return consumer(&prelude::DOCUMENT, self);
        }
        Ok(())
    }

    /// Whether an element in XML is not empty.
    fn has_content(&mut self, schema: &Schema<'_>) -> bool {
        self.runtime.read_string(schema).ok().as_deref() != Some("")
    }

    /// Reads the elements of a list.
    pub(crate) fn read_list(
        &mut self,
        schema: &Schema<'_>,
        consumer: &mut dyn FnMut(&mut Reader<'_>) -> Outcome,
    ) -> Outcome {
        let shows_unknown = self.shows_unknown;
        self.runtime.read_list(schema, &mut |de| {
            consumer(&mut Reader::like(shows_unknown, de))
        })
    }

    /// Reads the entries of a map.
    pub(crate) fn read_map(
        &mut self,
        schema: &Schema<'_>,
        consumer: &mut dyn FnMut(String, &mut Reader<'_>) -> Outcome,
    ) -> Outcome {
        let shows_unknown = self.shows_unknown;
        let mut each = |key: String, de: &mut dyn ShapeDeserializer| {
            consumer(key, &mut Reader::like(shows_unknown, de))
        };
        //~ if not prefixes
        self.runtime.read_map(schema, &mut each)?;
        //~ end
        //~ if prefixes
        prefixes::read_map(self.runtime, schema, &mut each)?;
        //~ end
        Ok(())
    }

    /// Reads a boolean.
    pub(crate) fn read_boolean(&mut self, schema: &Schema<'_>) -> Outcome<bool> {
        self.runtime.read_boolean(schema)
    }

    /// Reads a string.
    pub(crate) fn read_str(&mut self, schema: &Schema<'_>) -> Outcome<Cow<'a, str>> {
        self.runtime.read_string(schema).map(Cow::Owned)
    }

    //~ if xml-enums
    /// Reads an enum, without a copy of its text if the deserializer lends it.
    pub(crate) fn read_enum<T: for<'t> From<&'t str>>(
        &mut self,
        schema: &Schema<'_>,
    ) -> Outcome<T> {
        let mut value = None;
        if schema.http_header().is_none() {
            // Other deserializers find no structure here, and can read the value again.
            let _ = self.runtime.read_struct(&LENT, &mut |text, _| {
                value = text.member_name().map(T::from);
                Ok(())
            });
        }
        match value {
            Some(value) => Ok(value),
            None => self.read_str(schema).map(|text| T::from(&text)),
        }
    }

    //~ end
    /// Reads any other value except a document.
    pub(crate) fn read_simple<T>(
        &mut self,
        read: impl FnOnce(&mut dyn ShapeDeserializer) -> Outcome<T>,
    ) -> Outcome<T> {
        read(self.runtime)
    }

    /// Reads an integer.
    pub(crate) fn read_integer<T: TryFrom<i64>>(
        &mut self,
        _schema: &Schema<'_>,
        read: impl FnOnce(&mut dyn ShapeDeserializer) -> Outcome<T>,
    ) -> Outcome<T> {
        read(self.runtime)
    }

    /// Reads a float.
    pub(crate) fn read_float<T>(
        &mut self,
        _schema: &Schema<'_>,
        read: impl FnOnce(&mut dyn ShapeDeserializer) -> Outcome<T>,
    ) -> Outcome<T> {
        read(self.runtime)
    }

    /// Reads a time.
    pub(crate) fn read_time(&mut self, schema: &Schema<'_>) -> Outcome<DateTime> {
        self.runtime.read_timestamp(schema)
    }

    /// Reads a document.
    pub(crate) fn read_document(&mut self, schema: &Schema<'_>) -> Outcome<Document> {
        self.runtime.read_document(schema)
    }

    /// Whether the next value is null.
    pub(crate) fn is_null(&mut self) -> bool {
        self.runtime.is_null()
    }

    /// Skips a null.
    pub(crate) fn read_null(&mut self) -> Outcome {
        self.runtime.read_null()
    }
}
