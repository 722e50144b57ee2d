//! Compares waiters.

use super::change::Changes;
use super::kind::Kind;
use crate::ir::{ErrorMatcher, Expected, Operation, OutputMatcher, Waiter, WaiterState};

/// Compares the waiters of an operation.
pub(super) fn compare(old: &Operation, new: &Operation, changes: &mut Changes) {
    for waiter in &old.waiters {
        match new.waiters.iter().find(|it| it.name == waiter.name) {
            None => changes.add(Kind::WaiterRemoved, path(waiter)),
            Some(new) => changes.differ(Kind::Waiting, path(new), told(waiter), told(new)),
        }
    }
    let is_new = |waiter: &&Waiter| old.waiters.iter().all(|it| it.name != waiter.name);
    for waiter in new.waiters.iter().filter(is_new) {
        changes.add(Kind::WaiterAdded, path(waiter));
    }
}

/// The path of a waiter: `Client::wait_until_thing_exists`.
fn path(waiter: &Waiter) -> String {
    format!("Client::{}", waiter.name.method())
}

/// How often a waiter calls, and its acceptors.
fn told(waiter: &Waiter) -> String {
    let [least, greatest] = waiter.delays;
    let state = |state| match state {
        WaiterState::Success => "success",
        WaiterState::Failure => "failure",
        WaiterState::Retry => "retry",
    };
    let of_output = waiter.of_output.iter().map(|acceptor| {
        let condition = match &acceptor.matcher {
            OutputMatcher::Any => "any output".to_owned(),
            OutputMatcher::Path(index, expected) => {
                let path = &waiter.paths[*index].text;
                match expected {
                    Expected::Text(text) => format!("{path} is {text}"),
                    Expected::Boolean(value) => format!("{path} is {value}"),
                    Expected::All(text) => format!("{path} are all {text}"),
                    Expected::Any(text) => format!("one of {path} is {text}"),
                }
            }
        };
        format!("{} if {condition}", state(acceptor.state))
    });
    let of_error = waiter.of_error.iter().map(|acceptor| {
        let condition = match &acceptor.matcher {
            ErrorMatcher::Any => "any error".to_owned(),
            ErrorMatcher::Modeled(name) => name.to_string(),
            ErrorMatcher::Code(code) => code.clone(),
        };
        format!("{} if {condition}", state(acceptor.state))
    });
    let acceptors: Vec<_> = of_output.chain(of_error).collect();
    format!("every {least} to {greatest} s: {}", acceptors.join(", "))
}
