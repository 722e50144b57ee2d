//! Writes forms of [`ec2Query`][protocol]: `Action=…&Version=…&Filter.1.Name=…`.
//!
//! [protocol]: https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html

use std::fmt::{Display, Write};

use aws_smithy_schema::Schema;
use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeSerializer};
use aws_smithy_schema::traits::TimestampFormat;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::primitive::Encoder;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, base64};

type Outcome = Result<(), SerdeError>;

/// A form that is being written.
pub(super) struct Form {
    text: String,
    /// The prefix of the names of members in the current structure or list.
    prefix: String,
    /// The number of elements of a list written so far.
    elements: Option<usize>,
}

impl Form {
    /// Begins a form for a call.
    pub(super) fn new(action: &str, version: &str) -> Self {
        let mut form = Self {
            text: "Action=".to_owned(),
            prefix: String::new(),
            elements: None,
        };
        form.encode(action);
        form.text.push_str("&Version=");
        form.encode(version);
        form
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    /// Writes a value with the name of its member, or the number of its element, in front.
    fn below(
        &mut self,
        schema: &Schema<'_>,
        elements: Option<usize>,
        write: impl FnOnce(&mut Self) -> Outcome,
    ) -> Outcome {
        let length = self.prefix.len();
        if length > 0 {
            self.prefix.push('.');
        }
        match &mut self.elements {
            Some(count) => {
                *count += 1;
                let _ = write!(self.prefix, "{count}");
            }
            None => push_name(&mut self.prefix, schema),
        }
        let outer = std::mem::replace(&mut self.elements, elements);
        let outcome = write(self);
        self.elements = outer;
        self.prefix.truncate(length);
        outcome
    }

    fn value(&mut self, schema: &Schema<'_>, value: &str) -> Outcome {
        self.below(schema, None, |form| {
            form.text.push('&');
            form.text.push_str(&form.prefix);
            form.text.push('=');
            form.encode(value);
            Ok(())
        })
    }

    fn display(&mut self, schema: &Schema<'_>, value: impl Display) -> Outcome {
        self.value(schema, &value.to_string())
    }

    /// Appends a text. Escapes all characters except the unreserved ones of URIs.
    fn encode(&mut self, text: &str) {
        for byte in text.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    self.text.push(char::from(byte));
                }
                _ => {
                    let _ = write!(self.text, "%{byte:02X}");
                }
            }
        }
    }
}

/// The name of a member: its `@ec2QueryName`, which schemas store as the JSON name, or else its
/// name in XML, capitalized.
fn push_name(text: &mut String, member: &Schema<'_>) {
    if let Some(name) = member.json_name() {
        text.push_str(name.value());
        return;
    }
    let name = match member.xml_name() {
        Some(name) => name.value(),
        None => member.member_name().unwrap_or_default(),
    };
    let mut characters = name.chars();
    text.extend(characters.next().map(|first| first.to_ascii_uppercase()));
    text.push_str(characters.as_str());
}

fn unsupported(what: &str) -> Outcome {
    let message = format!("requests of the protocol ec2Query have no {what}");
    Err(SerdeError::unsupported(message))
}

impl ShapeSerializer for Form {
    fn write_struct(&mut self, schema: &Schema<'_>, value: &dyn SerializableStruct) -> Outcome {
        self.below(schema, None, |form| value.serialize_members(form))
    }

    fn write_list(
        &mut self,
        schema: &Schema<'_>,
        write_elements: &dyn Fn(&mut dyn ShapeSerializer) -> Outcome,
    ) -> Outcome {
        self.below(schema, Some(0), |form| write_elements(form))
    }

    fn write_map(
        &mut self,
        _: &Schema<'_>,
        _: &dyn Fn(&mut dyn ShapeSerializer) -> Outcome,
    ) -> Outcome {
        unsupported("maps")
    }

    fn write_boolean(&mut self, schema: &Schema<'_>, value: bool) -> Outcome {
        self.display(schema, value)
    }

    fn write_byte(&mut self, schema: &Schema<'_>, value: i8) -> Outcome {
        self.display(schema, value)
    }

    fn write_short(&mut self, schema: &Schema<'_>, value: i16) -> Outcome {
        self.display(schema, value)
    }

    fn write_integer(&mut self, schema: &Schema<'_>, value: i32) -> Outcome {
        self.display(schema, value)
    }

    fn write_long(&mut self, schema: &Schema<'_>, value: i64) -> Outcome {
        self.display(schema, value)
    }

    fn write_float(&mut self, schema: &Schema<'_>, value: f32) -> Outcome {
        self.value(schema, Encoder::from(value).encode())
    }

    fn write_double(&mut self, schema: &Schema<'_>, value: f64) -> Outcome {
        self.value(schema, Encoder::from(value).encode())
    }

    fn write_big_integer(&mut self, schema: &Schema<'_>, value: &BigInteger) -> Outcome {
        self.value(schema, value.as_ref())
    }

    fn write_big_decimal(&mut self, schema: &Schema<'_>, value: &BigDecimal) -> Outcome {
        self.value(schema, value.as_ref())
    }

    fn write_string(&mut self, schema: &Schema<'_>, value: &str) -> Outcome {
        self.value(schema, value)
    }

    fn write_blob(&mut self, schema: &Schema<'_>, value: Blob) -> Outcome {
        self.value(schema, &base64::encode(value))
    }

    fn write_timestamp(&mut self, schema: &Schema<'_>, value: &DateTime) -> Outcome {
        let format = match schema.timestamp_format().map(|it| it.format()) {
            Some(TimestampFormat::EpochSeconds) => Format::EpochSeconds,
            Some(TimestampFormat::HttpDate) => Format::HttpDate,
            _ => Format::DateTime,
        };
        let text = value
            .fmt(format)
            .map_err(|error| SerdeError::custom(format!("the time cannot be written: {error}")))?;
        self.value(schema, &text)
    }

    fn write_document(&mut self, _: &Schema<'_>, _: &Document) -> Outcome {
        unsupported("documents")
    }

    fn write_null(&mut self, _: &Schema<'_>) -> Outcome {
        Ok(())
    }
}
