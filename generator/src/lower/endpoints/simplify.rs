//! Converts rules into statements, without conditions that always hold and unused variables.

use std::collections::BTreeSet;

use super::rules::{Result, Rule};
use super::subtrees::Subtrees;
use super::usage;
use crate::ir::endpoints::{
    Block, Condition, Expression, Outcome, Statement, Variable, VariableType,
};
use crate::names::FieldName;

/// The statements that try `rules` in order, after the variables of `conditions`.
///
/// Parts that are too large for one function are added to `subtrees`.
pub(super) fn entry(
    conditions: Vec<Condition>,
    rules: Vec<Rule>,
    subtrees: &mut Subtrees,
) -> Block {
    let variables: Vec<_> = conditions.iter().filter_map(variable).cloned().collect();
    let inner = block(rules, &[], &variables, subtrees);
    let conditions = without_unused(conditions, &inner);
    let mut statements: Vec<_> = conditions.into_iter().filter_map(statement).collect();
    statements.extend(inner.statements);
    Block {
        statements,
        outcome: inner.outcome,
    }
}

/// The statements that try `rules` in order.
///
/// `path` is their path in the model, and `variables` are those that are set there.
fn block(
    rules: Vec<Rule>,
    path: &[usize],
    variables: &[Variable],
    subtrees: &mut Subtrees,
) -> Block {
    let mut statements = Vec::new();
    let mut paths = Vec::new();
    let mut outcome = Outcome::Exhausted;
    for (index, rule) in rules.into_iter().enumerate() {
        let path = [path, &[index]].concat();
        let mut variables = variables.to_vec();
        variables.extend(rule.conditions.iter().filter_map(variable).cloned());
        let inner = match rule.result {
            Result::Tree(rules) => block(rules, &path, &variables, subtrees),
            Result::Final(outcome) => Block {
                statements: Vec::new(),
                outcome,
            },
        };
        match guard(rule.conditions, inner) {
            Guarded::Never => {}
            Guarded::Always(lets, inner) => {
                // The rules after one that always applies are unreachable.
                extend(&mut statements, lets);
                statements.extend(inner.statements);
                outcome = inner.outcome;
                break;
            }
            Guarded::Sometimes(lets, statement) => {
                extend(&mut statements, lets);
                paths.push((statements.len(), path, variables));
                statements.push(statement);
            }
        }
    }
    let mut block = Block {
        statements,
        outcome,
    };
    subtrees.cut(&mut block, paths);
    block
}

/// Adds the variables before a rule's conditions, unless an earlier rule has set them to the same
/// values.
fn extend(statements: &mut Vec<Statement>, lets: Vec<Statement>) {
    for statement in lets {
        let last = statements
            .iter()
            .rev()
            .find(|earlier| match (earlier, &statement) {
                (Statement::Let(earlier, _), Statement::Let(variable, _)) => earlier == variable,
                _ => false,
            });
        if last != Some(&statement) {
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
    let mut conditions = without_unused(merge_flags(conditions, &inner), &inner);
    conditions.retain(|condition| !is(true)(condition));
    let can_fail = |condition: &Condition| !matches!(condition, Condition::Let(..));
    let Some(first) = conditions.iter().position(can_fail) else {
        let lets = conditions.into_iter().filter_map(statement).collect();
        return Guarded::Always(lets, inner);
    };
    // A variable that is always set need not be part of the chain, unless it is between conditions
    // that can fail.
    let last = conditions.iter().rposition(can_fail).unwrap_or(first);
    let after: Vec<_> = conditions.drain(last + 1..).collect();
    let before: Vec<_> = conditions.drain(..first).collect();
    let after = after.into_iter().filter_map(statement);
    inner.statements.splice(0..0, after);
    let before = before.into_iter().filter_map(statement).collect();
    let guard = Statement::Guard {
        conditions,
        block: inner,
    };
    Guarded::Sometimes(before, guard)
}

/// Merges the conditions that an optional flag is set and true: `flag == Some(true)`.
fn merge_flags(mut conditions: Vec<Condition>, inner: &Block) -> Vec<Condition> {
    let read_inside = usage::variables_of_block(inner);
    let mut index = 0;
    while index < conditions.len() {
        if let Condition::Bind(variable, value) = &conditions[index]
            && variable.holds == VariableType::Flag
            && !read_inside.contains(&variable.name)
            && let [(asked, expected)] = asks_for(&conditions, variable)[..]
        {
            let expected = Expression::Some(Box::new(Expression::Boolean(expected)));
            let flag = Expression::Equal(Box::new(value.clone()), Box::new(expected));
            conditions[index] = Condition::Holds(flag);
            conditions.remove(asked);
        }
        index += 1;
    }
    conditions
}

/// The conditions that read a flag, with the expected values.
///
/// A condition that uses the flag in another way is listed twice.
fn asks_for(conditions: &[Condition], flag: &Variable) -> Vec<(usize, bool)> {
    let is_flag = |value: &Expression| *value == Expression::Variable(flag.name.clone());
    let mut found = Vec::new();
    for (index, condition) in conditions.iter().enumerate() {
        match condition {
            Condition::Holds(value) if is_flag(value) => found.push((index, true)),
            Condition::Holds(Expression::Not(value)) if is_flag(value) => {
                found.push((index, false));
            }
            condition => {
                let mut read = BTreeSet::new();
                usage::variables_of_condition(condition, &mut read);
                if read.contains(&flag.name) {
                    found.extend([(index, true), (index, false)]);
                }
            }
        }
    }
    found
}

/// The variable that a condition sets.
fn variable(condition: &Condition) -> Option<&Variable> {
    match condition {
        Condition::Let(variable, _) | Condition::Bind(variable, _) => Some(variable),
        Condition::Holds(_) => None,
    }
}

/// The statement for a condition that cannot fail.
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
