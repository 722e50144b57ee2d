//! Lowers expressions of the rules to typed ones.

use serde_json::Value as Json;

use super::attributes;
use super::functions;
use super::partitions::Partitions;
use super::scope::Scope;
use super::template::{self, Part};
use super::values::{Hold, Type, Value};
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::endpoints::{Expression, Piece};
use crate::smithy::suggest::did_you_mean;

/// The state for lowering expressions, without their scope.
pub(super) struct Lowering<'a> {
    /// The partitions.
    pub(super) partitions: &'a Partitions,
    /// The problems.
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Lowering<'_> {
    /// Any expression: a literal, a template, a reference or a function call.
    pub(super) fn expression(
        &mut self,
        json: &Json,
        scope: &mut Scope,
        place: &Place,
    ) -> Option<Value> {
        match json {
            Json::Bool(value) => Some(Value::boolean(Expression::Boolean(*value))),
            Json::Number(number) => match number.as_u64().and_then(|n| usize::try_from(n).ok()) {
                Some(n) => {
                    let number = Expression::Number(n);
                    Some(Value::new(number, Type::Integer, Hold::Copied))
                }
                None => self.error(
                    place,
                    format!("{number} is not a number that functions take"),
                    "write a whole number that is not negative",
                ),
            },
            Json::String(text) => self.template(text, scope, place),
            Json::Object(object) => match (object.get("ref"), object.get("fn")) {
                (Some(Json::String(name)), None) => {
                    self.reference(name, scope, &place.clone().key("ref"))
                }
                (None, Some(Json::String(name))) => {
                    let argv = object.get("argv").unwrap_or(&Json::Null);
                    functions::call(self, name, argv, scope, place)
                }
                _ => self.not_an_expression(json, place),
            },
            Json::Null | Json::Array(_) => self.not_an_expression(json, place),
        }
    }

    /// An expression that must be a string that is always set.
    pub(super) fn text(&mut self, json: &Json, scope: &mut Scope, place: &Place) -> Option<Value> {
        let value = self.expression(json, scope, place)?;
        self.expect_text(value, place)
    }

    /// Fails unless `value` is a string that is always set.
    pub(super) fn expect_text(&mut self, value: Value, place: &Place) -> Option<Value> {
        if value.is_text() {
            return Some(value);
        }
        let message = format!(
            "a string is required here, but this is {}",
            value.describe()
        );
        self.error(place, message, value.remedy())
    }

    /// A string literal, with its `{references}` filled in.
    ///
    /// A template that consists of a single reference is that reference, with any type.
    pub(super) fn template(
        &mut self,
        text: &str,
        scope: &mut Scope,
        place: &Place,
    ) -> Option<Value> {
        let parts = match template::parse(text) {
            Ok(parts) => parts,
            Err(problem) => {
                return self.error(place, format!("{problem} in `{text}`"), problem.remedy());
            }
        };
        if let [Part::Reference { name, path }] = parts.as_slice() {
            return self.hole(name, path.as_deref(), scope, place);
        }
        let mut pieces = Vec::new();
        for part in parts {
            match part {
                Part::Text(text) => push_text(&mut pieces, &text),
                Part::Reference { name, path } => {
                    let value = self.hole(&name, path.as_deref(), scope, place)?;
                    let value = match &path {
                        Some(path) => scope.name_attribute(value, &name, path),
                        None => value,
                    };
                    match value.expression {
                        Expression::String(text) => push_text(&mut pieces, &text),
                        value => pieces.push(Piece::Value(value)),
                    }
                }
            }
        }
        Some(match pieces.as_slice() {
            [] => Value::string(""),
            [Piece::Text(text)] => Value::string(text),
            _ => Value::new(Expression::Format(pieces), Type::String, Hold::Temporary),
        })
    }

    /// Reports a problem; returns `None` so that callers can return it.
    pub(super) fn error<T>(
        &mut self,
        place: &Place,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Option<T> {
        self.diagnostics.error(place.clone(), message, remedy);
        None
    }

    /// What `name` refers to.
    fn reference(&mut self, name: &str, scope: &Scope, place: &Place) -> Option<Value> {
        if scope.is_broken(name) {
            return None;
        }
        if let Some(value) = scope.get(name) {
            return Some(value.clone());
        }
        let remedy = did_you_mean(name, scope.names()).unwrap_or_else(|| {
            "correct the name, or assign the variable in an earlier condition of this rule or of \
             a rule around it"
                .to_owned()
        });
        self.error(
            place,
            format!("`{name}` is neither a parameter nor a variable that has been assigned"),
            remedy,
        )
    }

    /// The value of a reference within a template, which must be a string.
    fn hole(
        &mut self,
        name: &str,
        path: Option<&str>,
        scope: &Scope,
        place: &Place,
    ) -> Option<Value> {
        let value = self.reference(name, scope, place)?;
        let value = match path {
            Some(path) => attributes::get(self, value, path, place)?,
            None => value,
        };
        if value.is_text() {
            return Some(value);
        }
        let reference = match path {
            Some(path) => format!("{name}#{path}"),
            None => name.to_owned(),
        };
        let message = match value.r#type {
            Type::String => format!(
                "`{reference}` is optional and may be unset here, so it cannot be part of a text"
            ),
            _ => format!(
                "`{reference}` is {}, and only a string can be part of a text",
                value.describe()
            ),
        };
        self.error(place, message, value.remedy())
    }

    fn not_an_expression(&mut self, json: &Json, place: &Place) -> Option<Value> {
        self.error(
            place,
            format!("{json} is not an expression"),
            "write a string, a boolean, a number, `{\"ref\": …}` or `{\"fn\": …, \"argv\": […]}`",
        )
    }
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(last)) => last.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}
