//! `cargo xtask conformance`: runs the official test suites, each as a crate.

mod packages;
mod rules;
mod suite;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use generator::{Source, counted};
use walkdir::WalkDir;

use self::suite::{Case, Kind, Suite};

/// The folders of the official suites, beside the project.
const OFFICIAL: [&str; 3] = [
    "../shared/protocol-tests",
    "../shared/suites",
    "../shared/rules-engine",
];

/// Run the tests in models: those of Smithy's official suites, or of other models.
///
/// A client of each model is generated into the target folder, with tests from the traits
/// `httpRequestTests`, `httpResponseTests`, `eventStreamTests` and `endpointTests`, which are then run.
#[derive(clap::Args)]
pub struct Args {
    /// Models with tests [default: Smithy's official suites, if they are beside the project].
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Protocol of the clients, if the service has several [default: the one that Smithy prefers].
    #[arg(long, value_name = "PROTOCOL")]
    protocol: Option<String>,
    /// AWS's partitions for the endpoint tests [default: models/partitions.json].
    #[arg(long, value_name = "FILE")]
    partitions: Option<PathBuf>,
    /// Show the output of failing tests.
    #[arg(short, long)]
    verbose: bool,
}

/// The results of a suite's tests, by id.
type Outcomes = BTreeMap<String, bool>;

/// Runs the command.
pub fn run(args: &Args, workspace: &Path) -> Result<ExitCode> {
    let files = if args.files.is_empty() {
        official(workspace)?
    } else {
        args.files.clone()
    };
    if files.is_empty() {
        say!(
            "the official suites are not here: there is no {}",
            OFFICIAL[0]
        );
        return Ok(ExitCode::SUCCESS);
    }
    let partitions = args.partitions.clone();
    let partitions = partitions.unwrap_or_else(|| workspace.join("models/partitions.json"));
    let partitions = Source::read(&partitions).and_then(|source| generator::partitions(&source));
    let partitions = match partitions {
        Ok(partitions) => partitions,
        Err(diagnostics) => bail!("{diagnostics}"),
    };
    let mut suites = Vec::new();
    let mut broken = false;
    for file in &files {
        match Suite::read(file, args.protocol.as_deref(), &partitions, &suites) {
            Ok(suite) => suites.extend(suite),
            Err(diagnostics) => {
                complain!("{diagnostics}");
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
            if path.extension().is_some_and(|it| it == "json") {
                files.push(path);
            }
        }
    }
    Ok(files)
}

/// The result of a test.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Passed,
    Failed,
    NotRun,
    LeftOut,
}

fn verdict(case: &Case, outcomes: Option<&Outcomes>) -> Verdict {
    if case.is_other {
        return Verdict::LeftOut;
    }
    let outcome = |test| outcomes.and_then(|outcomes| outcomes.get(test).copied());
    let found: Vec<_> = case.tests.iter().map(outcome).collect();
    if found.contains(&None) {
        Verdict::NotRun
    } else if found.contains(&Some(false)) {
        Verdict::Failed
    } else {
        Verdict::Passed
    }
}

/// Prints a row for each suite and kind of test, and a summary.
fn report(suites: &[Suite], outcomes: &BTreeMap<String, Outcomes>, broken: bool) -> ExitCode {
    say!(
        "{:<32} {:<14} {:>6} {:>6} {:>8}",
        "suite",
        "tests",
        "passed",
        "failed",
        "left out"
    );
    let mut all = Vec::new();
    for suite in suites {
        if suite.cases.is_empty() {
            say!("{:<32} compiles", suite.name);
        }
        let outcomes = outcomes.get(&suite.package);
        let verdicts = suite
            .cases
            .iter()
            .map(|case| (case, verdict(case, outcomes)));
        let verdicts: Vec<_> = verdicts.collect();
        for kind in Kind::ALL {
            let of_kind = verdicts.iter().filter(|(case, _)| case.kind == kind);
            let [passed, failed, left_out] = counts(of_kind.map(|(_, verdict)| *verdict));
            if passed + failed + left_out > 0 {
                let (suite, kind) = (&suite.name, kind.name());
                say!("{suite:<32} {kind:<14} {passed:>6} {failed:>6} {left_out:>8}");
            }
        }
        all.extend(
            verdicts
                .into_iter()
                .map(|(case, verdict)| (suite, case, verdict)),
        );
    }
    for (suite, case, verdict) in &all {
        match verdict {
            Verdict::Failed => say!("failed: {}: {}", suite.name, case.id),
            Verdict::NotRun => say!("not run: {}: {}", suite.name, case.id),
            Verdict::Passed | Verdict::LeftOut => {}
        }
    }
    let [passed, failed, left_out] = counts(all.iter().map(|(_, _, verdict)| *verdict));
    if left_out > 0 {
        say!(
            "left out: {} of other protocols than the client speaks: see --protocol",
            counted(left_out, "test")
        );
    }
    say!(
        "{}: {passed} passed, {failed} failed, {left_out} left out",
        counted(suites.len(), "suite")
    );
    if failed > 0 || broken {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// The numbers of passed, failed and skipped tests. A test that was not run has failed.
fn counts(verdicts: impl Iterator<Item = Verdict>) -> [usize; 3] {
    let mut counts = [0; 3];
    for verdict in verdicts {
        let column = match verdict {
            Verdict::Passed => 0,
            Verdict::Failed | Verdict::NotRun => 1,
            Verdict::LeftOut => 2,
        };
        counts[column] += 1;
    }
    counts
}
