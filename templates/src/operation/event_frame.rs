//! Reads values from frames of events.
//!
//! The schema of an event determines which members are headers of its frame, and whether one member
//! is the whole payload. All other members share the payload.

use aws_smithy_schema::codec::DynCodec;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeType};
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

use super::runtime::protocol;

type Outcome<T = ()> = Result<T, SerdeError>;

pub(super) fn codec() -> Outcome<&'static dyn DynCodec> {
    let codec = protocol().payload_codec();
    codec.ok_or_else(|| SerdeError::unsupported("the protocol has no way to write events"))
}

/// A header of a frame.
pub(super) fn header<'a>(message: &'a Message, name: &str) -> Option<&'a HeaderValue> {
    let header = message.headers().iter();
    let mut found = header.filter(|header| header.name().as_str() == name);
    found.next().map(Header::value)
}

/// Whether a member shares the payload with others.
pub(super) fn is_in_payload(member: &Schema<'_>) -> bool {
    member.event_header().is_none() && member.event_payload().is_none()
}

/// The source that values are read from.
pub(super) enum Part<'a> {
    /// An event.
    Frame(&'a Message),
    /// A member that is a header.
    Header(&'a HeaderValue),
    /// A member that is the payload.
    Payload(&'a [u8]),
}

impl Part<'_> {
    #[cold]
    fn unexpected<T>(&self, wanted: &str) -> Outcome<T> {
        let place = match self {
            Self::Frame(_) => "an event",
            Self::Header(_) => "a header of an event",
            Self::Payload(_) => "the payload of an event",
        };
        Err(SerdeError::invalid_input(format!("{place} is no {wanted}")))
    }

    fn integer<T: TryFrom<i64>>(&self) -> Outcome<T> {
        let value = match self {
            Self::Header(HeaderValue::Byte(value)) => i64::from(*value),
            Self::Header(HeaderValue::Int16(value)) => i64::from(*value),
            Self::Header(HeaderValue::Int32(value)) => i64::from(*value),
            Self::Header(HeaderValue::Int64(value)) => *value,
            _ => return self.unexpected("integer"),
        };
        T::try_from(value).map_err(|_| SerdeError::invalid_input("the number is out of range"))
    }

    /// Reads the payload with the protocol's codec.
    fn payload<T>(
        &self,
        wanted: &str,
        read: impl FnOnce(&mut dyn ShapeDeserializer) -> Outcome<T>,
    ) -> Outcome<T> {
        match self {
            Self::Payload(payload) => read(&mut *codec()?.create_deserializer(payload)),
            _ => self.unexpected(wanted),
        }
    }
}

type State<'s> = dyn FnMut(&Schema<'_>, &mut dyn ShapeDeserializer) -> Outcome + 's;

fn read_frame(message: &Message, schema: &Schema<'_>, state: &mut State<'_>) -> Outcome {
    let payload = message.payload();
    let mut is_shared = !payload.is_empty();
    for member in schema.members() {
        if member.event_payload().is_some() {
            is_shared = false;
            let is_text = matches!(member.shape_type(), ShapeType::Blob | ShapeType::String);
            if is_text || !payload.is_empty() {
                state(member, &mut Part::Payload(payload))?;
            }
        } else if member.event_header().is_some() {
            let header = member.member_name().and_then(|name| header(message, name));
            if let Some(header) = header {
                state(member, &mut Part::Header(header))?;
            }
        }
    }
    if !is_shared || !schema.members().iter().any(|it| is_in_payload(it)) {
        return Ok(());
    }
    let mut de = codec()?.create_deserializer(payload);
    de.read_struct(schema, &mut |member, de| match is_in_payload(member) {
        true => state(member, de),
        false => de.skip_value(),
    })
}

impl ShapeDeserializer for Part<'_> {
    fn read_struct(&mut self, schema: &Schema<'_>, state: &mut State<'_>) -> Outcome {
        match self {
            Self::Frame(message) => read_frame(message, schema, state),
            _ => self.payload("structure", |de| de.read_struct(schema, state)),
        }
    }

    fn read_list(
        &mut self,
        schema: &Schema<'_>,
        state: &mut dyn FnMut(&mut dyn ShapeDeserializer) -> Outcome,
    ) -> Outcome {
        self.payload("list", |de| de.read_list(schema, state))
    }

    fn read_map(
        &mut self,
        schema: &Schema<'_>,
        state: &mut dyn FnMut(String, &mut dyn ShapeDeserializer) -> Outcome,
    ) -> Outcome {
        self.payload("map", |de| de.read_map(schema, state))
    }

    fn read_boolean(&mut self, _: &Schema<'_>) -> Outcome<bool> {
        match self {
            Self::Header(HeaderValue::Bool(value)) => Ok(*value),
            _ => self.unexpected("boolean"),
        }
    }

    fn read_byte(&mut self, _: &Schema<'_>) -> Outcome<i8> {
        self.integer()
    }

    fn read_short(&mut self, _: &Schema<'_>) -> Outcome<i16> {
        self.integer()
    }

    fn read_integer(&mut self, _: &Schema<'_>) -> Outcome<i32> {
        self.integer()
    }

    fn read_long(&mut self, _: &Schema<'_>) -> Outcome<i64> {
        self.integer()
    }

    fn read_float(&mut self, _: &Schema<'_>) -> Outcome<f32> {
        self.unexpected("float")
    }

    fn read_double(&mut self, _: &Schema<'_>) -> Outcome<f64> {
        self.unexpected("double")
    }

    fn read_big_integer(&mut self, _: &Schema<'_>) -> Outcome<BigInteger> {
        self.unexpected("big integer")
    }

    fn read_big_decimal(&mut self, _: &Schema<'_>) -> Outcome<BigDecimal> {
        self.unexpected("big decimal")
    }

    fn read_string(&mut self, _: &Schema<'_>) -> Outcome<String> {
        match self {
            Self::Header(HeaderValue::String(value)) => Ok(value.as_str().to_owned()),
            Self::Payload(payload) => String::from_utf8(payload.to_vec())
                .map_err(|_| SerdeError::invalid_input("the payload of an event is not UTF-8")),
            _ => self.unexpected("string"),
        }
    }

    fn read_blob(&mut self, _: &Schema<'_>) -> Outcome<Blob> {
        match self {
            Self::Header(HeaderValue::ByteArray(value)) => Ok(Blob::new(value.as_ref())),
            Self::Payload(payload) => Ok(Blob::new(*payload)),
            _ => self.unexpected("blob"),
        }
    }

    fn read_timestamp(&mut self, _: &Schema<'_>) -> Outcome<DateTime> {
        match self {
            Self::Header(HeaderValue::Timestamp(value)) => Ok(*value),
            _ => self.unexpected("timestamp"),
        }
    }

    fn read_document(&mut self, schema: &Schema<'_>) -> Outcome<Document> {
        self.payload("document", |de| de.read_document(schema))
    }

    fn is_null(&self) -> bool {
        false
    }

    fn container_size(&self) -> Option<usize> {
        None
    }
}
