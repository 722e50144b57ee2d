//! The program that `cargo xtask compare` generates for a service.

use std::any::Any;
use std::error::Error;
use std::io::{self, Write};
use std::panic::catch_unwind;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use differential_calls::config;
use generator::{Partitions, Source};

use crate::chance::{self, Settings};
use crate::compare::Pair;
use crate::differences::DIFFERENCES;
use crate::model::Model;
use crate::{Crates, Lacking, Official, example};

/// The arguments of the program.
#[derive(Debug, Parser)]
struct Arguments {
    /// The model.
    #[arg(long)]
    model: PathBuf,
    /// A list of the official crate's items.
    #[arg(long)]
    list: PathBuf,
    /// The file with the seeds of failures.
    #[arg(long)]
    failures: PathBuf,
    /// The number of random cases of each operation in each test.
    #[arg(long)]
    cases: u32,
    /// The seed of the cases.
    #[arg(long)]
    seed: u64,
    /// Whether to print the intended differences that exist.
    #[arg(long)]
    needed: bool,
    /// The shape id of the service.
    #[arg(long)]
    service: Option<String>,
    /// The protocol, unless it is the one that Smithy prefers.
    #[arg(long)]
    protocol: Option<String>,
    /// The operations to compare.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
}

/// Compares all operations of both crates, and prints the differences.
pub fn run(crates: Crates) -> ExitCode {
    let error = match catch_unwind(|| compare(crates)) {
        Ok(Ok(true)) => return ExitCode::SUCCESS,
        Ok(Ok(false)) => return ExitCode::FAILURE,
        Ok(Err(error)) => error.to_string(),
        // Otherwise panics print nothing.
        Err(panic) => format!("a bug of the comparison: {}", words(panic.as_ref())),
    };
    let _ = writeln!(io::stderr(), "{error}");
    ExitCode::FAILURE
}

/// The message of a panic.
fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    text.unwrap_or_default()
}

fn compare(crates: Crates) -> Result<bool, Box<dyn Error>> {
    let arguments = Arguments::parse();
    let config = config(
        arguments.service.as_deref(),
        arguments.protocol.as_deref(),
        &arguments.only,
    );
    let source = Source::read(&arguments.model).map_err(|problems| problems.to_string())?;
    let lowered = generator::lower(&source, &config, &Partitions::aws());
    let lowered = lowered.map_err(|problems| problems.to_string())?;
    let official = Official::of_list(&std::fs::read_to_string(&arguments.list)?);
    let lacking = Lacking::new(&lowered.client, &official);
    let model: &'static Model = Box::leak(Box::new(Model::new(lowered, lacking, crates)));
    // A panic is an outcome, and is compared.
    std::panic::set_hook(Box::new(|_| {}));
    let pair = Pair::new(model);
    let (mut cases, mut differing) = (0, 0);
    let mut out = io::stdout().lock();
    for (index, operation) in model.client.operations.iter().enumerate() {
        for (test, of_test) in example::TESTS {
            let (tried, mismatches) = example::mismatches(&pair, model, index, of_test);
            cases += tried;
            differing += mismatches.len();
            for mismatch in mismatches.iter().take(2) {
                writeln!(out, "\n{test} by example: {mismatch}")?;
            }
        }
        for (test, of_test) in chance::TESTS {
            let name = format!("{}.{test}.txt", operation.name.module());
            let settings = Settings {
                cases: arguments.cases,
                seed: Some(arguments.seed),
                failures: arguments.failures.join(name).to_string_lossy().into_owned(),
            };
            cases += arguments.cases as usize;
            let strategy = of_test(model, operation);
            if let Err(reason) = chance::check(&pair, index, &strategy, &settings) {
                differing += 1;
                writeln!(
                    out,
                    "\n{test} by chance: {reason}\nto repeat it: --only {} --seed {} --cases {}; its \
                     own seed is in {}",
                    operation.name.shape(),
                    arguments.seed,
                    arguments.cases,
                    settings.failures,
                )?;
            }
        }
    }
    writeln!(
        out,
        "{} operations, {cases} cases, {differing} differences",
        model.client.operations.len(),
    )?;
    if !arguments.needed {
        return Ok(differing == 0);
    }
    let needed = DIFFERENCES.iter().filter(|it| {
        it.format
            .is_none_or(|format| format == model.protocol.format())
            && example::differs(model, it)
    });
    let needed: Vec<_> = needed.map(|difference| difference.name).collect();
    writeln!(out, "meant differences: {}", needed.join("; "))?;
    Ok(differing == 0)
}
