//! Makes the same call with both crates.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use generator::ir::Operation;
use similar::TextDiff;

use crate::debug::Node;
use crate::differences::{DIFFERENCES, Difference, Rule, is_unreadable, unsigned};
use crate::model::Model;
use crate::outcome::{Client, Outcome};
use crate::transport::{Request, Response, Transport};
use crate::value::Value;

/// Both clients of a service.
pub struct Pair<'a> {
    model: &'a Model,
    official: Side,
    ours: Side,
    /// A difference that is not allowed, to check whether it still exists.
    without: Option<&'static str>,
}

struct Side {
    transport: Transport,
    client: Box<dyn Client>,
}

/// Everything that can be observed of a call.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    input: Node,
    requests: Vec<Request>,
    outcome: Outcome,
}

/// The placeholder for hidden values.
const REDACTED: &str = "Sensitive Data Redacted";

/// Why a call could not be observed.
#[derive(Debug, PartialEq)]
enum Failure {
    /// The input could not be built.
    NotBuilt(String),
    /// The crate panicked with this message.
    Panicked(String),
}

/// How the crates differ.
pub struct Mismatch {
    /// The operation.
    pub operation: String,
    /// The input.
    pub given: String,
    /// The outcome of the official crate.
    pub official: String,
    /// Our outcome.
    pub ours: String,
}

/// The response with which one crate would behave like the other.
type Change = fn(&Model, &Operation, &Response) -> Option<Response>;

impl<'a> Pair<'a> {
    /// Clients of both crates.
    pub fn new(model: &'a Model) -> Self {
        let side = |connect: fn(&Transport) -> Box<dyn Client>| {
            let transport = Transport::default();
            Side {
                client: connect(&transport),
                transport,
            }
        };
        let (official, ours) = (side(model.crates.official), side(model.crates.ours));
        Self {
            model,
            official,
            ours,
            without: None,
        }
    }

    /// Clients that are compared as if one of the differences were not intended.
    pub fn without(model: &'a Model, difference: &'static str) -> Self {
        Self {
            without: Some(difference),
            ..Self::new(model)
        }
    }

    /// Makes a call with both crates and compares everything that can be observed.
    ///
    /// # Errors
    ///
    /// Returns unintended differences.
    pub fn call(
        &self,
        index: usize,
        input: &Value,
        response: &Response,
    ) -> Result<(), Box<Mismatch>> {
        let operation = &self.model.client.operations[index];
        let official_gets = self.official_gets(operation, response);
        let official_gets = official_gets.as_ref().unwrap_or(response);
        let official = self.official.call(index, input, official_gets);
        let mut official = self.without_differences(official);
        let ours_gets = self.ours_gets(operation, response);
        let ours_gets = ours_gets.as_ref().unwrap_or(response);
        let mut ours = self.without_differences(self.ours.call(index, input, ours_gets));
        if let (Ok(official), Ok(ours)) = (&official, &mut ours) {
            for difference in self.differences() {
                if let Rule::Ours(rule) = difference.rule {
                    rule(&official.outcome, &mut ours.outcome);
                }
            }
        }
        if let (Ok(official), Ok(ours)) = (&mut official, &ours)
            && official.requests != ours.requests
            && self.may_send(&official.requests, &ours.requests)
        {
            official.requests.clone_from(&ours.requests);
        }
        let is_meant = match (&official, &ours) {
            (Ok(official), Ok(ours)) => {
                official == ours
                    || self.is_only_hidden(official, ours)
                    || self.is_only_lost(official, ours)
                    || self.may_refuse(operation, response, official, ours)
            }
            (Err(Failure::Panicked(text)), Ok(ours)) => self.may_panic(text, ours),
            (Err(official), Err(ours)) => official == ours,
            _ => false,
        };
        if is_meant {
            return Ok(());
        }
        Err(Box::new(Mismatch {
            operation: operation.name.to_string(),
            given: format!("input {input:?}\nresponse {response}"),
            official: shown(&official),
            ours: shown(&ours),
        }))
    }

    /// The allowed differences.
    fn differences(&self) -> impl Iterator<Item = &'static Difference> {
        let all = DIFFERENCES.iter();
        all.filter(|difference| self.without != Some(difference.name))
    }

    /// The response with which the official crate behaves like ours with this one.
    fn official_gets(&self, operation: &Operation, response: &Response) -> Option<Response> {
        self.substitute(operation, response, |rule| match rule {
            Rule::Response(rule) => Some(*rule),
            _ => None,
        })
    }

    /// The response with which ours behaves like the official crate with this one.
    fn ours_gets(&self, operation: &Operation, response: &Response) -> Option<Response> {
        self.substitute(operation, response, |rule| match rule {
            Rule::OurResponse(rule) => Some(*rule),
            _ => None,
        })
    }

    /// The response with the changes of some of the differences.
    fn substitute(
        &self,
        operation: &Operation,
        response: &Response,
        change: fn(&Rule) -> Option<Change>,
    ) -> Option<Response> {
        let mut substitute = None;
        for change in self.differences().filter_map(|it| change(&it.rule)) {
            let response = substitute.as_ref().unwrap_or(response);
            substitute = change(self.model, operation, response).or(substitute);
        }
        substitute
    }

    /// Removes the fields that only one of the crates has from a structure. For hidden values, the
    /// official crates print the names of fields in code.
    fn leave_out_unseen(&self, node: &mut Node) {
        if let Node::Fields(name, fields) = node {
            let name = name.strip_suffix("Builder").unwrap_or(name);
            for (field, _) in fields.iter_mut() {
                *field = field.trim_start_matches("r#").to_owned();
            }
            fields.retain(|(field, _)| !self.model.lacking.is_unseen(name, field));
        }
    }

    /// Whether one crate may find the response unreadable, and does.
    fn may_refuse(
        &self,
        operation: &Operation,
        response: &Response,
        official: &Seen,
        ours: &Seen,
    ) -> bool {
        let is_refused = is_unreadable(&ours.outcome);
        let is_refused_once = is_refused || is_unreadable(&official.outcome);
        let allows = |difference: &Difference| match difference.rule {
            Rule::Refusal(rule) => is_refused_once && rule(self.model, operation, response),
            Rule::OurRefusal(rule) => is_refused && rule(self.model, operation, response),
            _ => false,
        };
        official.input == ours.input
            && official.requests == ours.requests
            && self.differences().any(allows)
    }

    /// Whether the crates may send these requests, although they are not the same.
    fn may_send(&self, official: &[Request], ours: &[Request]) -> bool {
        let ([official], [ours]) = (official, ours) else {
            return false;
        };
        let (mut official, mut ours) = (official.clone(), ours.clone());
        for difference in self.differences() {
            if let Rule::Request(rule) = difference.rule {
                rule(&mut official);
                rule(&mut ours);
            }
        }
        let allows = |difference: &Difference| match difference.rule {
            Rule::Form(rule) => rule(self.model, &official.body, &ours.body),
            _ => false,
        };
        let is_same_body = unsigned(&official.body) == unsigned(&ours.body);
        let may_differ = is_same_body || self.differences().any(allows);
        // The signature and the length of a body depend on the parts that differ.
        for request in [&mut official, &mut ours] {
            request.headers.retain(|(name, _)| {
                name != "authorization" && (is_same_body || name != "content-length")
            });
            request.body.clear();
        }
        may_differ && official == ours
    }

    /// Whether the only difference is an allowed one: one crate does not print what the other does.
    fn is_only_hidden(&self, official: &Seen, ours: &Seen) -> bool {
        let has = |rule: fn(&Rule) -> bool| self.differences().any(|it| rule(&it.rule));
        let (mut there, mut here) = (official.clone(), ours.clone());
        if has(|rule| matches!(rule, Rule::Hidden)) {
            hide(&mut there.input, &here.input, may_be_collection);
            hide(
                &mut there.outcome.debug,
                &here.outcome.debug,
                may_be_collection,
            );
        }
        if has(|rule| matches!(rule, Rule::HiddenThere)) {
            hide(&mut here.input, &there.input, |_| true);
            hide(&mut here.outcome.debug, &there.outcome.debug, |_| true);
        }
        there == here
    }

    /// Whether the only difference is an allowed one: the official crate has another error.
    fn is_only_lost(&self, official: &Seen, ours: &Seen) -> bool {
        let allows = |difference: &Difference| match difference.rule {
            Rule::Lost(rule) => rule(&official.outcome, &ours.outcome),
            _ => false,
        };
        official.input == ours.input
            && official.requests == ours.requests
            && official.outcome.request_id == ours.outcome.request_id
            && self.differences().any(allows)
    }

    /// Whether the official crate may panic with this text where ours saw this.
    fn may_panic(&self, text: &str, ours: &Seen) -> bool {
        let allows = |difference: &Difference| match difference.rule {
            Rule::Panic(rule) => rule(text, &ours.outcome),
            _ => false,
        };
        ours.requests.is_empty() && self.differences().any(allows)
    }

    fn without_differences(&self, seen: Result<Seen, Failure>) -> Result<Seen, Failure> {
        let mut seen = seen?;
        let is_seen = |node: &mut Node| self.leave_out_unseen(node);
        seen.input.visit(&mut { is_seen });
        seen.outcome.debug.visit(&mut { is_seen });
        for difference in self.differences() {
            if let Rule::Outcome(rule) = difference.rule {
                rule(&mut seen.outcome);
            }
        }
        Ok(seen)
    }
}

impl Side {
    /// The observations of a call, or why there was none.
    fn call(&self, operation: usize, input: &Value, response: &Response) -> Result<Seen, Failure> {
        self.transport.respond(response);
        let call = || {
            let call = self.client.call(operation, input);
            let call = call.map_err(|error| Failure::NotBuilt(format!("{error:?}: {error}")))?;
            Ok((call.input.clone(), call.make()))
        };
        let made = catch_unwind(AssertUnwindSafe(call));
        let requests = self.transport.take_requests();
        let (input, outcome) = made.unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>();
            Err(Failure::Panicked(text.cloned().unwrap_or_default()))
        })?;
        Ok(Seen {
            input,
            requests,
            outcome,
        })
    }
}

/// Hides values that are hidden on the other side, if that is allowed.
fn hide(shown: &mut Node, other: &Node, may_be: fn(&Node) -> bool) {
    match (&mut *shown, other) {
        (shown, Node::Atom(text)) if text.contains(REDACTED) && may_be(shown) => {
            *shown = other.clone();
        }
        (Node::Fields(_, shown), Node::Fields(_, other)) => {
            let pairs = shown.iter_mut().zip(other);
            pairs.for_each(|((_, shown), (_, other))| hide(shown, other, may_be));
        }
        (Node::List(_, shown), Node::List(_, other)) => {
            let pairs = shown.iter_mut().zip(other);
            pairs.for_each(|(shown, other)| hide(shown, other, may_be));
        }
        _ => {}
    }
}

/// Whether this is a list or a map, or an optional one that is absent.
fn may_be_collection(node: &Node) -> bool {
    match node {
        Node::List(name, inner) if name == "Some" => inner.iter().all(may_be_collection),
        Node::List(name, _) => name.is_empty(),
        Node::Map(_) => true,
        Node::Atom(text) => text == "None",
        Node::Fields(..) => false,
    }
}

fn shown(seen: &Result<Seen, Failure>) -> String {
    match seen {
        Ok(Seen {
            input,
            requests,
            outcome,
        }) => {
            let mut text = input.to_string();
            for Request {
                method,
                uri,
                headers,
                body,
            } in requests
            {
                text += &format!("{method} {uri}\n");
                for (name, value) in headers {
                    text += &format!("{name}: {value}\n");
                }
                text += &format!("{}\n", body.escape_ascii());
            }
            let Outcome {
                kind,
                value,
                debug,
                request_id,
                error,
            } = outcome;
            text += &format!("{kind} {request_id:?}\n{value}{debug}");
            text + &error.as_ref().map(ToString::to_string).unwrap_or_default()
        }
        Err(Failure::NotBuilt(error)) => format!("not built: {error}\n"),
        Err(Failure::Panicked(text)) => format!("panicked: {text}\n"),
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation,
            given,
            official,
            ours,
        } = self;
        let diff = TextDiff::from_lines(official, ours);
        let mut diff = diff.unified_diff();
        let diff = diff.context_radius(1).header("official", "ours");
        write!(f, "{operation}\n{given}\n{diff}")
    }
}
