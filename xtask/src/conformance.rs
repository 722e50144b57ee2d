//! `cargo xtask conformance`: the official test suites, each as a crate that is compiled and run.

mod packages;
mod rules;
mod suite;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use walkdir::WalkDir;

use self::suite::{Kind, Suite};

/// The folders of the official suites, beside the project.
const OFFICIAL: [&str; 2] = ["../shared/protocol-tests", "../shared/rules-engine"];

/// Runs the tests that come with models: of protocols and of endpoint rules.
///
/// Each model becomes a crate in the target folder, whose tests are made from the traits
/// `httpRequestTests`, `httpResponseTests` and `endpointTests`.
#[derive(clap::Args)]
pub struct Args {
    /// Models with tests; Smithy's official suites if there are none.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Show what failing tests say.
    #[arg(long)]
    verbose: bool,
}

/// What became of a suite's tests, by their ids.
type Outcomes = BTreeMap<String, bool>;

/// Runs the command.
pub fn run(args: &Args, workspace: &Path) -> Result<ExitCode> {
    let files = if args.files.is_empty() {
        official(workspace)?
    } else {
        args.files.clone()
    };
    if files.is_empty() {
        println!(
            "the official suites are not here: there is no {}",
            OFFICIAL[0]
        );
        return Ok(ExitCode::SUCCESS);
    }
    let mut suites = Vec::new();
    let mut broken = false;
    for file in &files {
        match Suite::read(file, workspace)? {
            Ok(suite) => suites.extend(suite),
            Err(diagnostics) => {
                eprintln!("{diagnostics}");
                broken = true;
            }
        }
    }
    let outcomes = packages::test(&suites, workspace, args.verbose)?;
    Ok(report(&suites, &outcomes, broken))
}

/// The models in the folders of the official suites; none if there are no such folders.
fn official(workspace: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in OFFICIAL.map(|folder| workspace.join(folder)) {
        if !folder.is_dir() {
            continue;
        }
        for entry in WalkDir::new(&folder).sort_by_file_name() {
            let path = entry
                .context("a folder of suites cannot be listed")?
                .into_path();
            if path
                .extension()
                .is_some_and(|extension| extension == "json")
            {
                files.push(path);
            }
        }
    }
    Ok(files)
}

/// Prints a row for each suite and kind of test, and a summary.
fn report(suites: &[Suite], outcomes: &BTreeMap<String, Outcomes>, broken: bool) -> ExitCode {
    println!(
        "{:<36} {:<14} {:>6} {:>6} {:>8}",
        "suite", "tests", "passed", "failed", "left out"
    );
    let (mut passed, mut failed, mut left_out) = (0, 0, 0);
    let none = Outcomes::new();
    let mut failures = Vec::new();
    for suite in suites {
        let outcomes = outcomes.get(&suite.package).unwrap_or(&none);
        for kind in Kind::ALL {
            let cases: Vec<_> = suite
                .cases
                .iter()
                .filter(|case| case.kind == kind)
                .collect();
            let out = cases.iter().filter(|case| case.left_out.is_some()).count();
            let good = cases
                .iter()
                .filter(|case| case.left_out.is_none() && outcomes.get(&case.test) == Some(&true))
                .count();
            if cases.is_empty() {
                continue;
            }
            let bad = cases.len() - out - good;
            println!(
                "{:<36} {:<14} {good:>6} {bad:>6} {out:>8}",
                suite.name,
                kind.name()
            );
            (passed, failed, left_out) = (passed + good, failed + bad, left_out + out);
            let is_bad = |case: &&&suite::Case| {
                case.left_out.is_none() && outcomes.get(&case.test) != Some(&true)
            };
            failures.extend(cases.iter().filter(is_bad).map(
                |case| match outcomes.get(&case.test) {
                    Some(_) => format!("failed: {}: {}", suite.name, case.id),
                    None => format!("not run: {}: {}", suite.name, case.id),
                },
            ));
        }
    }
    let mut reasons = BTreeMap::<_, usize>::new();
    for case in suites.iter().flat_map(|suite| &suite.cases) {
        if let Some(reason) = &case.left_out {
            *reasons.entry(reason).or_default() += 1;
        }
    }
    for (reason, count) in reasons {
        println!("left out: {count} tests: {reason}");
    }
    for failure in &failures {
        println!("{failure}");
    }
    println!(
        "{} suites: {passed} passed, {failed} failed, {left_out} left out",
        suites.len()
    );
    if failed > 0 || broken {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
