//! Splits large rule sets into functions of readable size.

use super::usage;
use crate::ir::endpoints::{
    Block, Expression, Outcome, Record, RuleFunction, Statement, Variable, VariableType,
};

/// The prefix of the names of functions.
pub(super) const OF_RULES: &str = "rules_";

/// Maximum number of results in a function.
const MOST: usize = 24;

/// Minimum number of results in a function.
const LEAST: usize = 6;

/// Maximum number of variables as arguments, in addition to the parameters; clippy allows seven
/// arguments.
const ARGUMENTS: usize = 6;

/// The functions that have been split off.
#[derive(Debug)]
pub(super) struct Subtrees {
    functions: Vec<RuleFunction>,
    /// The name of the whole in the functions' documentation.
    subject: &'static str,
}

/// A guard's position in its block, the path of its rule in the model, and the variables that are
/// set there.
pub(super) type Cuttable = (usize, Vec<usize>, Vec<Variable>);

impl Subtrees {
    /// Starts with no functions.
    pub(super) fn of(subject: &'static str) -> Self {
        Self {
            functions: Vec::new(),
            subject,
        }
    }

    /// Moves guards of `block` into functions, the largest first, until it is small enough.
    pub(super) fn cut(&mut self, block: &mut Block, mut guards: Vec<Cuttable>) {
        while results(block) > MOST {
            let weight = |(index, ..): &Cuttable| match &block.statements[*index] {
                Statement::Guard { block, .. } => results(block),
                Statement::Let(..) => 0,
            };
            let Some(largest) = (0..guards.len()).max_by_key(|&guard| weight(&guards[guard]))
            else {
                return;
            };
            let guard = guards.swap_remove(largest);
            if weight(&guard) < LEAST {
                return;
            }
            let (index, path, variables) = guard;
            if let Statement::Guard { block, .. } = &mut block.statements[index] {
                self.cut_out(block, &path, &variables);
            }
        }
    }

    /// All functions, starting with the entry point.
    pub(super) fn into_functions(self, body: Block) -> Vec<RuleFunction> {
        let entry = RuleFunction {
            name: "resolve".to_owned(),
            docs: "The endpoint for these parameters.".to_owned(),
            arguments: Vec::new(),
            reads_params: usage::reads_params(&body),
            body,
        };
        let mut functions = vec![entry];
        functions.extend(self.functions);
        for function in &mut functions {
            hand_on(&mut function.body, &function.arguments);
        }
        functions[1..].sort_by(|one, other| one.name.cmp(&other.name));
        functions
    }

    /// Moves `block` into a function and replaces it with a call.
    fn cut_out(&mut self, block: &mut Block, path: &[usize], variables: &[Variable]) {
        let read = usage::variables_of_block(block);
        let set = usage::variables_set_in(block);
        let arguments: Vec<_> = variables
            .iter()
            .filter(|variable| read.contains(&variable.name) && !set.contains(&variable.name))
            .cloned()
            .collect();
        // A variable that owns a text is borrowed in ways that a reference does not allow.
        let owned = |variable: &Variable| variable.holds == VariableType::OwnedText;
        if arguments.len() > ARGUMENTS || arguments.iter().any(owned) {
            return;
        }
        let steps: Vec<_> = path.iter().map(|index| format!("{index:02}")).collect();
        let place: Vec<_> = path.iter().map(|index| format!("rules[{index}]")).collect();
        let name = format!("{OF_RULES}{}", steps.join("_"));
        let reads_params = usage::reads_params(block);
        let call = Outcome::Call {
            function: name.clone(),
            reads_params,
            arguments: arguments.iter().map(lend).collect(),
        };
        let body = std::mem::replace(
            block,
            Block {
                statements: Vec::new(),
                outcome: call,
            },
        );
        self.functions.push(RuleFunction {
            name,
            docs: format!("Evaluates `{}` of {}.", place.join("."), self.subject),
            arguments,
            reads_params,
            body,
        });
    }
}

/// The number of results in a block, without those of called functions.
fn results(block: &Block) -> usize {
    let guards = block.statements.iter().map(|statement| match statement {
        Statement::Let(..) => 0,
        Statement::Guard { block, .. } => results(block),
    });
    1 + guards.sum::<usize>()
}

/// A variable as an argument.
fn lend(variable: &Variable) -> Expression {
    let value = Expression::Variable(variable.name.clone());
    match variable.holds {
        VariableType::Text
        | VariableType::Flag
        | VariableType::Strings
        | VariableType::Record(Record::Partition) => value,
        VariableType::OwnedText
        | VariableType::Texts
        | VariableType::Record(Record::Arn | Record::Url) => Expression::Borrow(Box::new(value)),
    }
}

/// Adapts calls to variables that are now references.
fn hand_on(block: &mut Block, arguments: &[Variable]) {
    for statement in &mut block.statements {
        if let Statement::Guard { block, .. } = statement {
            hand_on(block, arguments);
        }
    }
    let Outcome::Call {
        arguments: lent, ..
    } = &mut block.outcome
    else {
        return;
    };
    for value in lent {
        if let Expression::Borrow(inner) = value
            && let Expression::Variable(name) = inner.as_ref()
            && arguments.iter().any(|argument| argument.name == *name)
        {
            *value = inner.as_ref().clone();
        }
    }
}
