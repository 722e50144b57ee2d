//! Values of the rules: their types and ownership.

use crate::ir::endpoints::{Expression, Items, Record, Variable, VariableType};

/// An expression and what is known about it.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// The expression; its type in Rust is an `Option` if the value is optional.
    pub(super) expression: Expression,
    /// The type of the value.
    pub(super) r#type: Type,
    /// Whether the value may be absent.
    pub(super) optional: bool,
    /// The ownership of the value.
    pub(super) hold: Hold,
}

/// The types of the rules engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    String,
    Boolean,
    Integer,
    Array(Items),
    Record(Record),
}

/// The ownership of a value in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// A `bool` or a number.
    Copied,
    /// A `&'static str`, or a partition.
    Static,
    /// A `&str` or a slice.
    Borrowed,
    /// A `String`, `Vec` or structure that has an owner.
    Place,
    /// A `String`, `Vec` or structure without an owner.
    Temporary,
}

impl Value {
    /// A value that is always present.
    pub(super) fn new(expression: Expression, r#type: Type, hold: Hold) -> Self {
        Self {
            expression,
            r#type,
            optional: false,
            hold,
        }
    }

    /// The same value as an optional one.
    pub(super) fn optional(self) -> Self {
        Self {
            optional: true,
            ..self
        }
    }

    /// A boolean.
    pub(super) fn boolean(expression: Expression) -> Self {
        Self::new(expression, Type::Boolean, Hold::Copied)
    }

    /// A literal string.
    pub(super) fn string(text: &str) -> Self {
        let text = Expression::String(text.to_owned());
        Self::new(text, Type::String, Hold::Static)
    }

    /// The value of a variable.
    pub(super) fn variable(variable: &Variable) -> Self {
        let (r#type, hold) = match variable.holds {
            VariableType::Text => (Type::String, Hold::Borrowed),
            VariableType::OwnedText => (Type::String, Hold::Place),
            VariableType::Flag => (Type::Boolean, Hold::Copied),
            VariableType::Texts => (Type::Array(Items::Borrowed), Hold::Place),
            VariableType::Strings => (Type::Array(Items::Owned), Hold::Borrowed),
            VariableType::Record(Record::Partition) => {
                (Type::Record(Record::Partition), Hold::Static)
            }
            VariableType::Record(record) => (Type::Record(record), Hold::Place),
        };
        Self::new(Expression::Variable(variable.name.clone()), r#type, hold)
    }

    /// The type of a variable for this value; `None` for numbers, which need no variable.
    pub(super) fn variable_type(&self) -> Option<VariableType> {
        Some(match self.r#type {
            Type::String if self.hold == Hold::Temporary => VariableType::OwnedText,
            Type::String => VariableType::Text,
            Type::Boolean => VariableType::Flag,
            Type::Integer => return None,
            Type::Array(Items::Borrowed) => VariableType::Texts,
            Type::Array(Items::Owned) => VariableType::Strings,
            Type::Record(record) => VariableType::Record(record),
        })
    }

    /// Whether this is a string that is always present.
    pub(super) fn is_text(&self) -> bool {
        self.r#type == Type::String && !self.optional
    }

    /// The text as a borrowed value for a variable.
    pub(super) fn view(&self) -> Self {
        if self.hold != Hold::Place || self.r#type != Type::String {
            return self.clone();
        }
        let view = Expression::View(Box::new(self.expression.clone()));
        Self::new(view, Type::String, Hold::Borrowed)
    }

    /// The value as a borrowed argument: `&str`, `&[String]`.
    pub(super) fn lend(self) -> Expression {
        match self.hold {
            Hold::Copied | Hold::Static | Hold::Borrowed => self.expression,
            Hold::Place | Hold::Temporary => Expression::Borrow(Box::new(self.expression)),
        }
    }

    /// The text in a form that converts into a `Cow<'static, str>`.
    pub(super) fn into_cow(self) -> Expression {
        match self.hold {
            Hold::Borrowed => Expression::ToOwned(Box::new(self.expression)),
            _ => self.into_owned(),
        }
    }

    /// The text in a form that converts into a `String` or a `Document`.
    pub(super) fn into_owned(self) -> Expression {
        match self.hold {
            Hold::Place => Expression::Clone(Box::new(self.expression)),
            _ => self.expression,
        }
    }

    /// The description of the value in diagnostics.
    pub(super) fn describe(&self) -> String {
        let name = match self.r#type {
            Type::String => "a string",
            Type::Boolean => "a boolean",
            Type::Integer => "a number",
            Type::Array(_) => "an array of strings",
            Type::Record(Record::Arn) => "an ARN",
            Type::Record(Record::Partition) => "a partition",
            Type::Record(Record::Url) => "a URL",
        };
        if self.optional {
            format!("{name} that may be unset")
        } else {
            name.to_owned()
        }
    }

    /// The remedy for a value of the wrong type.
    pub(super) fn remedy(&self) -> &'static str {
        match self.expression {
            Expression::Parameter(_) | Expression::ParameterView(_) if self.optional => {
                "check it with an earlier `isSet` condition, or give the parameter a `default` and \
                 `\"required\": true`"
            }
            _ if self.optional => {
                "make sure with an earlier `isSet` condition, or with `assign`, that it is set"
            }
            _ => "use an expression of the right type",
        }
    }
}
