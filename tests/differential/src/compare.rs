//! Making the same call with both crates.

use std::fmt;

use similar::TextDiff;

use crate::debug::Node;
use crate::differences::{DIFFERENCES, Rule, is_unreadable};
use crate::model::Model;
use crate::outcome::{Client, Outcome};
use crate::transport::{Request, Response, Transport};
use crate::value::Value;

/// Both clients of a service.
pub struct Pair<'a> {
    model: &'a Model,
    official: Side,
    ours: Side,
    /// A difference that is not allowed for once, to see whether it is still there.
    without: Option<&'static str>,
}

struct Side {
    transport: Transport,
    client: Box<dyn Client>,
}

/// All that can be seen of a call.
#[derive(Debug, PartialEq)]
struct Seen {
    input: Node,
    requests: Vec<Request>,
    outcome: Outcome,
}

/// How the crates differ.
pub struct Mismatch {
    /// The operation.
    pub operation: String,
    /// What was put in.
    pub given: String,
    /// What the official crate did.
    pub official: String,
    /// What ours did.
    pub ours: String,
}

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

    /// Clients that are compared as if one of the differences were not meant.
    pub fn without(model: &'a Model, difference: &'static str) -> Self {
        Self {
            without: Some(difference),
            ..Self::new(model)
        }
    }

    /// Makes a call with both crates and compares all that can be seen of it.
    ///
    /// # Errors
    ///
    /// When something differs that is not meant to.
    pub fn call(
        &self,
        operation: usize,
        input: &Value,
        response: &Response,
    ) -> Result<(), Box<Mismatch>> {
        let substitute = self.substitute(response);
        let official =
            self.official
                .call(operation, input, substitute.as_ref().unwrap_or(response));
        let ours = self.ours.call(operation, input, response);
        let (official, ours) = (
            self.without_differences(official),
            self.without_differences(ours),
        );
        if official == ours || self.may_refuse(response, &official, &ours) {
            return Ok(());
        }
        Err(Box::new(Mismatch {
            operation: self.model.client.operations[operation].name.to_string(),
            given: format!("input {input:?}\nresponse {response}"),
            official: shown(&official),
            ours: shown(&ours),
        }))
    }

    /// What the official crate has to receive to do what ours does with the response.
    fn substitute(&self, response: &Response) -> Option<Response> {
        let mut substitute = None;
        for difference in DIFFERENCES {
            if let Rule::Response(rule) = difference.rule
                && self.without != Some(difference.name)
            {
                let response = substitute.as_ref().unwrap_or(response);
                substitute = rule(self.model, response).or(substitute);
            }
        }
        substitute
    }

    /// Whether one crate may find the response unreadable, and does.
    fn may_refuse(
        &self,
        response: &Response,
        official: &Result<Seen, String>,
        ours: &Result<Seen, String>,
    ) -> bool {
        let (Ok(official), Ok(ours)) = (official, ours) else {
            return false;
        };
        official.requests == ours.requests
            && (is_unreadable(&official.outcome) || is_unreadable(&ours.outcome))
            && DIFFERENCES.iter().any(|difference| {
                matches!(difference.rule, Rule::Refusal(rule) if rule(response))
                    && self.without != Some(difference.name)
            })
    }

    fn without_differences(&self, seen: Result<Seen, String>) -> Result<Seen, String> {
        let mut seen = seen?;
        for difference in DIFFERENCES {
            if let Rule::Outcome(rule) = difference.rule
                && self.without != Some(difference.name)
            {
                rule(&mut seen.outcome);
            }
        }
        Ok(seen)
    }
}

impl Side {
    /// What is seen of a call, or why there was none.
    fn call(&self, operation: usize, input: &Value, response: &Response) -> Result<Seen, String> {
        self.transport.respond(response);
        let call = self
            .client
            .call(operation, input)
            .map_err(|error| format!("{error:?}: {error}"))?;
        let (input, outcome) = (call.input.clone(), call.make());
        Ok(Seen {
            input,
            requests: self.transport.take_requests(),
            outcome,
        })
    }
}

fn shown(seen: &Result<Seen, String>) -> String {
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
        Err(error) => format!("not built: {error}\n"),
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
