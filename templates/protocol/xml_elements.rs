//! Reads [plain](super::plain) documents, and each element once. The runtime reads an element again
//! for each element around it.

use std::borrow::Cow;

use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_schema::traits::TimestampFormat;
//~ if not xml-enums
use aws_smithy_schema::Schema;
//~ end
//~ if xml-enums
use aws_smithy_schema::{Schema, ShapeId, ShapeType};
//~ end
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document, base64};

use super::markup::{Markup, Next, local};
//~ if xml-enums
use crate::reader::LENT;
//~ end

type Outcome<T = ()> = Result<T, SerdeError>;

/// How deep values may be nested: as deep as the runtime allows.
const DEEPEST: u32 = 128;

/// Reads an element and its content.
pub(super) struct Elements<'a> {
    markup: Markup<'a>,
    /// Where the element begins.
    start: usize,
    /// Where it ends, once it has been read.
    end: Option<usize>,
    /// Whether it is the first element of a flattened list or map.
    is_flat: bool,
    /// The attribute that has the value, if it is not in an element.
    attribute: Option<&'a str>,
    depth: u32,
}

impl<'a> Elements<'a> {
    pub(super) fn new(markup: Markup<'a>, start: usize) -> Self {
        Self {
            markup,
            start,
            end: None,
            is_flat: false,
            attribute: None,
            depth: 0,
        }
    }

    /// The text of the value.
    fn text(&mut self) -> Outcome<Cow<'a, str>> {
        if let Some(value) = self.attribute.take() {
            return Ok(Cow::Borrowed(value));
        }
        let (text, end) = self.markup.text_of(self.start)?;
        self.end = Some(end);
        Ok(text)
    }

    //~ if xml-enums
    /// Calls the function with the text of the value.
    fn lend(
        &mut self,
        consumer: &mut dyn FnMut(&Schema<'_>, &mut dyn ShapeDeserializer) -> Outcome,
    ) -> Outcome {
        let text = self.text()?;
        let id = ShapeId::from_parts_with_member(&text, "", "", &text);
        consumer(&Schema::new_member(id, ShapeType::String, &text, 0), self)
    }

    //~ end
    fn parsed<T: std::str::FromStr<Err: std::fmt::Display>>(&mut self) -> Outcome<T> {
        let text = self.text()?;
        let parsed = text.parse();
        parsed.map_err(|error| SerdeError::custom(format!("{error}")))
    }

    /// Reads another element with a function, and returns where it ends.
    fn value(
        &mut self,
        start: usize,
        is_flat: bool,
        read: impl FnOnce(&mut Self) -> Outcome,
    ) -> Outcome<usize> {
        (self.start, self.end, self.is_flat) = (start, None, is_flat);
        read(self)?;
        self.is_flat = false;
        Ok(self.end.unwrap_or_else(|| self.markup.skip(start)))
    }

    /// Reads a value that contains others.
    fn aggregate(&mut self, read: impl FnOnce(&mut Self) -> Outcome<usize>) -> Outcome {
        if self.attribute.is_some() {
            return Err(SerdeError::custom("there is text where elements should be"));
        }
        if self.depth == DEEPEST {
            return Err(SerdeError::custom("maximum nesting depth exceeded"));
        }
        let start = self.start;
        self.depth += 1;
        let end = read(self)?;
        self.depth -= 1;
        // The element can be read again.
        (self.start, self.end) = (start, Some(end));
        Ok(())
    }

    fn members(
        &mut self,
        schema: &Schema<'_>,
        consumer: &mut dyn FnMut(&Schema<'_>, &mut dyn ShapeDeserializer) -> Outcome,
    ) -> Outcome<usize> {
        let (tag, start, members) = (self.markup.tag(self.start), self.start, schema.members());
        if schema.xml_unwrapped_output() {
            return match member(members, 0, tag.local()) {
                Some(index) => self.value(start, false, |it| consumer(members[index], it)),
                None => Ok(self.markup.skip(start)),
            };
        }
        if !tag.attributes.is_empty() {
            for member in members.iter().filter(|it| it.xml_attribute()) {
                self.attribute = tag.attribute(name(member));
                if self.attribute.is_some() {
                    consumer(member, self)?;
                }
            }
            self.attribute = None;
        }
        if tag.is_empty {
            return Ok(tag.content);
        }
        let (mut at, mut likely, mut read) = (tag.content, 0, Read::default());
        loop {
            let start = match self.markup.next(at) {
                Next::Element(start) => start,
                Next::End(end) => return Ok(end),
            };
            let found = member(members, likely, self.markup.tag(start).local());
            at = match found.filter(|index| !read.contains(*index)) {
                Some(index) => {
                    let member = members[index];
                    let is_flat = member.xml_flattened() && member.shape_type().is_aggregate();
                    if is_flat {
                        // Reads all elements of it at once.
                        read.add(index);
                    }
                    likely = index + 1;
                    self.value(start, is_flat, |it| consumer(member, it))?
                }
                None => self.markup.skip(start),
            };
        }
    }

    /// Reads the elements of a list or map: those with this name, or all. The function reads one
    /// element, and returns where it ends.
    fn each(
        &mut self,
        name: Option<&str>,
        read: &mut dyn FnMut(&mut Self, usize) -> Outcome<usize>,
    ) -> Outcome<usize> {
        let tag = self.markup.tag(self.start);
        let is_flat = std::mem::take(&mut self.is_flat);
        if !is_flat && tag.is_empty {
            return Ok(tag.content);
        }
        let (name, mut at) = match is_flat {
            true => (Some(tag.local()), self.start),
            false => (name, tag.content),
        };
        // The start of other elements, which are read after the list.
        let mut others = None;
        loop {
            let start = match self.markup.next(at) {
                Next::Element(start) => start,
                Next::End(_) if is_flat => return Ok(others.unwrap_or(at)),
                Next::End(end) => return Ok(end),
            };
            let is_meant = name.is_none_or(|name| self.markup.tag(start).local() == name);
            at = match is_meant {
                true => read(self, start)?,
                false => {
                    others.get_or_insert(start);
                    self.markup.skip(start)
                }
            };
        }
    }

    /// Returns the key of an entry, where its value begins, and where the entry ends.
    fn entry(
        &self,
        start: usize,
        (key, value): (&str, &str),
    ) -> Outcome<(Option<(String, usize)>, usize)> {
        let tag = self.markup.tag(start);
        let (mut at, mut keys, mut values) = (tag.content, None, None);
        if tag.is_empty {
            return Ok((None, at));
        }
        loop {
            let start = match self.markup.next(at) {
                Next::Element(start) => start,
                Next::End(end) => return Ok((keys.zip(values), end)),
            };
            let name = self.markup.tag(start).local();
            if name == key {
                let (text, end) = self.markup.text_of(start)?;
                (keys, at) = (Some(text.into_owned()), end);
                continue;
            }
            if name == value {
                values = Some(start);
            }
            at = self.markup.skip(start);
        }
    }
}

/// Members that have been read. There is seldom more than one, and the first is not allocated.
#[derive(Default)]
struct Read {
    first: Option<usize>,
    others: Vec<usize>,
}

impl Read {
    fn contains(&self, member: usize) -> bool {
        self.first == Some(member) || self.others.contains(&member)
    }

    fn add(&mut self, member: usize) {
        match self.first {
            None => self.first = Some(member),
            Some(_) => self.others.push(member),
        }
    }
}

/// The name of a member's element or attribute.
fn name<'a>(member: &'a Schema<'a>) -> &'a str {
    let name = member.xml_name().map(|name| name.value());
    name.or(member.member_name()).unwrap_or_default()
}

/// The position of the member with this name. Services usually send members in the model's order.
fn member(members: &[&Schema<'_>], likely: usize, found: &str) -> Option<usize> {
    if members.get(likely).is_some_and(|it| name(it) == found) {
        return Some(likely);
    }
    members.iter().position(|it| name(it) == found)
}

/// Reads a value that is text.
macro_rules! parse {
    ($($read:ident: $type:ty;)*) => {$(
        fn $read(&mut self, _schema: &Schema<'_>) -> Outcome<$type> {
            self.parsed()
        }
    )*};
}

impl ShapeDeserializer for Elements<'_> {
    fn read_struct(
        &mut self,
        schema: &Schema<'_>,
        consumer: &mut dyn FnMut(&Schema<'_>, &mut dyn ShapeDeserializer) -> Outcome,
    ) -> Outcome {
        //~ if xml-enums
        if std::ptr::eq(schema, &LENT) {
            return self.lend(consumer);
        }
        //~ end
        self.aggregate(|it| it.members(schema, consumer))
    }

    fn read_list(
        &mut self,
        schema: &Schema<'_>,
        consumer: &mut dyn FnMut(&mut dyn ShapeDeserializer) -> Outcome,
    ) -> Outcome {
        let item = schema.member().map(|member| match member.xml_name() {
            // Documents may use another prefix for a namespace.
            Some(name) => local(name.value()),
            None => member.member_name().unwrap_or("member"),
        });
        self.aggregate(|it| {
            it.each(item, &mut |it, start| {
                it.value(start, false, |it| consumer(it))
            })
        })
    }

    fn read_map(
        &mut self,
        schema: &Schema<'_>,
        consumer: &mut dyn FnMut(String, &mut dyn ShapeDeserializer) -> Outcome,
    ) -> Outcome {
        let (key, value) = (schema.key(), schema.member());
        let key = key.and_then(|it| it.xml_name()).map(|it| it.value());
        let value = value.and_then(|it| it.xml_name()).map(|it| it.value());
        let names = (key.unwrap_or("key"), value.unwrap_or("value"));
        self.aggregate(|it| {
            it.each(Some("entry"), &mut |it, start| {
                let (entry, end) = it.entry(start, names)?;
                if let Some((key, value)) = entry {
                    it.value(value, false, |it| consumer(key, it))?;
                }
                Ok(end)
            })
        })
    }

    parse! {
        read_boolean: bool;
        read_byte: i8;
        read_short: i16;
        read_integer: i32;
        read_long: i64;
        read_float: f32;
        read_double: f64;
        read_big_integer: BigInteger;
        read_big_decimal: BigDecimal;
    }

    fn read_string(&mut self, _schema: &Schema<'_>) -> Outcome<String> {
        self.text().map(Cow::into_owned)
    }

    fn read_blob(&mut self, _schema: &Schema<'_>) -> Outcome<Blob> {
        let bytes = base64::decode(&*self.text()?);
        let bytes = bytes.map_err(|error| SerdeError::custom(format!("{error}")))?;
        Ok(Blob::new(bytes))
    }

    fn read_timestamp(&mut self, schema: &Schema<'_>) -> Outcome<DateTime> {
        let format = match schema.timestamp_format().map(|it| it.format()) {
            Some(TimestampFormat::EpochSeconds) => Format::EpochSeconds,
            Some(TimestampFormat::HttpDate) => Format::HttpDate,
            _ => Format::DateTimeWithOffset,
        };
        let time = DateTime::from_str(&self.text()?, format);
        time.map_err(|error| SerdeError::custom(format!("{error}")))
    }

    fn read_document(&mut self, _schema: &Schema<'_>) -> Outcome<Document> {
        Err(SerdeError::custom("there are no documents in XML"))
    }

    fn is_null(&self) -> bool {
        false
    }

    fn skip_value(&mut self) -> Outcome {
        Ok(())
    }

    fn container_size(&self) -> Option<usize> {
        None
    }
}
