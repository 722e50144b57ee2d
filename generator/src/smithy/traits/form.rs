//! The forms of traits' values.

use serde_json::{Map, Value};

use crate::diagnostics::{Place, Severity};
use crate::shape_id::ShapeId;
use crate::smithy::suggest::closest;

/// The form of a trait's value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// Not checked: the generator ignores the trait, or a later stage reads it.
    Any,
    /// `{}`. Keys are ignored, with a warning.
    Annotation,
    Boolean,
    Text,
    NonEmptyText,
    /// A string for which this function returns true, with a description.
    Matching(fn(&str) -> bool, &'static str),
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// The id of a shape.
    ShapeId,
    Number,
    /// An integer within these limits, both inclusive.
    Integer(i64, i64),
    /// An array whose elements have one form.
    List(&'static Form),
    /// An object with any keys whose values have one form.
    Map(&'static Form),
    /// An object with these keys. Others are ignored, with a warning.
    Object(&'static [Field]),
    /// An object whose content a later stage reads.
    AnyObject,
}

/// A key of [`Form::Object`].
#[derive(Debug)]
pub(crate) struct Field {
    name: &'static str,
    required: bool,
    form: Form,
}

impl Field {
    pub(crate) const fn required(name: &'static str, form: Form) -> Self {
        Self {
            name,
            required: true,
            form,
        }
    }

    pub(crate) const fn optional(name: &'static str, form: Form) -> Self {
        Self {
            name,
            required: false,
            form,
        }
    }
}

/// A part of a trait's value that does not have its form.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) severity: Severity,
    pub(crate) place: Place,
    pub(crate) message: String,
    pub(crate) remedy: String,
}

impl Form {
    /// All faults of a trait's value, which is at `place`.
    pub(crate) fn check(
        self,
        trait_id: &str,
        value: &Value,
        place: impl Fn() -> Place,
    ) -> Vec<Fault> {
        let mut checking = Checking {
            trait_id,
            base: &place,
            path: Vec::new(),
            faults: Vec::new(),
        };
        checking.value(self, value);
        checking.faults
    }

    /// Whether a value without parts has this form.
    fn accepts(self, value: &Value) -> bool {
        match (self, value) {
            (Form::Any, _)
            | (Form::Boolean, Value::Bool(_))
            | (Form::Text, Value::String(_))
            | (Form::Number, Value::Number(_))
            | (Form::AnyObject, Value::Object(_)) => true,
            (Form::NonEmptyText, Value::String(text)) => !text.is_empty(),
            (Form::Matching(holds, _), Value::String(text)) => holds(text),
            (Form::OneOf(choices), Value::String(text)) => choices.contains(&text.as_str()),
            (Form::ShapeId, Value::String(text)) => ShapeId::parse(text).is_ok(),
            (Form::Integer(min, max), Value::Number(number)) => number
                .as_i64()
                .is_some_and(|number| (min..=max).contains(&number)),
            _ => false,
        }
    }

    fn describe(self) -> String {
        match self {
            Form::Any => "any value".to_owned(),
            Form::Annotation => "the empty object `{}`".to_owned(),
            Form::Boolean => "true or false".to_owned(),
            Form::Text => "a string".to_owned(),
            Form::NonEmptyText => "a string that is not empty".to_owned(),
            Form::Matching(_, what) => what.to_owned(),
            Form::OneOf(choices) => {
                let quoted: Vec<String> =
                    choices.iter().map(|choice| format!("`{choice}`")).collect();
                format!("one of {}", quoted.join(", "))
            }
            Form::ShapeId => "an absolute shape id, such as `example#Thing`".to_owned(),
            Form::Number => "a number".to_owned(),
            Form::Integer(min, i64::MAX) => format!("{min} or a greater whole number"),
            Form::Integer(min, max) => format!("a whole number from {min} to {max}"),
            Form::List(_) => "an array".to_owned(),
            Form::Map(_) | Form::Object(_) | Form::AnyObject => "an object".to_owned(),
        }
    }
}

struct Checking<'c> {
    trait_id: &'c str,
    base: &'c dyn Fn() -> Place,
    /// The path from the trait's value. Names and places are made from it if there is a fault.
    path: Vec<Segment<'c>>,
    faults: Vec<Fault>,
}

enum Segment<'c> {
    Key(&'c str),
    Index(usize),
}

impl<'c> Checking<'c> {
    fn value(&mut self, form: Form, value: &'c Value) {
        match (form, value) {
            (Form::List(form), Value::Array(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    self.at(Segment::Index(index), |checking| {
                        checking.value(*form, element)
                    });
                }
            }
            (Form::Map(form), Value::Object(entries)) => {
                for (key, value) in entries {
                    self.at(Segment::Key(key), |checking| checking.value(*form, value));
                }
            }
            (Form::Object(fields), Value::Object(entries)) => self.object(fields, entries),
            (Form::Annotation, Value::Object(entries)) => self.object(&[], entries),
            _ if form.accepts(value) => {}
            _ => self.fault(
                format!("{} is {}", self.subject(), describe(value)),
                format!("it must be {}", form.describe()),
            ),
        }
    }

    fn object(&mut self, fields: &[Field], entries: &'c Map<String, Value>) {
        let mut meant: Vec<&str> = Vec::new();
        for (key, value) in entries {
            let field = fields.iter().find(|field| field.name == key);
            self.at(Segment::Key(key), |checking| match field {
                Some(field) => checking.value(field.form, value),
                None => meant.extend(checking.unknown(key, fields, entries)),
            });
        }
        // A misspelled required key is reported once.
        let missing = |field: &&Field| {
            field.required && !entries.contains_key(field.name) && !meant.contains(&field.name)
        };
        for field in fields.iter().filter(missing) {
            self.fault(
                format!("`{}` lacks `{}`", self.trait_id, field.name),
                format!("add it; it is {}", field.form.describe()),
            );
        }
    }

    /// Reports an unknown key, and returns the missing key that it may mean. Like in Smithy, any
    /// other is only a warning: the model may be newer than the table.
    fn unknown(
        &mut self,
        key: &str,
        fields: &[Field],
        entries: &Map<String, Value>,
    ) -> Option<&'static str> {
        let absent = || fields.iter().filter(|it| !entries.contains_key(it.name));
        let meant = closest(key, absent().map(|field| field.name));
        let is_required = absent().any(|field| field.required && meant == Some(field.name));
        let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        let (severity, passed_over) = match is_required {
            true => (Severity::Error, ""),
            false => (Severity::Warning, ": it is ignored"),
        };
        self.faults.push(Fault {
            severity,
            place: self.place().the_key(),
            message: format!("`{}` has no property `{key}`{passed_over}", self.trait_id),
            remedy: match (meant, names.as_slice()) {
                (Some(name), _) => format!("did you mean `{name}`?"),
                (None, []) => "remove it: the trait has no properties".to_owned(),
                (None, names) => {
                    format!("remove it; the properties are `{}`", names.join("`, `"))
                }
            },
        });
        meant
    }

    fn at(&mut self, segment: Segment<'c>, check: impl FnOnce(&mut Self)) {
        self.path.push(segment);
        check(self);
        self.path.pop();
    }

    /// The name of the value in messages.
    fn subject(&self) -> String {
        let id = self.trait_id;
        match self.path.as_slice() {
            [] => format!("`{id}`"),
            [.., Segment::Key(key)] => format!("`{key}` of `{id}`"),
            [.., Segment::Key(key), Segment::Index(_)] => {
                format!("an element of `{key}` of `{id}`")
            }
            [.., Segment::Index(_)] => format!("an element of `{id}`"),
        }
    }

    fn fault(&mut self, message: String, remedy: String) {
        self.faults.push(Fault {
            severity: Severity::Error,
            place: self.place(),
            message,
            remedy,
        });
    }

    fn place(&self) -> Place {
        self.path
            .iter()
            .fold((self.base)(), |place, segment| match segment {
                Segment::Key(key) => place.key(*key),
                Segment::Index(index) => place.index(*index),
            })
    }
}

/// Describes a JSON value by its type, and by the value if it is short.
pub(crate) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.is_empty() => "an empty string".to_owned(),
        Value::String(text) if text.chars().count() <= 40 => format!("the string `{text}`"),
        Value::String(_) => "a string".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(entries) if entries.is_empty() => "the empty object `{}`".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const HTTP: Form = Form::Object(&[
        Field::required("method", Form::NonEmptyText),
        Field::optional("code", Form::Integer(100, 999)),
        Field::optional("names", Form::List(&Form::Text)),
    ]);

    fn check(value: Value) -> Vec<String> {
        let faults = HTTP.check("example#http", &value, Place::root).into_iter();
        faults
            .map(|fault| format!("{}; {}", fault.message, fault.remedy))
            .collect()
    }

    #[test]
    fn all_faults_of_an_object() {
        assert_eq!(
            check(json!({"method": "GET", "code": 200, "names": ["a"]})),
            [""; 0]
        );
        assert_eq!(
            check(json!({"code": 20, "names": ["a", 1], "name": 1})),
            [
                "`code` of `example#http` is the number 20; it must be a whole number from 100 to 999",
                "an element of `names` of `example#http` is the number 1; it must be a string",
                "`example#http` has no property `name`: it is ignored; remove it; the properties are `method`, `code`, `names`",
                "`example#http` lacks `method`; add it; it is a string that is not empty",
            ]
        );
        assert_eq!(
            check(json!({"metod": "GET", "cod": 200})),
            [
                "`example#http` has no property `metod`; did you mean `method`?",
                "`example#http` has no property `cod`: it is ignored; did you mean `code`?",
            ]
        );
        assert_eq!(
            check(json!("GET")),
            ["`example#http` is the string `GET`; it must be an object"]
        );
    }
}
