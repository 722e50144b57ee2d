//! Writes a model as the JSON AST, and records where everything comes from.

use super::model::{Definition, Model};
use super::node::{Entry, Node, Value};
use crate::diagnostics::{Mark, Span};

struct Writer {
    text: String,
    marks: Vec<Mark>,
}

/// Returns the JSON, and the origins of its keys and values in order.
pub(super) fn write(model: &Model) -> (String, Vec<Mark>) {
    let mut writer = Writer {
        text: String::new(),
        marks: Vec::new(),
    };
    let version = if model.is_version_one { "1.0" } else { "2.0" };
    writer.mark(Span::default());
    writer.text.push_str("{\"smithy\":");
    writer.string(version);
    if !model.metadata.is_empty() {
        writer.text.push_str(",\"metadata\":");
        writer.object(&model.metadata);
    }
    writer.text.push_str(",\"shapes\":{");
    let shapes = model.shapes.iter().chain(&model.applied);
    for (index, (id, Definition { span, node, .. })) in shapes.enumerate() {
        if index > 0 {
            writer.text.push(',');
        }
        writer.mark(*span);
        writer.string(id);
        writer.text.push(':');
        writer.node(node);
    }
    writer.text.push_str("}}");
    (writer.text, writer.marks)
}

impl Writer {
    fn mark(&mut self, span: Span) {
        self.marks.push(Mark {
            offset: self.text.len(),
            span,
        });
    }

    fn string(&mut self, text: &str) {
        let plain = text
            .bytes()
            .all(|it| it >= b' ' && it != b'"' && it != b'\\');
        if plain {
            self.text.push('"');
            self.text.push_str(text);
            self.text.push('"');
        } else {
            self.text
                .push_str(&serde_json::Value::from(text).to_string());
        }
    }

    fn node(&mut self, node: &Node) {
        self.mark(node.span);
        match &node.value {
            Value::Null | Value::Elided => self.text.push_str("null"),
            Value::Boolean(value) => self.text.push_str(if *value { "true" } else { "false" }),
            Value::Number(text) => self.text.push_str(text),
            Value::String(text) | Value::Target(text) | Value::Id(text) | Value::EnumName(text) => {
                self.string(text);
            }
            Value::Array(values) => {
                self.text.push('[');
                for (index, value) in values.iter().enumerate() {
                    if index > 0 {
                        self.text.push(',');
                    }
                    self.node(value);
                }
                self.text.push(']');
            }
            Value::Object(entries) => self.object(entries),
        }
    }

    fn object(&mut self, entries: &[Entry]) {
        self.text.push('{');
        for (index, Entry { key, value }) in entries.iter().enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            self.mark(key.span);
            self.string(&key.name);
            self.text.push(':');
            self.node(value);
        }
        self.text.push('}');
    }
}
