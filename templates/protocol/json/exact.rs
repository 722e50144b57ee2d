//! Reads exact numbers and times from a deserializer of the runtime.
//!
//! The runtime's codec reads integers exactly, but refuses those that are spelled as `1.0`. It
//! reads fractions of seconds through a float, and turns numbers that are too large for a float
//! into infinity. But it returns big decimals as their text, and this module makes values from
//! that text. If the codec cannot read a value, it does not advance. So this module tries a
//! string first, since a string would be read as a big decimal, too.

use std::str::FromStr;

use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_schema::traits::TimestampFormat;
use aws_smithy_schema::{Schema, prelude};
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, DateTime, Document, Number};

use super::{Outcome, number};

/// Reads an integer: as a long, with `read`, or from the text of a big decimal.
pub(super) fn integer<T: TryFrom<i64>>(
    de: &mut dyn ShapeDeserializer,
    schema: &Schema<'_>,
    read: impl FnOnce(&mut dyn ShapeDeserializer) -> Outcome<T>,
) -> Outcome<T> {
    // A smaller type would not consume a number that is too large for it.
    if let Ok(value) = de.read_long(schema) {
        return T::try_from(value).map_err(|_| out_of_range());
    }
    read(de).or_else(|error| {
        let text = decimal(de, schema).map_err(|_| error)?;
        number::integer(text.as_ref()).ok_or_else(out_of_range)
    })
}

/// Reads a float: from the text of a big decimal, or with `read`.
pub(super) fn float<T: FromStr + Copy + Into<f64>>(
    de: &mut dyn ShapeDeserializer,
    schema: &Schema<'_>,
    read: impl FnOnce(&mut dyn ShapeDeserializer) -> Outcome<T>,
) -> Outcome<T> {
    let Ok(text) = de.read_string(&prelude::STRING) else {
        return match de.read_big_decimal(schema) {
            Ok(text) => number::float(text.as_ref()).ok_or_else(out_of_range),
            Err(_) => read(de),
        };
    };
    if let Some(value) = number::not_finite(&text) {
        return Ok(value);
    }
    // Only headers remain, which have neither numbers nor documents.
    if de.read_document(&prelude::DOCUMENT).is_ok() {
        return Err(SerdeError::invalid_input("a string is no number"));
    }
    let value = read(de)?;
    let is_finite = value.into().is_finite();
    is_finite.then_some(value).ok_or_else(out_of_range)
}

/// Reads a time of a response.
pub(super) fn time(de: &mut dyn ShapeDeserializer, schema: &Schema<'_>) -> Outcome<DateTime> {
    if schema.http_header().is_some() {
        return de.read_timestamp(schema).or_else(|error| {
            let text = de.read_string(&prelude::STRING).ok();
            let seconds = text.filter(|_| format(schema) == Format::EpochSeconds);
            let time = seconds.and_then(|it| number::time(it.trim()));
            time.ok_or(error)
        });
    }
    match de.read_string(&prelude::STRING) {
        Ok(text) => time_of(&text, schema),
        Err(_) => match de.read_big_decimal(schema) {
            Ok(seconds) => number::time(seconds.as_ref()).ok_or_else(out_of_range),
            // An element of a header.
            Err(_) => de.read_timestamp(schema),
        },
    }
}

/// Parses a time from a string.
pub(super) fn time_of(text: &str, schema: &Schema<'_>) -> Outcome<DateTime> {
    DateTime::from_str(text, format(schema))
        .map_err(|error| SerdeError::invalid_input(format!("invalid time: {error}")))
}

/// The format of times that are strings.
fn format(schema: &Schema<'_>) -> Format {
    match schema.timestamp_format().map(|it| it.format()) {
        Some(TimestampFormat::EpochSeconds) => Format::EpochSeconds,
        Some(TimestampFormat::HttpDate) => Format::HttpDate,
        _ => Format::DateTimeWithOffset,
    }
}

/// Reads a document of a response.
pub(super) fn document(de: &mut dyn ShapeDeserializer, schema: &Schema<'_>) -> Outcome<Document> {
    let document = de.read_document(schema)?;
    if is_finite(&document) {
        Ok(document)
    } else {
        Err(out_of_range())
    }
}

/// Whether all numbers of a document are finite. JSON has no others, so an infinite one was too
/// large.
fn is_finite(document: &Document) -> bool {
    match document {
        Document::Number(Number::Float(value)) => value.is_finite(),
        Document::Array(values) => values.iter().all(is_finite),
        Document::Object(members) => members.values().all(is_finite),
        _ => true,
    }
}

/// Reads the text of a number.
fn decimal(de: &mut dyn ShapeDeserializer, schema: &Schema<'_>) -> Outcome<BigDecimal> {
    match de.read_string(&prelude::STRING) {
        Ok(_) => Err(SerdeError::invalid_input("a string is no number")),
        Err(_) => de.read_big_decimal(schema),
    }
}

#[cold]
fn out_of_range() -> SerdeError {
    SerdeError::invalid_input("the number is out of range")
}
