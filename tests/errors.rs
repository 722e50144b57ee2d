//! Tests that every problem is reported with its place, what is wrong, and what to do about it.
//!
//! A case is a folder of `cases/errors`, or of `cases/warnings` if the client can be generated,
//! with a file that has a problem and the expected diagnostics. The file determines what is read:
//!
//! - `services.toml`: the table of services, and then the model of each
//! - `partitions.json`: the partitions
//! - `model.json`: a model
//!
//! `UPDATE_EXPECTED=1 cargo test -p workspace-tests --test errors` writes the expected output. Read
//! it before you commit it.

use std::path::Path;

use generator::{Diagnostics, Partitions, ServiceConfig, Services, Source};
use similar::TextDiff;
use workspace_tests::{folders, name, partitions, workspace};

#[path = "../generator/benches/pipeline/large_model.rs"]
mod large_model;

const EXPECTED: &str = "expected.txt";

/// The result of the generator for a case: warnings, or problems.
type Outcome = Result<Diagnostics, Diagnostics>;

#[test]
fn every_problem_is_reported_as_expected() {
    all("tests/cases/errors", |outcome| {
        outcome
            .err()
            .ok_or_else(|| "no problem is found".to_owned())
    });
}

#[test]
fn every_warning_comes_with_a_client() {
    all("tests/cases/warnings", |outcome| match outcome {
        Ok(warnings) if warnings.is_empty() => Err("nothing is warned of".to_owned()),
        Ok(warnings) => Ok(warnings),
        Err(problems) => Err(format!("there is no client:\n{problems}")),
    });
}

/// Checks the diagnostics of each case in a folder.
fn all(cases: &str, wanted: impl Fn(Outcome) -> Result<Diagnostics, String>) {
    let update = std::env::var_os("UPDATE_EXPECTED").is_some();
    let partitions = partitions();
    let mut failures = Vec::new();
    for folder in folders(&workspace(cases)) {
        let problems = wanted(run(&folder, &partitions));
        if let Err(failure) = problems.and_then(|it| check(&folder, &it, update)) {
            failures.push(format!("{}: {failure}", name(&folder)));
        }
    }
    assert!(
        failures.is_empty(),
        "{} cases fail:\n\n{}\nrun it with UPDATE_EXPECTED=1 if this is as it should be",
        failures.len(),
        failures.join("\n")
    );
}

/// In three megabytes with a thousand problems, all are found and the first are shown. `cargo bench
/// -p generator -- problems` measures the time.
#[test]
fn many_problems_of_a_large_model_are_found_at_once() {
    const BROKEN: usize = 1_000;
    let source = Source::new("large.json", large_model::large_model(3_000_000, BROKEN));
    let config = ServiceConfig::new("client-example");
    let problems = generator::generate(&source, &config, &partitions()).expect_err("it is broken");
    let text = problems.to_string();
    assert_eq!(problems.len(), BROKEN);
    assert!(
        text.contains("help: did you mean `example#Structure"),
        "{text}"
    );
    assert!(text.ends_with("\n… and 980 more\n"), "{text}");
}

fn check(folder: &Path, problems: &Diagnostics, update: bool) -> Result<(), String> {
    for problem in problems {
        if problem.message().trim().is_empty() || problem.remedy().trim().is_empty() {
            return Err(format!(
                "a problem says nothing, or offers no help:\n{problem}"
            ));
        }
    }
    let path = folder.join(EXPECTED);
    // Paths are shown as if the command ran in the case's folder.
    let found = problems
        .to_string()
        .replace(&format!("{}/", folder.display()), "");
    if update {
        return std::fs::write(&path, found).map_err(|error| error.to_string());
    }
    let expected = std::fs::read_to_string(&path)
        .map_err(|error| format!("{EXPECTED} cannot be read: {error}"))?;
    if found == expected {
        return Ok(());
    }
    let diff = TextDiff::from_lines(&expected, &found);
    let diff = diff.unified_diff().header("expected", "found").to_string();
    Err(format!("the diagnostics differ\n{diff}"))
}

fn run(folder: &Path, partitions: &Partitions) -> Outcome {
    let services = folder.join("services.toml");
    if services.exists() {
        return run_services(folder, &Services::read(&services)?, partitions);
    }
    let table = folder.join("partitions.json");
    if table.exists() {
        return generator::partitions(&read(&table)?).map(|_| Diagnostics::new());
    }
    let config = ServiceConfig::new("client-example");
    generate(&folder.join("model.json"), &config, partitions)
}

/// Generates everything, like the command, and shows all problems.
fn run_services(folder: &Path, services: &Services, partitions: &Partitions) -> Outcome {
    let mut problems = Diagnostics::new();
    for (name, config) in services.iter() {
        let model = folder.join(format!("{name}.json"));
        match generate(&model, config, partitions) {
            Ok(more) | Err(more) => problems.merge(more),
        }
    }
    match problems.has_errors() {
        true => Err(problems),
        false => Ok(problems),
    }
}

fn generate(model: &Path, config: &ServiceConfig, partitions: &Partitions) -> Outcome {
    let source = config.read_models(&[model.to_owned()])?.named(name(model));
    generator::generate(&source, config, partitions).map(|rendered| rendered.warnings)
}

fn read(path: &Path) -> Result<Source, Diagnostics> {
    let source = Source::read(path)?;
    Ok(Source::new(name(path), source.text()))
}
