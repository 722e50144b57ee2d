//! From rules to statements: conditions that always hold, and variables that nobody reads, go.

use std::collections::BTreeSet;

use super::rules::{Result, Rule};
use super::usage;
use crate::ir::endpoints::{Block, Condition, Expression, Outcome, Statement};
use crate::lower::names::FieldName;

/// The statements that try these rules in order.
pub(super) fn block(rules: Vec<Rule>) -> Block {
    let mut statements = Vec::new();
    for rule in rules {
        let inner = match rule.result {
            Result::Tree(rules) => block(rules),
            Result::Final(outcome) => Block {
                statements: Vec::new(),
                outcome,
            },
        };
        match guard(rule.conditions, inner) {
            Guarded::Never => {}
            Guarded::Always(lets, inner) => {
                // The rules after one that always applies are out of reach.
                extend(&mut statements, lets);
                statements.extend(inner.statements);
                return Block {
                    statements,
                    outcome: inner.outcome,
                };
            }
            Guarded::Sometimes(lets, statement) => {
                extend(&mut statements, lets);
                statements.push(statement);
            }
        }
    }
    Block {
        statements,
        outcome: Outcome::Exhausted,
    }
}

/// Adds what rules set before their conditions; what an earlier rule has set already is set.
fn extend(statements: &mut Vec<Statement>, lets: Vec<Statement>) {
    for statement in lets {
        if !statements.contains(&statement) {
            statements.push(statement);
        }
    }
}

/// When a rule applies.
enum Guarded {
    Never,
    Always(Vec<Statement>, Block),
    /// The statements come before the guard, which is the last.
    Sometimes(Vec<Statement>, Statement),
}

fn guard(conditions: Vec<Condition>, mut inner: Block) -> Guarded {
    let is = |value: bool| {
        move |condition: &Condition| *condition == Condition::Holds(Expression::Boolean(value))
    };
    if conditions.iter().any(is(false)) {
        return Guarded::Never;
    }
    let mut conditions = without_unused(conditions, &inner);
    conditions.retain(|condition| !is(true)(condition));
    let can_fail = |condition: &Condition| !matches!(condition, Condition::Let(..));
    let Some(first) = conditions.iter().position(can_fail) else {
        return Guarded::Always(
            conditions.into_iter().filter_map(statement).collect(),
            inner,
        );
    };
    // A variable that cannot fail to be set need not be part of the chain, unless it stands between
    // conditions that can.
    let last = conditions.iter().rposition(can_fail).unwrap_or(first);
    let after: Vec<_> = conditions.drain(last + 1..).collect();
    let before: Vec<_> = conditions.drain(..first).collect();
    inner
        .statements
        .splice(0..0, after.into_iter().filter_map(statement));
    Guarded::Sometimes(
        before.into_iter().filter_map(statement).collect(),
        Statement::Guard {
            conditions,
            block: inner,
        },
    )
}

fn statement(condition: Condition) -> Option<Statement> {
    match condition {
        Condition::Let(variable, value) => Some(Statement::Let(variable, value)),
        Condition::Holds(_) | Condition::Bind(..) => None,
    }
}

/// The conditions without the variables that neither a later condition nor `inner` reads.
fn without_unused(conditions: Vec<Condition>, inner: &Block) -> Vec<Condition> {
    let mut used: BTreeSet<FieldName> = usage::variables_of_block(inner);
    let mut kept = Vec::new();
    for condition in conditions.into_iter().rev() {
        let condition = match condition {
            Condition::Bind(variable, value) if !used.contains(&variable.name) => {
                Condition::Holds(Expression::IsSome(Box::new(match value {
                    Expression::ParameterView(field) => Expression::Parameter(field),
                    value => value,
                })))
            }
            Condition::Let(variable, _) if !used.contains(&variable.name) => continue,
            condition => condition,
        };
        usage::variables_of_condition(&condition, &mut used);
        kept.push(condition);
    }
    kept.reverse();
    kept
}
