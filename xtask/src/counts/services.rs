//! Counts the clients of other services, whose models are beside the project.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, anyhow};
use generator::{Partitions, ServiceConfig, Source, UnsupportedOperations};
use serde_json::Value;

use super::program::{can_count_instructions, per_repetition, under_valgrind};
use super::table::Table;
use crate::bench::machine::output;
use crate::bench::others::{Called, Timed, all_timed, models};
use crate::packages::{cargo, table as toml_table, write_manifest};

/// The folder of the programs, in the target folder.
const FOLDER: &str = "counts";

/// Counts the content of large clients, and the allocations and instructions of calls.
pub fn count(workspace: &Path, table: &mut Table) -> Result<()> {
    match models(workspace) {
        Some(models) => sizes(&models, table)?,
        None => say!("the sizes of other services' clients are not counted"),
    }
    match all_timed(workspace)? {
        Some(services) => calls(&services, workspace, table)?,
        None => say!("the calls of other services are not counted"),
    }
    Ok(())
}

/// Counts the content of the clients of these models.
fn sizes(models: &[(&str, PathBuf)], table: &mut Table) -> Result<()> {
    for (official, model) in models {
        let mut config = ServiceConfig::new("client-counted");
        config.unsupported = UnsupportedOperations::LeaveOut;
        let problems = |problems: generator::Diagnostics| anyhow!("{problems}");
        let source = Source::load([model]).map_err(problems)?;
        let rendered = generator::generate(&source, &config, &Partitions::aws());
        let rendered = rendered.map_err(problems)?;
        let files = rendered.files.iter();
        let texts = files.filter(|it| it.path.starts_with("src/"));
        let texts: Vec<_> = texts.map(|it| it.text.as_str()).collect();
        let lines = texts.iter().map(|text| text.lines().count()).sum();
        let bytes = texts.iter().map(|text| text.len()).sum();
        for (what, count) in [("lines", lines), ("bytes", bytes), ("files", texts.len())] {
            table.set(&of_services(what), official, u64::try_from(count)?);
        }
    }
    Ok(())
}

/// The group of the table for other services.
fn of_services(what: &str) -> String {
    format!("{}{what}", super::table::OF_SERVICES)
}

/// Counts what the calls of `tests/timed/services` cost.
fn calls(services: &[Timed], workspace: &Path, table: &mut Table) -> Result<()> {
    let folder = crate::target(workspace).join(FOLDER);
    let names = write_program(services, workspace, &folder)?;
    let counting = compile(&folder, workspace, &["--features=timed/allocations"])?;
    let plain = compile(&folder, workspace, &[])?;
    let counts_instructions = can_count_instructions();
    for (service, name) in services.iter().zip(names) {
        let lines = output(Command::new(&counting).arg(&service.file))?;
        for line in lines.lines() {
            let counted: Value = serde_json::from_str(line)?;
            let call = counted["name"].as_str().context("a call has a name")?;
            let allocations = counted["sides"]["ours"][0].as_u64();
            let allocations = allocations.context("allocations are numbers")?;
            let row = format!("{name} {call}");
            table.set(&of_services("allocations"), &row, allocations);
            if counts_instructions {
                let count = per_repetition(|repeats| {
                    let mut valgrind = under_valgrind(&plain);
                    valgrind.arg(&service.file);
                    valgrind.args(["--side=ours", "--only", call]);
                    valgrind.arg(format!("--times={repeats}"));
                    valgrind
                })?;
                table.set(&of_services("instructions"), &row, count);
            }
        }
    }
    Ok(())
}

/// Writes a program that makes the calls of the service whose file it gets, and the clients that it
/// uses. Returns the names of the official crates.
fn write_program(services: &[Timed], workspace: &Path, folder: &Path) -> Result<Vec<String>> {
    let workspace = workspace.canonicalize()?;
    fs::create_dir_all(folder.join("src"))?;
    let path = |path: &Path| toml::Value::from(path.to_string_lossy().into_owned());
    let timed = toml_table([("path", path(&workspace.join("tests/timed")))]);
    let mut dependencies = toml_table([("timed", timed.into())]);
    let (mut names, mut members) = (Vec::new(), Vec::new());
    let (mut modules, mut arms) = (String::new(), String::new());
    for service in services {
        let name = service.file.file_stem().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        let package = format!("client-of-{name}");
        let module = name.replace('-', "_");
        let text = Called::of(service, &package)?.generate(&folder.join(&package))?;
        fs::write(folder.join(format!("src/{module}.rs")), text)?;
        let library = package.replace('-', "_");
        writeln!(
            modules,
            "mod {module} {{ use {library} as sdk; include!(\"{module}.rs\"); }}"
        )?;
        writeln!(arms, "Some(\"{name}\") => {module}::CALLS,")?;
        let client = toml_table([
            ("path", path(Path::new(&package))),
            ("default-features", false.into()),
        ]);
        dependencies.insert(package.clone(), client.into());
        members.push(toml::Value::from(package));
        names.push(name);
    }
    let main = format!(
        "{modules}\nfn main() -> std::process::ExitCode {{\n\
         let file = std::env::args_os().nth(1).map(std::path::PathBuf::from);\n\
         let name = file.as_ref().and_then(|it| it.file_stem()?.to_str());\n\
         let calls = match name {{ {arms} _ => panic!(\"the file of a service\") }};\n\
         timed::program::run(&[timed::Side {{ name: \"ours\", calls }}], &[])\n}}\n"
    );
    fs::write(folder.join("src/main.rs"), main)?;
    let package = toml_table([
        ("name", FOLDER.into()),
        ("version", "0.0.0".into()),
        ("edition", "2024".into()),
    ]);
    let manifest = toml_table([
        ("package", package.into()),
        ("dependencies", dependencies.into()),
    ]);
    write_manifest(manifest, members, &workspace, folder)?;
    Ok(names)
}

/// Compiles the program in release, and returns a copy of it.
fn compile(folder: &Path, workspace: &Path, features: &[&str]) -> Result<PathBuf> {
    let mut cargo = cargo(folder, &crate::target(workspace));
    output(cargo.args(["build", "--quiet", "--release"]).args(features))?;
    let copy = folder.join(if features.is_empty() {
        "plain"
    } else {
        "counting"
    });
    fs::copy(folder.join("target/release").join(FOLDER), &copy)?;
    Ok(copy)
}
