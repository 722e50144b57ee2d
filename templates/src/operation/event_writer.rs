//! Writes events: the members of an event become headers and payload of its frame.

use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeSerializer};
use aws_smithy_schema::{Schema, ShapeType};
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

use super::event_frame::{codec, is_in_payload};
use super::runtime::protocol;

type Outcome = Result<(), SerdeError>;

/// The frame of an event that is being written.
#[derive(Default)]
pub(super) struct Frame {
    kind: String,
    headers: Vec<Header>,
    payload: Option<(&'static str, Vec<u8>)>,
}

/// Writes an event: a variant of the union.
pub(super) fn event(event: &dyn SerializableStruct) -> Result<Message, SerdeError> {
    let mut frame = Frame::default();
    event.serialize_members(&mut frame)?;
    Ok(frame.into_message("event"))
}

//~ if sends-errors
/// Writes an error of the model, under the name of a member of the union.
pub(crate) fn exception(name: &str, error: &dyn SerializableStruct) -> Result<Message, SerdeError> {
    let mut frame = Frame::default();
    frame.write_event(name, error)?;
    Ok(frame.into_message("exception"))
}
//~ end

impl Frame {
    //~ if initial-request
    /// A frame that is not an event.
    pub(super) fn named(kind: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            ..Self::default()
        }
    }

    //~ end
    pub(super) fn into_message(self, kind: &str) -> Message {
        let text = |text: String| HeaderValue::String(text.into());
        let mut headers = vec![
            Header::new(":message-type", text(kind.to_owned())),
            Header::new(format!(":{kind}-type"), text(self.kind)),
        ];
        let (content_type, payload) = self.payload.unzip();
        headers.extend(content_type.map(|it| Header::new(":content-type", text(it.to_owned()))));
        headers.extend(self.headers);
        Message::new_from_parts(headers, payload.unwrap_or_default())
    }

    /// Writes a structure whose members are headers, the payload, or parts of the payload.
    fn write_event(&mut self, name: &str, value: &dyn SerializableStruct) -> Outcome {
        self.kind = name.to_owned();
        value.serialize_members(self)?;
        let members = value.schema().members();
        match members.iter().find(|it| it.event_payload().is_some()) {
            // A payload that is not set is empty.
            Some(member) => {
                self.payload
                    .get_or_insert_with(|| (media_type(member), Vec::new()));
            }
            // An event without members is a document without members.
            None if members.is_empty() || members.iter().any(|it| is_in_payload(it)) => {
                self.write_payload(&InPayload(value))?;
            }
            None => {}
        }
        Ok(())
    }

    /// Writes a structure with the protocol's codec.
    pub(super) fn write_payload(&mut self, value: &dyn SerializableStruct) -> Outcome {
        let mut serializer = codec()?.create_serializer();
        serializer.write_struct(value.schema(), value)?;
        self.payload = Some((media_type(value.schema()), serializer.finish_boxed()));
        Ok(())
    }

    /// Writes a value to the place in its schema. Values that share the payload are written later.
    fn put(
        &mut self,
        schema: &Schema<'_>,
        header: impl FnOnce() -> Option<HeaderValue>,
    ) -> Outcome {
        if schema.event_header().is_none() {
            return Ok(());
        }
        match (schema.member_name(), header()) {
            (Some(name), Some(value)) => self.headers.push(Header::new(name.to_owned(), value)),
            _ => {
                return Err(SerdeError::unsupported(
                    "this cannot be a header of an event",
                ));
            }
        }
        Ok(())
    }
}

/// The content of a payload.
fn media_type(payload: &Schema<'_>) -> &'static str {
    const BYTES: &str = "application/octet-stream";
    match payload.shape_type() {
        ShapeType::Blob => BYTES,
        ShapeType::String => "text/plain",
        _ => protocol().event_stream_media_type().unwrap_or(BYTES),
    }
}

/// The members that share the payload, without the headers.
struct InPayload<'a>(&'a dyn SerializableStruct);

impl SerializableStruct for InPayload<'_> {
    fn schema(&self) -> &Schema<'_> {
        self.0.schema()
    }

    fn serialize_members(&self, serializer: &mut dyn ShapeSerializer) -> Outcome {
        self.0.serialize_members(&mut Rest(serializer))
    }
}

impl ShapeSerializer for Frame {
    fn write_struct(&mut self, schema: &Schema<'_>, value: &dyn SerializableStruct) -> Outcome {
        if schema.event_payload().is_some() {
            return self.write_payload(value);
        }
        if !self.kind.is_empty() {
            return self.put(schema, || None);
        }
        // The event itself: a member of the union.
        self.write_event(schema.member_name().unwrap_or_default(), value)
    }

    fn write_list(
        &mut self,
        schema: &Schema<'_>,
        _: &dyn Fn(&mut dyn ShapeSerializer) -> Outcome,
    ) -> Outcome {
        self.put(schema, || None)
    }

    fn write_map(
        &mut self,
        schema: &Schema<'_>,
        _: &dyn Fn(&mut dyn ShapeSerializer) -> Outcome,
    ) -> Outcome {
        self.put(schema, || None)
    }

    fn write_boolean(&mut self, schema: &Schema<'_>, value: bool) -> Outcome {
        self.put(schema, || Some(HeaderValue::Bool(value)))
    }

    fn write_byte(&mut self, schema: &Schema<'_>, value: i8) -> Outcome {
        self.put(schema, || Some(HeaderValue::Byte(value)))
    }

    fn write_short(&mut self, schema: &Schema<'_>, value: i16) -> Outcome {
        self.put(schema, || Some(HeaderValue::Int16(value)))
    }

    fn write_integer(&mut self, schema: &Schema<'_>, value: i32) -> Outcome {
        self.put(schema, || Some(HeaderValue::Int32(value)))
    }

    fn write_long(&mut self, schema: &Schema<'_>, value: i64) -> Outcome {
        self.put(schema, || Some(HeaderValue::Int64(value)))
    }

    fn write_float(&mut self, schema: &Schema<'_>, _: f32) -> Outcome {
        self.put(schema, || None)
    }

    fn write_double(&mut self, schema: &Schema<'_>, _: f64) -> Outcome {
        self.put(schema, || None)
    }

    fn write_big_integer(&mut self, schema: &Schema<'_>, _: &BigInteger) -> Outcome {
        self.put(schema, || None)
    }

    fn write_big_decimal(&mut self, schema: &Schema<'_>, _: &BigDecimal) -> Outcome {
        self.put(schema, || None)
    }

    fn write_string(&mut self, schema: &Schema<'_>, value: &str) -> Outcome {
        if schema.event_payload().is_some() {
            self.payload = Some((media_type(schema), value.as_bytes().to_vec()));
            return Ok(());
        }
        self.put(schema, || {
            Some(HeaderValue::String(value.to_owned().into()))
        })
    }

    fn write_blob(&mut self, schema: &Schema<'_>, value: Blob) -> Outcome {
        if schema.event_payload().is_some() {
            self.payload = Some((media_type(schema), value.into_inner()));
            return Ok(());
        }
        self.put(schema, || {
            Some(HeaderValue::ByteArray(value.into_inner().into()))
        })
    }

    fn write_timestamp(&mut self, schema: &Schema<'_>, value: &DateTime) -> Outcome {
        self.put(schema, || Some(HeaderValue::Timestamp(*value)))
    }

    fn write_document(&mut self, schema: &Schema<'_>, _: &Document) -> Outcome {
        self.put(schema, || None)
    }

    fn write_null(&mut self, schema: &Schema<'_>) -> Outcome {
        self.put(schema, || None)
    }
}

/// Passes on members that are not headers.
struct Rest<'a>(&'a mut dyn ShapeSerializer);

/// Methods that pass a value on.
macro_rules! pass_on {
    ($($method:ident($($name:ident: $type:ty),*);)*) => {$(
        fn $method(&mut self, schema: &Schema<'_>, $($name: $type),*) -> Outcome {
            match is_in_payload(schema) {
                true => self.0.$method(schema, $($name),*),
                false => Ok(()),
            }
        }
    )*};
}

impl ShapeSerializer for Rest<'_> {
    pass_on! {
        write_struct(value: &dyn SerializableStruct);
        write_list(elements: &dyn Fn(&mut dyn ShapeSerializer) -> Outcome);
        write_list_with_length(
            length: usize,
            elements: &dyn Fn(&mut dyn ShapeSerializer) -> Outcome
        );
        write_map(entries: &dyn Fn(&mut dyn ShapeSerializer) -> Outcome);
        write_map_with_length(
            length: usize,
            entries: &dyn Fn(&mut dyn ShapeSerializer) -> Outcome
        );
        write_boolean(value: bool);
        write_byte(value: i8);
        write_short(value: i16);
        write_integer(value: i32);
        write_long(value: i64);
        write_float(value: f32);
        write_double(value: f64);
        write_big_integer(value: &BigInteger);
        write_big_decimal(value: &BigDecimal);
        write_string(value: &str);
        write_blob(value: Blob);
        write_timestamp(value: &DateTime);
        write_document(value: &Document);
        write_null();
    }
}
