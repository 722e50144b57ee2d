//! Random values of a client's types, as `serde` writes them.

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use fastrand::Rng;
use generator::ir::{
    Client, Default, Enum, Field, Home, Presence, SchemaBody, Structure, Type, Union, Width,
};
use serde_json::{Map, Value, json};

/// Below this depth, values are as small as possible.
const DEPTH: usize = 4;

/// Whether a structure has a streamed body, which cannot be saved.
pub fn is_streaming(structure: &Structure) -> bool {
    let mut fields = structure.fields.iter();
    fields.any(|field| field.ty.is_stream())
}

/// Creates values.
pub struct Random<'a> {
    client: &'a Client,
    rng: Rng,
    depth: usize,
}

impl<'a> Random<'a> {
    pub fn new(client: &'a Client, rng: Rng) -> Self {
        let depth = 0;
        Self { client, rng, depth }
    }

    /// A structure with all required members.
    pub fn structure(&mut self, structure: &Structure) -> Value {
        self.depth += 1;
        let mut members = Map::new();
        for field in &structure.fields {
            let Some(index) = field.index else { continue };
            let name = self.member(structure.schema.as_str(), index);
            if let Some(value) = self.field(field) {
                members.insert(name, value);
            }
        }
        // Only the results of calls have a response of their own.
        if self.depth == 1
            && self.rng.bool()
            && let Some(metadata) = self.metadata(structure)
        {
            members.insert("$metadata".to_owned(), metadata);
        }
        self.depth -= 1;
        Value::Object(members)
    }

    fn field(&mut self, field: &Field) -> Option<Value> {
        if let Some(default) = &field.unsent {
            // Default values are not written.
            let value = self.value(&field.ty);
            return (self.rng.bool() && !is_default(&value, default)).then_some(value);
        }
        let is_needed = field.required || field.presence != Presence::Optional;
        let is_wanted = self.depth <= DEPTH && self.rng.u8(0..10) < 7;
        (is_needed || is_wanted).then(|| self.value(&field.ty))
    }

    /// The metadata of the response of an output or error.
    fn metadata(&mut self, structure: &Structure) -> Option<Value> {
        let mut known = json!({ "aws_request_id": self.string(), "http_status": "402" });
        let known_members = known.as_object_mut()?;
        match structure.home {
            Home::OperationOutput(_) => {}
            Home::Error => {
                known_members.insert("code".to_owned(), self.string().into());
                known_members.insert("message".to_owned(), self.string().into());
                let message = structure.fields.iter().find(|field| field.index.is_none());
                if message.is_some() {
                    known_members.insert("text".to_owned(), self.string().into());
                }
            }
            Home::Types | Home::OperationInput(_) => return None,
        }
        Some(known)
    }

    /// A union, sometimes with an unknown variant.
    pub fn union(&mut self, union: &Union) -> Value {
        self.depth += 1;
        let chosen = self.rng.usize(0..=union.variants.len());
        let variant = union.variants.get(chosen);
        let value = match variant.filter(|_| self.depth <= DEPTH) {
            None => json!({ "$unknown": {} }),
            Some(variant) => {
                let name = self.member(union.schema.as_str(), variant.index);
                json!({ name: self.value(&variant.ty) })
            }
        };
        self.depth -= 1;
        value
    }

    /// A value of an enum, known or not.
    pub fn r#enum(&mut self, r#enum: &Enum) -> Value {
        let chosen = self.rng.usize(0..=r#enum.values.len());
        let known = r#enum.values.get(chosen).map(|known| known.value.clone());
        known.unwrap_or_else(|| self.string()).into()
    }

    fn member(&self, schema: &str, index: usize) -> String {
        let mut schemas = self.client.schemas.iter();
        let schema = schemas.find(|it| it.name.as_str() == schema);
        match schema.map(|it| &it.body) {
            Some(SchemaBody::Members(_, members)) => members[index].name.clone(),
            _ => panic!("every structure and union has a schema"),
        }
    }

    fn value(&mut self, ty: &Type) -> Value {
        match ty {
            Type::Boolean => self.rng.bool().into(),
            Type::Integer(width) => self.integer(*width).into(),
            Type::Float => match self.special_float() {
                Some(text) => text.into(),
                None => f64::from(f32::from_bits(self.finite(0x7f7f_ffff) as u32)).into(),
            },
            Type::Double => match self.special_float() {
                Some(text) => text.into(),
                None => f64::from_bits(self.finite(0x7fef_ffff_ffff_ffff)).into(),
            },
            Type::BigInteger => self.digits().into(),
            Type::BigDecimal => format!("{}.{:03}e-7", self.digits(), self.rng.u16(0..999)).into(),
            Type::String => self.string().into(),
            Type::Blob => {
                let bytes: Vec<_> = (0..self.rng.usize(0..9)).map(|_| self.rng.u8(..)).collect();
                aws_smithy_types::base64::encode(bytes).into()
            }
            Type::ByteStream | Type::EventSender(_) | Type::EventReceiver(_) => {
                panic!("a structure with a stream is not saved")
            }
            Type::Timestamp => self.time().into(),
            Type::Document => self.document(0),
            Type::Enum(id) => self.r#enum(self.client.r#enum(*id)),
            Type::Structure(id) => self.structure(self.client.structure(*id)),
            Type::Union(id) => self.union(self.client.union(*id)),
            Type::List(element) => (0..self.count()).map(|_| self.value(element)).collect(),
            Type::Map(key, value) => {
                let entries = (0..self.count()).map(|_| {
                    let key = self.value(key);
                    let key = key.as_str().unwrap_or_default().to_owned();
                    (key, self.value(value))
                });
                Value::Object(entries.collect())
            }
            Type::Sparse(_) if self.rng.bool() => Value::Null,
            Type::Sparse(inner) | Type::Boxed(inner) => self.value(inner),
            Type::Unit => json!({}),
        }
    }

    /// The number of elements of a collection.
    fn count(&mut self) -> usize {
        match self.depth {
            0..=DEPTH => self.rng.usize(0..4),
            _ => 0,
        }
    }

    fn integer(&mut self, width: Width) -> i64 {
        let (least, most) = match width {
            Width::Byte => (i8::MIN.into(), i8::MAX.into()),
            Width::Short => (i16::MIN.into(), i16::MAX.into()),
            Width::Integer => (i32::MIN.into(), i32::MAX.into()),
            Width::Long => (i64::MIN, i64::MAX),
        };
        match self.rng.u8(0..4) {
            0 => least,
            1 => most,
            2 => self.rng.i64(-3..3),
            _ => self.rng.i64(least..=most),
        }
    }

    fn special_float(&mut self) -> Option<&'static str> {
        let special = ["NaN", "Infinity", "-Infinity"];
        special.get(self.rng.usize(0..9)).copied()
    }

    /// The bits of a finite number, of either sign.
    fn finite(&mut self, greatest: u64) -> u64 {
        let sign = (greatest + 1).next_power_of_two();
        let bits = self.rng.u64(0..=greatest);
        bits | if self.rng.bool() { sign } else { 0 }
    }

    /// The digits of a whole number of any size.
    fn digits(&mut self) -> String {
        let sign = if self.rng.bool() { "-" } else { "" };
        let more: String = (0..self.rng.u8(0..40))
            .map(|_| self.rng.digit(10))
            .collect();
        format!("{sign}{}{more}", self.rng.u8(1..=9))
    }

    /// A time with all digits, in a year that RFC 3339 may not support.
    fn time(&mut self) -> String {
        let seconds = match self.rng.u8(0..4) {
            0 => self.rng.i64(-3..3),
            1 => self.rng.i64(-62_167_219_200..253_402_300_800),
            2 => self.rng.i64(..),
            _ => 1_700_000_000,
        };
        let nanos = match self.rng.u8(0..3) {
            0 => 0,
            1 => self.rng.u32(0..1000) * 1_000_000,
            _ => self.rng.u32(0..1_000_000_000),
        };
        let digits = format!(".{nanos:09}");
        let digits = digits.trim_end_matches(['0']).trim_end_matches('.');
        match DateTime::from_secs(seconds).fmt(Format::DateTime) {
            Ok(text) => format!("{}{digits}Z", &text[..text.len() - 1]),
            Err(_) if seconds < 0 && nanos > 0 => {
                let digits = format!(".{:09}", 1_000_000_000 - nanos);
                format!(
                    "-{}{}",
                    (seconds + 1).unsigned_abs(),
                    digits.trim_end_matches('0')
                )
            }
            Err(_) => format!("{seconds}{digits}"),
        }
    }

    /// A document, whose numbers may be as large as possible.
    fn document(&mut self, depth: usize) -> Value {
        match self.rng.u8(0..if depth < 3 { 9 } else { 6 }) {
            0 => self.rng.u64(..).into(),
            1 => self.rng.i64(..).into(),
            2 => f64::from_bits(self.finite(0x7fef_ffff_ffff_ffff)).into(),
            3 => self.rng.bool().into(),
            // The protocol decides about null in a list or map of documents.
            4 if depth > 0 => Value::Null,
            4 | 5 => self.string().into(),
            6 | 7 => {
                let entries = 0..self.rng.usize(0..4);
                let entries = entries.map(|_| (self.string(), self.document(depth + 1)));
                Value::Object(entries.collect())
            }
            _ => (0..self.rng.usize(0..4))
                .map(|_| self.document(depth + 1))
                .collect(),
        }
    }

    fn string(&mut self) -> String {
        const UNUSUAL: [&str; 12] = [
            "",
            " ",
            "NaN",
            "\u{0}",
            "a\"b\\c\n",
            "\u{1f980}",
            "$unknown",
            "$metadata",
            "__type",
            "null",
            "2023-11-14T22:13:20Z",
            "U0VDUkVU",
        ];
        match self.rng.bool() {
            true => UNUSUAL[self.rng.usize(0..UNUSUAL.len())].to_owned(),
            false => (0..self.rng.u8(1..12))
                .map(|_| self.rng.alphanumeric())
                .collect(),
        }
    }
}

/// Whether a value is the default that is not written.
fn is_default(value: &Value, default: &Default) -> bool {
    match default {
        Default::Zero => value.as_f64() == Some(0.0) || *value == json!(false),
        Default::True => *value == json!(true),
        Default::Integer(number) => *value == json!(number),
        Default::Float(number) if number.is_finite() => value.as_f64() == Some(*number),
        // NaN is equal to nothing, and is written.
        Default::Float(number) if number.is_nan() => false,
        Default::Float(number) => {
            value
                == if *number > 0.0 {
                    "Infinity"
                } else {
                    "-Infinity"
                }
        }
        Default::String(text) | Default::Enum(text) | Default::BigNumber(text) => value == text,
        // Random values of other types are too rarely equal.
        _ => false,
    }
}
