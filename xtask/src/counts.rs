//! `cargo xtask counts`: checks that nothing has grown.
//!
//! Times vary on a busy machine. These counts are the same, or nearly, on every machine, so they
//! are compared with a table in the repository: a change that makes clients larger or calls more
//! expensive must also change the table, which reviewers see.

pub mod program;
mod services;
mod table;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::Result;

use self::table::Table;
use crate::bench::machine::output;
use crate::{bench, parity};

/// The table.
const FILE: &str = "tests/counts.toml";

/// Compare sizes, dependencies, allocations and instructions with tests/counts.toml.
///
/// Fails if something has grown by more than its tolerance. Instructions are counted by valgrind; without
/// it they are skipped with a message, as clients of other services are without their models.
#[derive(clap::Args)]
pub struct Args {
    /// Write the counts to the file.
    #[arg(long)]
    write: bool,
}

/// Runs the command.
///
/// # Errors
///
/// Fails if something cannot be counted, or the table cannot be read.
pub fn run(args: &Args, workspace: &Path) -> Result<ExitCode> {
    let path = workspace.join(FILE);
    let mut counted = Table::default();
    for (_, config) in bench::services(workspace)?.iter() {
        package(&config.package, workspace, &mut counted)?;
    }
    program::count(workspace, &mut counted)?;
    services::count(workspace, &mut counted)?;
    if args.write {
        counted.write(&path)?;
        say!("{FILE}: written");
        return Ok(ExitCode::SUCCESS);
    }
    let table = Table::read(&path)?;
    let comparison = table.compare(&counted);
    say!("{comparison}");
    if comparison.has_grown() {
        say!("\nif it has to be so: cargo xtask counts --write");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Counts the content of a client and its dependencies.
fn package(name: &str, workspace: &Path, table: &mut Table) -> Result<()> {
    let sources = workspace.join("generated").join(name).join("src");
    let [lines, files, bytes] = bench::size::count(&sources)?;
    table.set("lines", name, lines);
    table.set("files", name, files);
    table.set("bytes", name, bytes);
    table.set("items", name, parity::count(name, workspace)?);
    let arguments = ["tree", "--edges=normal", "--prefix=none", "--package", name];
    let tree = output(Command::new("cargo").args(arguments).current_dir(workspace))?;
    let packages: BTreeSet<_> = tree
        .lines()
        .skip(1)
        .map(|line| line.trim_end_matches(" (*)"))
        .filter(|line| !line.is_empty())
        .collect();
    table.set("dependencies", name, u64::try_from(packages.len())?);
    Ok(())
}
