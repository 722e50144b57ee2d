//! The arguments of a function, with type checks.

use serde_json::Value as Json;

use super::expressions::Lowering;
use super::scope::Scope;
use super::values::{Type, Value};
use crate::counted;
use crate::diagnostics::Place;
use crate::ir::endpoints::Expression;

/// The arguments of one call.
pub(super) struct Arguments<'a> {
    /// The function's name in the model.
    function: &'a str,
    /// The arguments in the model.
    json: &'a [Json],
    /// The place of the call.
    place: &'a Place,
}

impl<'a> Arguments<'a> {
    /// The arguments `argv` of `function`.
    pub(super) fn new(
        lowering: &mut Lowering<'_>,
        function: &'a str,
        argv: &'a Json,
        place: &'a Place,
    ) -> Option<Self> {
        let Some(json) = argv.as_array() else {
            return lowering.error(
                place,
                format!("`{function}` has no list of arguments"),
                "add `argv`",
            );
        };
        Some(Self {
            function,
            json,
            place,
        })
    }

    /// The number of arguments.
    pub(super) fn len(&self) -> usize {
        self.json.len()
    }

    /// Fails unless there are exactly `count`.
    pub(super) fn expect(&self, lowering: &mut Lowering<'_>, count: usize) -> Option<()> {
        if self.json.len() == count {
            return Some(());
        }
        lowering.error(
            self.place,
            format!(
                "`{}` takes {}, and {} {} given",
                self.function,
                counted(count, "argument"),
                self.json.len(),
                if self.json.len() == 1 { "is" } else { "are" },
            ),
            "see the function's description in the specification of the rules engine",
        )
    }

    /// The argument in the model.
    pub(super) fn json(&self, index: usize) -> &'a Json {
        &self.json[index]
    }

    /// The place of the argument.
    pub(super) fn place(&self, index: usize) -> Place {
        self.place.clone().key("argv").index(index)
    }

    /// An argument of any type.
    pub(super) fn any(
        &self,
        lowering: &mut Lowering<'_>,
        scope: &mut Scope,
        index: usize,
    ) -> Option<Value> {
        lowering.expression(&self.json[index], scope, &self.place(index))
    }

    /// An argument that must be a string.
    pub(super) fn string(
        &self,
        lowering: &mut Lowering<'_>,
        scope: &mut Scope,
        index: usize,
    ) -> Option<Value> {
        self.typed(lowering, scope, index, Type::String, "a string")
    }

    /// An argument that must be a boolean.
    pub(super) fn boolean(
        &self,
        lowering: &mut Lowering<'_>,
        scope: &mut Scope,
        index: usize,
    ) -> Option<Expression> {
        self.typed(lowering, scope, index, Type::Boolean, "a boolean")
            .map(|value| value.expression)
    }

    /// An argument that must be a number.
    pub(super) fn number(
        &self,
        lowering: &mut Lowering<'_>,
        scope: &mut Scope,
        index: usize,
    ) -> Option<Expression> {
        self.typed(lowering, scope, index, Type::Integer, "a number")
            .map(|value| value.expression)
    }

    fn typed(
        &self,
        lowering: &mut Lowering<'_>,
        scope: &mut Scope,
        index: usize,
        r#type: Type,
        name: &str,
    ) -> Option<Value> {
        let value = self.any(lowering, scope, index)?;
        if value.r#type == r#type && !value.optional {
            return Some(value);
        }
        lowering.error(
            &self.place(index),
            format!(
                "`{}` takes {name} here, but this is {}",
                self.function,
                value.describe()
            ),
            value.remedy(),
        )
    }
}
