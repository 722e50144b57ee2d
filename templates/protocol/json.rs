//! Reads values: JSON here, everything else by the runtime's deserializers.
//!
//! The runtime's JSON codec decides what is valid, but it is slow. This reader handles the JSON
//! that most responses consist of. At anything else, valid or not, it gives up with an error that
//! users never see, and the codec reads the response from the beginning. Therefore this reader
//! must not accept anything that the codec refuses, or reads differently.

mod exact;
mod number;

use std::borrow::Cow;
use std::str::FromStr;
use std::sync::LazyLock;

use aws_smithy_json::codec::{JsonCodec, JsonCodecSettings, JsonDeserializer};
use aws_smithy_json::deserialize::EscapedStr;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_schema::codec::Codec;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_schema::{Schema, ShapeType, prelude};
use aws_smithy_types::{DateTime, Document};

/// Whether floats in bodies are written as the doubles that they are equal to, as the official
/// crates do in JSON.
pub(crate) const FLOATS_ARE_DOUBLES: bool = true;

/// How deep values may be nested here, and again in the parts that the codec reads: half of the
/// depth that the codec allows.
const MAX_DEPTH: u32 = 64;

/// Reads single values of rare kinds.
static CODEC: LazyLock<JsonCodec> = LazyLock::new(|| {
    let settings = JsonCodecSettings::builder().max_depth(MAX_DEPTH);
    JsonCodec::new(settings.build())
});

type Outcome<T = ()> = Result<T, SerdeError>;

/// The source that values are read from.
#[derive(Default)]
pub(crate) struct Reader<'a> {
    /// The deserializer that reads instead of this reader, if there is one.
    runtime: Option<&'a mut dyn ShapeDeserializer>,
    /// Whether that deserializer reads a response.
    is_of_response: bool,
    text: &'a str,
    position: usize,
    depth: u32,
}

impl<'a> Reader<'a> {
    /// Reads with a deserializer of the runtime.
    pub(crate) fn of(runtime: &'a mut dyn ShapeDeserializer) -> Self {
        Self {
            runtime: Some(runtime),
            ..Self::default()
        }
    }

    /// Reads a response with a deserializer of the runtime.
    pub(crate) fn of_response(runtime: &'a mut dyn ShapeDeserializer) -> Self {
        Self::like(true, runtime)
    }

    fn like(is_of_response: bool, runtime: &'a mut dyn ShapeDeserializer) -> Self {
        Self {
            is_of_response,
            ..Self::of(runtime)
        }
    }

    /// Reads a response whose body contains all members of the output.
    pub(crate) fn of_body(response: &'a HttpResponse, output: &Schema<'_>) -> Option<Self> {
        let text = str::from_utf8(response.body().bytes()?).ok()?;
        let mut members = output.members().iter();
        let is_whole = !text.is_empty() && !members.any(|it| it.has_http_response_binding());
        is_whole.then(|| Self {
            text,
            ..Self::default()
        })
    }

    /// Reads the members of a structure or union that are not null. Unknown members have the
    /// schema of a document.
    pub(crate) fn read_struct(
        &mut self,
        schema: &Schema<'_>,
        consumer: &mut dyn FnMut(&Schema<'_>, &mut Reader<'_>) -> Outcome,
    ) -> Outcome {
        let is_of_response = self.is_of_response;
        if let Some(runtime) = &mut self.runtime {
            return runtime.read_struct(schema, &mut |it, de| {
                consumer(it, &mut Reader::like(is_of_response, de))
            });
        }
        let members = schema.members();
        let mut next = 0;
        self.elements(*b"{}", |reader| match members.get(next) {
            Some(member) if reader.pass_name(member).is_some() => {
                next += 1;
                reader.member(member, consumer)
            }
            _ => reader.unexpected(members, &mut next, consumer),
        })
    }

    /// Reads the elements of a list.
    pub(crate) fn read_list(
        &mut self,
        schema: &Schema<'_>,
        consumer: &mut dyn FnMut(&mut Reader<'_>) -> Outcome,
    ) -> Outcome {
        let is_of_response = self.is_of_response;
        match &mut self.runtime {
            Some(it) => it.read_list(schema, &mut |de| {
                consumer(&mut Reader::like(is_of_response, de))
            }),
            None => self.elements(*b"[]", |reader| consumer(reader)),
        }
    }

    /// Reads the entries of a map.
    pub(crate) fn read_map(
        &mut self,
        schema: &Schema<'_>,
        consumer: &mut dyn FnMut(String, &mut Reader<'_>) -> Outcome,
    ) -> Outcome {
        let is_of_response = self.is_of_response;
        match &mut self.runtime {
            Some(it) => it.read_map(schema, &mut |key, de| {
                consumer(key, &mut Reader::like(is_of_response, de))
            }),
            None => self.elements(*b"{}", |reader| {
                let key = reader.string()?.into_owned();
                reader.expect(b":")?;
                consumer(key, reader)
            }),
        }
    }

    /// Reads a boolean.
    pub(crate) fn read_boolean(&mut self, schema: &Schema<'_>) -> Outcome<bool> {
        if let Some(runtime) = &mut self.runtime {
            return runtime.read_boolean(schema);
        }
        let value = self.next() == Some(b't');
        self.expect(if value { b"true" } else { b"false" })?;
        Ok(value)
    }

    /// Reads a string. Borrows it from the text if it has no escapes.
    pub(crate) fn read_str(&mut self, schema: &Schema<'_>) -> Outcome<Cow<'a, str>> {
        match &mut self.runtime {
            Some(runtime) => runtime.read_string(schema).map(Cow::Owned),
            None => self.string(),
        }
    }

    /// Reads an integer, which may be spelled as `1.0`. The runtime's deserializers use `read`.
    pub(crate) fn read_integer<T: TryFrom<i64>>(
        &mut self,
        schema: &Schema<'_>,
        read: impl FnOnce(&mut dyn ShapeDeserializer) -> Outcome<T>,
    ) -> Outcome<T> {
        match &mut self.runtime {
            Some(runtime) => exact::integer(*runtime, schema, read),
            None => number::integer(self.number()).ok_or_else(unread),
        }
    }

    /// Reads a float. The runtime's deserializers use `read`.
    pub(crate) fn read_float<T: FromStr + Copy + Into<f64>>(
        &mut self,
        schema: &Schema<'_>,
        read: impl FnOnce(&mut dyn ShapeDeserializer) -> Outcome<T>,
    ) -> Outcome<T> {
        if let Some(runtime) = &mut self.runtime {
            return exact::float(*runtime, schema, read);
        }
        let value = match self.next() {
            Some(b'"') => number::not_finite(&self.string()?),
            _ => number::float(self.number()),
        };
        value.ok_or_else(unread)
    }

    /// Reads a time.
    pub(crate) fn read_time(&mut self, schema: &Schema<'_>) -> Outcome<DateTime> {
        match &mut self.runtime {
            Some(runtime) if self.is_of_response => return exact::time(*runtime, schema),
            Some(runtime) => return runtime.read_timestamp(schema),
            None => {}
        }
        match self.next() {
            Some(b'"') => exact::time_of(&self.string()?, schema),
            _ => number::time(self.number()).ok_or_else(unread),
        }
    }

    /// Reads any other value except a document.
    pub(crate) fn read_simple<T>(
        &mut self,
        read: impl FnOnce(&mut dyn ShapeDeserializer) -> Outcome<T>,
    ) -> Outcome<T> {
        match &mut self.runtime {
            Some(runtime) => read(*runtime),
            None => self.by_codec(|codec| read(codec)),
        }
    }

    /// Reads a document.
    pub(crate) fn read_document(&mut self, schema: &Schema<'_>) -> Outcome<Document> {
        match &mut self.runtime {
            Some(runtime) if self.is_of_response => exact::document(*runtime, schema),
            Some(runtime) => runtime.read_document(schema),
            None => {
                // The codec fails if anything follows the document.
                let start = self.position;
                self.by_codec(|codec| codec.skip_value())?;
                let document = &self.text.as_bytes()[start..self.position];
                exact::document(&mut CODEC.create_deserializer(document), schema)
            }
        }
    }

    /// Whether the next value is null.
    pub(crate) fn is_null(&mut self) -> bool {
        match &mut self.runtime {
            Some(runtime) => runtime.is_null(),
            // No other value begins like that.
            None => self.next() == Some(b'n'),
        }
    }

    /// Skips a null.
    pub(crate) fn read_null(&mut self) -> Outcome {
        match &mut self.runtime {
            Some(runtime) => runtime.read_null(),
            None => self.expect(b"null"),
        }
    }

    fn by_codec<T>(
        &mut self,
        read: impl FnOnce(&mut JsonDeserializer<'_>) -> Outcome<T>,
    ) -> Outcome<T> {
        let mut codec = CODEC.create_deserializer(self.rest());
        let value = read(&mut codec)?;
        self.position += codec.position();
        Ok(value)
    }

    /// Reads items between two brackets, separated by commas.
    fn elements(
        &mut self,
        [open, close]: [u8; 2],
        mut read: impl FnMut(&mut Self) -> Outcome,
    ) -> Outcome {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(unread());
        }
        self.expect(&[open])?;
        if self.next() != Some(close) {
            read(self)?;
            while self.next() == Some(b',') {
                self.position += 1;
                read(self)?;
            }
        }
        self.expect(&[close])?;
        self.depth -= 1;
        if self.depth == 0 && self.next().is_some() {
            return Err(unread());
        }
        Ok(())
    }

    /// Skips the name of a member, if it comes next.
    fn pass_name(&mut self, member: &Schema<'_>) -> Option<()> {
        self.next();
        // Names in Smithy need no escapes. JSON names may need them.
        if member.json_name().is_some() {
            return None;
        }
        let rest = self.rest().strip_prefix(b"\"")?;
        let rest = rest.strip_prefix(member.member_name()?.as_bytes())?;
        self.position = self.text.len() - rest.strip_prefix(b"\":")?.len();
        Some(())
    }

    /// Reads a member that is not the one at `next`, or an unknown member.
    fn unexpected(
        &mut self,
        members: &[&Schema<'_>],
        next: &mut usize,
        consumer: &mut dyn FnMut(&Schema<'_>, &mut Reader<'_>) -> Outcome,
    ) -> Outcome {
        let name = self.string()?;
        self.expect(b":")?;
        let is_named = |index: &usize| match members[*index].json_name() {
            Some(json_name) => json_name.value() == name,
            None => members[*index].member_name() == Some(&name),
        };
        if let Some(index) = (*next..members.len()).chain(0..*next).find(is_named) {
            *next = index + 1;
            return self.member(members[index], consumer);
        }
        let is_ignored = self.is_null() || name == "__type";
        let start = self.position;
        if !is_ignored {
            consumer(&prelude::DOCUMENT, self)?;
        }
        if self.position == start {
            self.by_codec(|codec| codec.skip_value())?;
        }
        Ok(())
    }

    fn member(
        &mut self,
        member: &Schema<'_>,
        consumer: &mut dyn FnMut(&Schema<'_>, &mut Reader<'_>) -> Outcome,
    ) -> Outcome {
        if self.is_null() && member.shape_type() != ShapeType::Document {
            return self.read_null();
        }
        consumer(member, self)
    }

    fn string(&mut self) -> Outcome<Cow<'a, str>> {
        self.expect(b"\"")?;
        let (text, start) = (self.text, self.position);
        let end = unescaped(text.as_bytes(), start);
        if text.as_bytes().get(end) != Some(&b'"') {
            return self.escaped(end);
        }
        self.position = end + 1;
        Ok(Cow::Borrowed(&text[start..end]))
    }

    /// Reads a string that has an escape at `end`, unless the text ends there.
    #[cold]
    fn escaped(&mut self, mut end: usize) -> Outcome<Cow<'a, str>> {
        while self.text.as_bytes().get(end) == Some(&b'\\') {
            end = unescaped(self.text.as_bytes(), end + 2);
        }
        let text = self.text.get(self.position..end).ok_or_else(unread)?;
        self.position = end;
        self.expect(b"\"")?;
        EscapedStr::new(text).to_unescaped().map_err(|_| unread())
    }

    /// The characters of a number, valid or not; empty if no number begins here.
    fn number(&mut self) -> &'a str {
        let begins = matches!(self.next(), Some(b'-' | b'0'..=b'9'));
        let (text, start) = (self.text, self.position);
        let is_part = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let rest = self.rest().iter();
        self.position += rest.take_while(|byte| begins && is_part(byte)).count();
        &text[start..self.position]
    }

    /// The next byte that is not whitespace.
    fn next(&mut self) -> Option<u8> {
        loop {
            match self.text.as_bytes().get(self.position) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.position += 1,
                next => return next.copied(),
            }
        }
    }

    #[inline]
    fn expect(&mut self, bytes: &[u8]) -> Outcome {
        self.next();
        if !self.rest().starts_with(bytes) {
            return Err(unread());
        }
        self.position += bytes.len();
        Ok(())
    }

    fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.position..]
    }
}

#[cold]
fn unread() -> SerdeError {
    SerdeError::custom("the codec has to read this")
}

/// Finds the next quote or backslash. Looks at eight bytes at a time.
fn unescaped(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    // Sets the highest bit of each matching byte, and perhaps of some bytes after a match.
    let find = |word: u64, byte: u8| {
        let word = word ^ (ONES * u64::from(byte));
        word.wrapping_sub(ONES) & !word & (ONES << 7)
    };
    while let Some(word) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let word = u64::from_le_bytes(*word);
        let found = find(word, b'"') | find(word, b'\\');
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default().iter();
    at + rest.take_while(|it| !matches!(it, b'"' | b'\\')).count()
}
