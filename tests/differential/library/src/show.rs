//! Prints values of a client's types field by field, so that redaction hides nothing.

use std::collections::{BTreeMap, HashMap};
use std::fmt::{self, Write as _};

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::{Blob, DateTime, Document};

use crate::debug::Node;

/// A type of a client that can be printed. `L` is the same as in `FromValue`.
pub trait Show<L> {
    /// Writes a line for each part.
    fn show(&self, lines: &mut Lines);
}

/// Lines such as `channel.tags["a"] = "b"`.
#[derive(Debug, Default)]
pub struct Lines {
    path: String,
    text: String,
}

impl Lines {
    /// The content of a value.
    pub fn of<L>(value: &dyn Show<L>) -> String {
        let mut lines = Self::default();
        value.show(&mut lines);
        lines.text
    }

    /// A value without parts.
    pub fn leaf(&mut self, value: impl fmt::Display) {
        writeln!(self.text, "{} = {value}", self.path).expect("writing to a string cannot fail");
    }

    /// A structure, by its fields.
    pub fn structure<L>(&mut self, fields: &[(&str, &dyn Show<L>)]) {
        for (name, value) in fields {
            self.below(format_args!(".{name}"), *value);
        }
    }

    /// A variant with a value.
    pub fn variant<L>(&mut self, name: &str, value: &dyn Show<L>) {
        self.below(format_args!("<{name}>"), value);
    }

    /// A string enum: its value, and its variant.
    pub fn string_enum(&mut self, value: &str, variant: &dyn fmt::Debug) {
        self.leaf(format_args!("{value:?} as {variant:?}"));
    }

    fn below<L>(&mut self, step: fmt::Arguments<'_>, value: &dyn Show<L>) {
        let length = self.path.len();
        self.path
            .write_fmt(step)
            .expect("writing to a string cannot fail");
        value.show(self);
        self.path.truncate(length);
    }
}

macro_rules! show_debug {
    ($($type:ty)*) => {$(
        impl<L> Show<L> for $type {
            fn show(&self, lines: &mut Lines) {
                lines.leaf(format_args!("{self:?}"));
            }
        }
    )*};
}

show_debug! { bool i8 i16 i32 i64 f32 f64 String Blob DateTime }

impl<L> Show<L> for ByteStream {
    fn show(&self, lines: &mut Lines) {
        lines.leaf(format_args!("{:?}", self.bytes()));
    }
}

impl<L> Show<L> for Document {
    fn show(&self, lines: &mut Lines) {
        lines.leaf(Node::parse(&format!("{self:?}")));
    }
}

impl<L, T: Show<L>> Show<L> for Option<T> {
    fn show(&self, lines: &mut Lines) {
        match self {
            Some(value) => value.show(lines),
            None => lines.leaf("none"),
        }
    }
}

impl<L, T: Show<L>> Show<L> for Vec<T> {
    fn show(&self, lines: &mut Lines) {
        lines.leaf(format_args!("list of {}", self.len()));
        for (index, value) in self.iter().enumerate() {
            lines.below(format_args!("[{index}]"), value);
        }
    }
}

impl<L, K: fmt::Debug, T: Show<L>> Show<L> for HashMap<K, T> {
    fn show(&self, lines: &mut Lines) {
        lines.leaf(format_args!("map of {}", self.len()));
        // A hash map's own order differs from one to the next.
        let entries = self.iter().map(|(key, value)| (format!("{key:?}"), value));
        for (key, value) in entries.collect::<BTreeMap<_, _>>() {
            lines.below(format_args!("[{key}]"), value);
        }
    }
}

impl<L, T: Show<L>> Show<L> for Box<T> {
    fn show(&self, lines: &mut Lines) {
        (**self).show(lines);
    }
}
