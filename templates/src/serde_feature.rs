//! `serde` for the types of this crate.
//!
//! A value is converted to a [`Document`] with the model's member names, without loss:
//!
//! - A time is RFC 3339 text with all digits of its second, or decimal seconds since the epoch if
//!   the year has more than four digits. A number of seconds can be read, too.
//! - Floats that are not finite are `"NaN"`, `"Infinity"` and `"-Infinity"` in text formats, as in
//!   the service's protocol, and floats in binary formats.
//! - A blob is Base64, a big number is text. Numbers are read exactly, or refused.
//! - A variant that this crate does not know is `{"$unknown": {}}`. Unknown members are read as it.
//! - The metadata of the response of an output or error is the member `$metadata`.
//!
//! Sensitive members are written like all others. Errors do not quote values.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use ::serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use ::serde::ser::{self, Serialize, SerializeMap, Serializer};
use aws_smithy_schema::document::DocumentShapeDeserializer;
use aws_smithy_schema::serde::{
    SerdeError, SerializableStruct, ShapeDeserializer, ShapeSerializer,
};
use aws_smithy_schema::{Schema, ShapeType, prelude};
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, Number, base64};

use crate::reader::Reader;
use crate::response_metadata::saved::Response;
use crate::serde::Shape;

type Outcome<T = ()> = Result<T, SerdeError>;

/// The member with the metadata of a response.
const METADATA: &str = "$metadata";

/// Serializes any value of the model, with the metadata of its response.
pub(crate) fn serialize<T: Shape, S: Serializer>(
    value: &T,
    response: Response,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut writer = Writer {
        for_people: serializer.is_human_readable(),
        written: Vec::new(),
    };
    value
        .write(&mut writer, &prelude::DOCUMENT)
        .map_err(ser::Error::custom)?;
    let (_, mut tree) = writer.written.swap_remove(0);
    if let (Document::Object(members), Some(known)) = (&mut tree, response.save()) {
        members.insert(METADATA.to_owned(), known);
    }
    Tree(&tree).serialize(serializer)
}

/// Deserializes any value of the model, with the metadata of its response.
pub(crate) fn deserialize<'de, T: Shape, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<(T, Response), D::Error> {
    let OwnedTree(tree) = OwnedTree::deserialize(deserializer)?;
    let value = T::read(&mut Reader::of(&mut Loader(&tree)), &prelude::DOCUMENT)
        .map_err(de::Error::custom)?;
    let known = tree.as_object().and_then(|members| members.get(METADATA));
    Ok((value, known.map(Response::load).unwrap_or_default()))
}

/// Builds a value from what is written, with the names of members.
struct Writer {
    for_people: bool,
    written: Vec<(String, Document)>,
}

impl Writer {
    fn put(&mut self, schema: &Schema<'_>, value: impl Into<Document>) -> Outcome {
        let name = schema.member_name().unwrap_or_default().to_owned();
        self.written.push((name, value.into()));
        Ok(())
    }

    /// Collects what is written inside a value.
    fn within(
        &self,
        write: &dyn Fn(&mut dyn ShapeSerializer) -> Outcome,
    ) -> Outcome<Vec<(String, Document)>> {
        let mut inner = Self {
            for_people: self.for_people,
            written: Vec::new(),
        };
        write(&mut inner)?;
        Ok(inner.written)
    }
}

/// A time with all its digits. The runtime drops digits of nanoseconds in RFC 3339.
fn time_text(time: &DateTime) -> String {
    let seconds = DateTime::from_secs(time.secs()).to_string();
    match seconds.strip_suffix('Z') {
        Some(text) if time.has_subsec_nanos() => {
            let nanos = format!("{:09}", time.subsec_nanos());
            format!("{text}.{}Z", nanos.trim_end_matches('0'))
        }
        Some(_) => seconds,
        // Seconds since the epoch, for years that RFC 3339 does not allow.
        None => time.to_string(),
    }
}

macro_rules! leaves {
    ($($write:ident($value:ident: $type:ty) => $leaf:expr;)*) => {$(
        fn $write(&mut self, schema: &Schema<'_>, $value: $type) -> Outcome {
            self.put(schema, $leaf)
        }
    )*};
}

impl ShapeSerializer for Writer {
    leaves! {
        write_boolean(value: bool) => value;
        write_byte(value: i8) => i64::from(value);
        write_short(value: i16) => i64::from(value);
        write_integer(value: i32) => i64::from(value);
        write_long(value: i64) => value;
        write_big_integer(value: &BigInteger) => value.as_ref().to_owned();
        write_big_decimal(value: &BigDecimal) => value.as_ref().to_owned();
        write_string(value: &str) => value.to_owned();
        write_blob(value: Blob) => base64::encode(value);
        write_timestamp(value: &DateTime) => time_text(value);
        write_document(value: &Document) => value.clone();
    }

    fn write_null(&mut self, schema: &Schema<'_>) -> Outcome {
        self.put(schema, Document::Null)
    }

    fn write_float(&mut self, schema: &Schema<'_>, value: f32) -> Outcome {
        self.write_double(schema, value.into())
    }

    fn write_double(&mut self, schema: &Schema<'_>, value: f64) -> Outcome {
        match value {
            _ if value.is_finite() || !self.for_people => self.put(schema, value),
            f64::INFINITY => self.put(schema, "Infinity"),
            f64::NEG_INFINITY => self.put(schema, "-Infinity"),
            _ => self.put(schema, "NaN"),
        }
    }

    fn write_struct(&mut self, schema: &Schema<'_>, value: &dyn SerializableStruct) -> Outcome {
        let members = match self.within(&|writer| value.serialize_members(writer)) {
            // Unions fail like this for the variant that cannot be sent.
            Err(SerdeError::UnsupportedOperation { .. }) => {
                vec![("$unknown".to_owned(), HashMap::new().into())]
            }
            members => members?,
        };
        // A structure that is the whole body of a message is written without the member's name.
        let mut payload = value.schema().members().iter();
        let payload = payload.find(|member| member.http_payload().is_some());
        let payload = payload.and_then(|member| member.member_name());
        let named = members.into_iter().map(|(name, value)| match payload {
            Some(payload) if name.is_empty() => (payload.to_owned(), value),
            _ => (name, value),
        });
        self.put(schema, named.collect::<HashMap<_, _>>())
    }

    fn write_list(
        &mut self,
        schema: &Schema<'_>,
        write: &dyn Fn(&mut dyn ShapeSerializer) -> Outcome,
    ) -> Outcome {
        let elements = self.within(write)?.into_iter().map(|(_, value)| value);
        self.put(schema, elements.collect::<Vec<_>>())
    }

    fn write_map(
        &mut self,
        schema: &Schema<'_>,
        write: &dyn Fn(&mut dyn ShapeSerializer) -> Outcome,
    ) -> Outcome {
        let mut written = self.within(write)?.into_iter().map(|(_, value)| value);
        let mut entries = HashMap::new();
        while let (Some(Document::String(key)), Some(value)) = (written.next(), written.next()) {
            entries.insert(key, value);
        }
        self.put(schema, entries)
    }
}

/// Reads values that a `Writer` or a person has written.
struct Loader<'a>(&'a Document);

fn unfit(schema: &Schema<'_>) -> SerdeError {
    let name = schema.member_name().unwrap_or("a value");
    let shape = schema.shape_type();
    SerdeError::type_mismatch(format!("{name}: this is not what a {shape:?} can be"))
}

macro_rules! by_runtime {
    ($($read:ident: $type:ty),*) => {$(
        fn $read(&mut self, schema: &Schema<'_>) -> Outcome<$type> {
            let read = DocumentShapeDeserializer::new(self.0).$read(schema);
            read.map_err(|_| unfit(schema))
        }
    )*};
}

macro_rules! integers {
    ($($read:ident: $type:ty),*) => {$(
        fn $read(&mut self, schema: &Schema<'_>) -> Outcome<$type> {
            match self.0 {
                // Above that, a float may represent several numbers.
                Document::Number(Number::Float(value)) if value.abs() >= 9e15 => Err(unfit(schema)),
                value => {
                    let read = DocumentShapeDeserializer::new(value).$read(schema);
                    read.map_err(|_| unfit(schema))
                }
            }
        }
    )*};
}

macro_rules! big_numbers {
    ($($read:ident: $type:ty),*) => {$(
        fn $read(&mut self, schema: &Schema<'_>) -> Outcome<$type> {
            let text = match self.0 {
                Document::String(text) => text.clone(),
                Document::Number(Number::PosInt(value)) => value.to_string(),
                Document::Number(Number::NegInt(value)) => value.to_string(),
                // Its digits are unknown.
                _ => return Err(unfit(schema)),
            };
            text.parse().map_err(|_| unfit(schema))
        }
    )*};
}

impl ShapeDeserializer for Loader<'_> {
    by_runtime!(read_boolean: bool, read_string: String, read_blob: Blob, read_document: Document);
    integers!(read_byte: i8, read_short: i16, read_integer: i32, read_long: i64);
    big_numbers!(read_big_integer: BigInteger, read_big_decimal: BigDecimal);

    fn read_double(&mut self, schema: &Schema<'_>) -> Outcome<f64> {
        match (schema.shape_type(), self.0) {
            (ShapeType::Float | ShapeType::Double, Document::Number(value)) => {
                Ok(value.to_f64_lossy())
            }
            (ShapeType::Float | ShapeType::Double, Document::String(text)) => match &**text {
                "NaN" => Ok(f64::NAN),
                "Infinity" => Ok(f64::INFINITY),
                "-Infinity" => Ok(f64::NEG_INFINITY),
                _ => Err(unfit(schema)),
            },
            _ => Err(unfit(schema)),
        }
    }

    fn read_float(&mut self, schema: &Schema<'_>) -> Outcome<f32> {
        let double = self.read_double(schema)?;
        let float = double as f32;
        let fits = float.is_finite() == double.is_finite();
        fits.then_some(float).ok_or_else(|| unfit(schema))
    }

    fn read_timestamp(&mut self, schema: &Schema<'_>) -> Outcome<DateTime> {
        let parse = |text: &str, format| DateTime::from_str(text, format).ok();
        let seconds = |text: String| parse(&text, Format::EpochSeconds);
        let time = match self.0 {
            Document::String(text) => {
                parse(text, Format::DateTime).or_else(|| seconds(text.clone()))
            }
            Document::Number(Number::PosInt(value)) => seconds(value.to_string()),
            Document::Number(Number::NegInt(value)) => seconds(value.to_string()),
            // The intended digits, if there are not too many.
            Document::Number(Number::Float(value)) => {
                seconds(value.to_string()).or_else(|| seconds(format!("{value:.9}")))
            }
            _ => None,
        };
        time.ok_or_else(|| unfit(schema))
    }

    fn read_struct(
        &mut self,
        schema: &Schema<'_>,
        consumer: &mut dyn FnMut(&Schema<'_>, &mut dyn ShapeDeserializer) -> Outcome,
    ) -> Outcome {
        for (name, value) in self.0.as_object().ok_or_else(|| unfit(schema))? {
            let mut members = schema.members().iter();
            let member = members.find(|member| member.member_name() == Some(name));
            let may_be_null = member.is_some_and(|it| it.shape_type() == ShapeType::Document);
            if may_be_null || !value.is_null() {
                // Unknown members have the schema of a document, as in a response.
                consumer(member.unwrap_or(&&prelude::DOCUMENT), &mut Loader(value))?;
            }
        }
        Ok(())
    }

    fn read_list(
        &mut self,
        schema: &Schema<'_>,
        consumer: &mut dyn FnMut(&mut dyn ShapeDeserializer) -> Outcome,
    ) -> Outcome {
        let elements = self.0.as_array().ok_or_else(|| unfit(schema))?;
        elements
            .iter()
            .try_for_each(|value| consumer(&mut Loader(value)))
    }

    fn read_map(
        &mut self,
        schema: &Schema<'_>,
        consumer: &mut dyn FnMut(String, &mut dyn ShapeDeserializer) -> Outcome,
    ) -> Outcome {
        let entries = self.0.as_object().ok_or_else(|| unfit(schema))?;
        entries
            .iter()
            .try_for_each(|(key, value)| consumer(key.clone(), &mut Loader(value)))
    }

    fn is_null(&self) -> bool {
        self.0.is_null()
    }

    fn container_size(&self) -> Option<usize> {
        None
    }
}

/// A document that `serde` can write.
struct Tree<'a>(&'a Document);

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Document::Null => serializer.serialize_unit(),
            Document::Bool(value) => serializer.serialize_bool(*value),
            Document::Number(Number::PosInt(value)) => serializer.serialize_u64(*value),
            Document::Number(Number::NegInt(value)) => serializer.serialize_i64(*value),
            Document::Number(Number::Float(value))
                if serializer.is_human_readable() && !value.is_finite() =>
            {
                Err(ser::Error::custom(
                    "a document cannot say `NaN` or `Infinity`",
                ))
            }
            Document::Number(Number::Float(value)) => serializer.serialize_f64(*value),
            Document::String(value) => serializer.serialize_str(value),
            Document::Array(items) => serializer.collect_seq(items.iter().map(Tree)),
            Document::Object(entries) => {
                // Sorts the entries of hash maps, so that equal values are written alike.
                let sorted: BTreeMap<_, _> = entries.iter().collect();
                let mut map = serializer.serialize_map(Some(sorted.len()))?;
                for (key, value) in sorted {
                    map.serialize_entry(key, &Tree(value))?;
                }
                map.end()
            }
        }
    }
}

/// A document that `serde` can read.
struct OwnedTree(Document);

impl<'de> Deserialize<'de> for OwnedTree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor).map(Self)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Document;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of the service's model")
    }

    fn visit_unit<E>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_none<E>(self) -> Result<Document, E> {
        Ok(Document::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Document, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Document, E> {
        Ok(Document::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Document, E> {
        Ok(Document::Number(Number::PosInt(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Document, E> {
        Ok(Document::Number(match u64::try_from(value) {
            Ok(value) => Number::PosInt(value),
            Err(_) => Number::NegInt(value),
        }))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Document, E> {
        Ok(Document::Number(Number::Float(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Document, E> {
        Ok(Document::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Document, A::Error> {
        let mut array = Vec::new();
        while let Some(OwnedTree(item)) = items.next_element()? {
            array.push(item);
        }
        Ok(Document::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Document, A::Error> {
        let mut object = HashMap::new();
        while let Some((key, OwnedTree(value))) = entries.next_entry()? {
            object.insert(key, value);
        }
        Ok(Document::Object(object))
    }
}
