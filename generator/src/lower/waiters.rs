//! Lowers `@waitable`; see <https://smithy.io/2.0/additional-specs/waiters.html>.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::Context;
use super::describe;
use super::paths::{Leads, Paths, Problem};
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::{
    Acceptor, Deprecation, ErrorMatcher, Expected, OutputMatcher, Path, Structure, StructureId,
    Waiter, WaiterState,
};
use crate::names::WaiterName;
use crate::smithy::Operation;

const WAITABLE: &str = "smithy.waiters#waitable";

/// The default minimum and maximum delay.
const DELAYS: [u32; 2] = [2, 120];

/// The waiters of an operation, in the order of the model.
pub(super) fn waiters(
    context: &Context<'_>,
    operation: &Operation,
    structures: &[Structure],
    errors: &[StructureId],
    diagnostics: &mut Diagnostics,
) -> Vec<Waiter> {
    let Some(waiters) = operation.traits.waitable().and_then(Json::as_object) else {
        return Vec::new();
    };
    if sends_stream(context, operation) {
        diagnostics.error(
            place(operation),
            "the operation sends a stream, which a waiter cannot send again",
            "remove the trait",
        );
        return Vec::new();
    }
    let waiters = waiters.iter().map(|(name, waiter)| {
        let mut lowering = Lowering {
            context,
            operation,
            structures,
            errors,
            place: place(operation).key(name),
            diagnostics,
            paths: Vec::new(),
        };
        lowering.waiter(name, waiter)
    });
    waiters.collect()
}

fn place(operation: &Operation) -> Place {
    Place::shape(&operation.id).r#trait(WAITABLE)
}

fn sends_stream(context: &Context<'_>, operation: &Operation) -> bool {
    let input = operation.input.as_ref().map(|id| context.model.shape(id));
    let mut members = input.into_iter().flat_map(|input| input.members());
    members.any(|member| context.model.target(member).traits.streaming())
}

/// Checks that the names of waiters are unique, and that no member of an input has the name of
/// their method.
pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut taken: BTreeMap<String, (&str, Place)> = BTreeMap::new();
    for operation in &context.model.operations {
        let waiters = operation.traits.waitable().and_then(Json::as_object);
        let Some(waiters) = waiters else {
            continue;
        };
        for name in waiters.keys() {
            let here = place(operation).key(name).the_key();
            if let Some((other, first)) = taken.get(&name.to_lowercase()) {
                let message = format!("the waiters `{other}` and `{name}` have the same name");
                diagnostics.error(here, message, "give one of them another name");
                diagnostics.see(first.clone(), "the other one");
                continue;
            }
            taken.insert(name.to_lowercase(), (name, here));
        }
        let input = operation.input.as_ref().map(|id| context.model.shape(id));
        let mut members = input.into_iter().flat_map(|input| input.members());
        if let Some(member) = members.find(|member| member.rust_name().eq_ignore_ascii_case("wait"))
        {
            diagnostics.error(
                place(operation),
                format!(
                    "the input has a member `{}`, and waiters have a method `wait`",
                    member.name
                ),
                "give the member another name in Rust, with `rename` in services.toml or with \
                 `--rename`: what is sent does not change",
            );
        }
    }
}

/// One waiter while it is lowered.
struct Lowering<'a, 'd> {
    context: &'a Context<'a>,
    operation: &'a Operation,
    structures: &'a [Structure],
    errors: &'a [StructureId],
    place: Place,
    diagnostics: &'d mut Diagnostics,
    paths: Vec<Path>,
}

impl Lowering<'_, '_> {
    fn waiter(&mut self, name: &str, waiter: &Json) -> Waiter {
        self.check_name(name);
        let acceptors = waiter.get("acceptors").and_then(Json::as_array);
        let acceptors = acceptors.map(Vec::as_slice).unwrap_or_default();
        if !acceptors
            .iter()
            .any(|acceptor| acceptor["state"] == "success")
        {
            self.diagnostics.error(
                self.place.clone().key("acceptors"),
                format!("nothing makes the waiter `{name}` succeed"),
                "add an acceptor with the state `success`",
            );
        }
        let (mut of_output, mut of_error) = (Vec::new(), Vec::new());
        for (index, acceptor) in acceptors.iter().enumerate() {
            let place = self.place.clone().key("acceptors").index(index);
            let state = match acceptor["state"].as_str() {
                Some("success") => WaiterState::Success,
                Some("failure") => WaiterState::Failure,
                _ => WaiterState::Retry,
            };
            match self.matcher(&acceptor["matcher"], place.key("matcher")) {
                Some(Matcher::Output(matcher)) => of_output.push(Acceptor { matcher, state }),
                Some(Matcher::Error(matcher)) => of_error.push(Acceptor { matcher, state }),
                None => {}
            }
        }
        until(&mut of_output, &OutputMatcher::Any);
        until(&mut of_error, &ErrorMatcher::Any);
        Waiter {
            name: WaiterName::new(name),
            docs: describe::of_waiter(self.operation, name, waiter["documentation"].as_str()),
            deprecated: (waiter["deprecated"] == true).then_some(Deprecation {
                since: None,
                note: None,
            }),
            delays: self.delays(name, waiter),
            paths: std::mem::take(&mut self.paths),
            of_output,
            of_error,
        }
    }

    fn check_name(&mut self, name: &str) {
        let is_camel = name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.chars().all(|c| c.is_ascii_alphanumeric());
        if !is_camel {
            self.diagnostics.error(
                self.place.clone().the_key(),
                format!("`{name}` is not the name of a waiter"),
                "begin with a capital letter, and use letters and digits only",
            );
        }
    }

    fn delays(&mut self, name: &str, waiter: &Json) -> [u32; 2] {
        let delay = |key: &str| waiter.get(key)?.as_u64()?.try_into().ok();
        let least: u32 = delay("minDelay").unwrap_or(DELAYS[0]);
        let greatest = delay("maxDelay").unwrap_or(DELAYS[1]);
        if least > greatest {
            self.diagnostics.error(
                self.place.clone(),
                format!(
                    "the waiter `{name}` waits at least {least} seconds and at most {greatest}"
                ),
                "`minDelay` (2 unless given) must not exceed `maxDelay` (120 unless given)",
            );
        }
        [least, greatest]
    }

    fn matcher(&mut self, matcher: &Json, place: Place) -> Option<Matcher> {
        let entries = matcher.as_object()?;
        let known: Vec<_> = entries.iter().filter(|(key, _)| is_matcher(key)).collect();
        let [(kind, value)] = known.as_slice() else {
            self.diagnostics.error(
                place,
                format!("the matcher has {} conditions", known.len()),
                "give it one of `output`, `inputOutput`, `success` and `errorType`",
            );
            return None;
        };
        Some(match kind.as_str() {
            "success" if **value == Json::Bool(true) => Matcher::Output(OutputMatcher::Any),
            "success" => Matcher::Error(ErrorMatcher::Any),
            "errorType" => Matcher::Error(self.error(value.as_str().unwrap_or_default())),
            kind => {
                let place = place.key(kind);
                Matcher::Output(self.path(value, kind == "inputOutput", place)?)
            }
        })
    }

    /// Errors match by the name of their shape or by their code.
    fn error(&self, id: &str) -> ErrorMatcher {
        let name = id.rsplit_once('#').map_or(id, |(_, name)| name);
        let shapes = self.operation.errors.iter();
        let position = shapes.clone().position(|shape| shape.name() == name);
        let found = position.map(|position| &self.operation.errors[position]);
        let structure = found.map(|shape| self.context.shapes.structures[shape]);
        match structure.filter(|structure| self.errors.contains(structure)) {
            Some(id) => ErrorMatcher::Modeled(self.structures[id.0 as usize].name.clone()),
            None => ErrorMatcher::Code(name.to_owned()),
        }
    }

    fn path(&mut self, matcher: &Json, sees_input: bool, place: Place) -> Option<OutputMatcher> {
        let text = |key: &str| matcher[key].as_str().unwrap_or_default();
        let path = text("path");
        let expected = match text("comparator") {
            "booleanEquals" => match text("expected") {
                "true" => Expected::Boolean(true),
                "false" => Expected::Boolean(false),
                other => {
                    self.diagnostics.error(
                        place.key("expected"),
                        format!("`{other}` is neither true nor false"),
                        "write `true` or `false`, or compare strings",
                    );
                    return None;
                }
            },
            "allStringEquals" => Expected::All(text("expected").to_owned()),
            "anyStringEquals" => Expected::Any(text("expected").to_owned()),
            _ => Expected::Text(text("expected").to_owned()),
        };
        let paths = Paths::new(self.context, self.operation);
        let found = paths.path(path, sees_input);
        let found = found.and_then(|(found, leads)| fitting(&expected, leads).map(|()| found));
        match found {
            Ok(found) => Some(OutputMatcher::Path(self.index(found), expected)),
            Err(problem) => {
                self.diagnostics.error(
                    place.key("path"),
                    format!("`{path}` cannot be followed: {}", problem.message),
                    problem.remedy,
                );
                None
            }
        }
    }

    /// The index of a path, which is added if it is new.
    fn index(&mut self, path: Path) -> usize {
        let known = self.paths.iter().position(|known| *known == path);
        known.unwrap_or_else(|| {
            self.paths.push(path);
            self.paths.len() - 1
        })
    }
}

/// Matches a response.
enum Matcher {
    Output(OutputMatcher),
    Error(ErrorMatcher),
}

fn is_matcher(key: &str) -> bool {
    matches!(key, "output" | "inputOutput" | "success" | "errorType")
}

/// Drops acceptors after one that matches anything.
fn until<M: PartialEq>(acceptors: &mut Vec<Acceptor<M>>, any: &M) {
    if let Some(last) = acceptors.iter().position(|it| it.matcher == *any) {
        acceptors.truncate(last + 1);
    }
}

/// Checks that the type of a path fits the comparison.
fn fitting(expected: &Expected, leads: Option<Leads>) -> Result<(), Problem> {
    let (wanted, what) = match expected {
        Expected::Text(_) => (Leads::Text, "a string"),
        Expected::Boolean(_) => (Leads::Boolean, "a boolean"),
        Expected::All(_) | Expected::Any(_) => (Leads::Texts, "a list of strings"),
    };
    match leads == Some(wanted) {
        true => Ok(()),
        false => Err(Problem {
            message: format!("it does not lead to {what}"),
            remedy: "use another `comparator`, or correct the path".to_owned(),
        }),
    }
}
