//! Lowers `@examples`.
//!
//! Examples that do not fit the model are skipped with a warning, because a client does not need
//! them.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::docs::{markdown, strong};
use super::{Context, values};
use crate::diagnostics::{Diagnostics, Place, json};
use crate::ir::{CallExample, ExampleResult, StructureId, Value};
use crate::names::FieldName;
use crate::smithy::exact::Json;
use crate::smithy::{Operation, ShapeId};

const EXAMPLES: &str = "smithy.api#examples";

/// Maximum number of strings of a list that are shown.
const SHOWN: usize = 4;

/// An element of the trait.
#[derive(Deserialize)]
struct Example {
    #[serde(default)]
    title: String,
    #[serde(default)]
    documentation: String,
    #[serde(default)]
    input: IndexMap<String, Json>,
    #[serde(default)]
    output: IndexMap<String, Json>,
    error: Option<Failure>,
}

/// The error of a call. Its members are not shown.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Failure {
    shape_id: String,
}

/// The examples of an operation, in the order of the model.
pub(super) fn examples(
    context: &Context<'_>,
    operation: &Operation,
    diagnostics: &mut Diagnostics,
) -> Vec<CallExample> {
    let Some(text) = operation.traits.text(EXAMPLES) else {
        return Vec::new();
    };
    // A value that is not an array has already been reported.
    let elements: Vec<&RawValue> = serde_json::from_str(&text).unwrap_or_default();
    let mut examples = Vec::with_capacity(elements.len());
    for (index, element) in elements.iter().enumerate() {
        let mut lowering = Lowering {
            context,
            operation,
            problems: Diagnostics::new(),
        };
        let place = Place::shape(&operation.id).r#trait(EXAMPLES).index(index);
        let example = lowering.example(element, &place);
        if lowering.problems.is_empty() {
            examples.extend(example);
        }
        for problem in lowering.problems {
            let message = format!("the example is left out: {}", problem.message());
            diagnostics.warning(problem.place().clone(), message, problem.remedy());
        }
    }
    examples
}

struct Lowering<'a> {
    context: &'a Context<'a>,
    operation: &'a Operation,
    /// The problems of the example.
    problems: Diagnostics,
}

impl Lowering<'_> {
    fn example(&mut self, element: &RawValue, place: &Place) -> Option<CallExample> {
        let example: Example = match serde_json::from_str(element.get()) {
            Ok(example) => example,
            Err(error) => {
                self.problems.error(
                    place.clone(),
                    format!("it cannot be read: {}", json::reason(&error)),
                    "give it a `title`, the members of `input`, and those of `output` or an \
                     `error`",
                );
                return None;
            }
        };
        let mut docs = strong(&example.title);
        if example.documentation.trim() != example.title.trim() {
            docs.append(markdown(&example.documentation));
        }
        let at = |key| place.clone().key(key);
        let input = self.members(
            ("input", self.operation.input.as_ref()),
            &example.input,
            &at("input"),
        );
        let result = match &example.error {
            Some(error) => ExampleResult::Error(self.error(error, &at("error"))?),
            None => ExampleResult::Output(self.output(&example.output, &at("output"))),
        };
        Some(CallExample {
            docs,
            input,
            result,
        })
    }

    fn members(
        &mut self,
        (what, shape): (&str, Option<&ShapeId>),
        given: &IndexMap<String, Json>,
        place: &Place,
    ) -> Vec<(FieldName, Value)> {
        let Some(id) = shape else {
            if !given.is_empty() {
                self.problems.error(
                    place.clone(),
                    format!("`{}` has no {what}", self.operation.id),
                    "leave the members out",
                );
            }
            return Vec::new();
        };
        let shape = self.context.model.shape(id);
        values::members(self.context, shape, given, place, &mut self.problems)
    }

    /// The members of an output that fit on a line each: readers need to see the call, not the
    /// whole response.
    fn output(&mut self, given: &IndexMap<String, Json>, place: &Place) -> Vec<(FieldName, Value)> {
        let is_short = |json: &Json| match json {
            Json::Array(items) => {
                let mut texts = items.iter();
                (1..=SHOWN).contains(&items.len())
                    && texts.all(|item| matches!(item, Json::String(_)))
            }
            Json::Object(_) => false,
            _ => true,
        };
        let short = given.iter().filter(|(_, json)| is_short(json));
        let short = short.map(|(name, json)| (name.clone(), json.clone()));
        let shape = ("output", self.operation.output.as_ref());
        let members = self.members(shape, &short.collect(), place);
        let members = members.into_iter();
        members.filter(|(_, value)| is_shown(value)).collect()
    }

    fn error(&mut self, error: &Failure, place: &Place) -> Option<StructureId> {
        let ids = &self.context.shapes.structures;
        let known: BTreeMap<_, _> = self
            .operation
            .errors
            .iter()
            .map(|id| (id.as_str(), id))
            .collect();
        let found = known
            .get(error.shape_id.as_str())
            .and_then(|id| ids.get(id));
        if found.is_none() {
            self.problems.error(
                place.clone().key("shapeId"),
                format!("`{}` is no error of the operation", error.shape_id),
                "name one of its `errors`",
            );
        }
        found.copied()
    }
}

/// Whether a value fits on a line of an assertion.
fn is_shown(value: &Value) -> bool {
    match value {
        Value::Boolean(_)
        | Value::Integer(_)
        | Value::Float(_)
        | Value::Double(_)
        | Value::String(_)
        | Value::Enum(..) => true,
        Value::List(items) => items.iter().all(is_shown),
        _ => false,
    }
}
