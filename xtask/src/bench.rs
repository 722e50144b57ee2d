//! `cargo xtask bench`: measures speed and size, compared with the official crates.

mod alone;
mod build;
mod calls;
mod generate;
pub mod machine;
pub mod others;
mod packages;
mod program;
pub mod report;
pub mod size;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, anyhow};
use generator::Services;

use self::others::OtherArgs;
use self::packages::Bench;
use self::report::Section;

/// Measure the generator and the clients, and print a table for each part.
///
/// Times depend on the machine, so keep it quiet meanwhile. No limit is checked: `cargo xtask counts` does
/// that for what does not depend on time.
#[derive(clap::Args)]
#[command(after_help = "\
For instance:

  cargo xtask bench build size
  cargo xtask bench build --model sqs.json --official aws-sdk-sqs@1.119.0 --only SendMessage,ReceiveMessage
  cargo xtask bench build size --others --official-runs 1 --write
  cargo xtask bench size --others=aws-sdk-s3,aws-sdk-ec2")]
pub struct Args {
    /// The parts to measure [default: all].
    #[arg(value_enum, value_name = "PART")]
    parts: Vec<Part>,
    /// Repeat each build this often, ours and the official one in turn.
    #[arg(long, value_name = "N", default_value_t = 3)]
    runs: usize,
    /// Also generate the clients of these models; with `--official`, measure the client of this one.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    model: Vec<PathBuf>,
    /// Write the tables to docs/performance.md.
    #[arg(long)]
    write: bool,
    #[command(flatten)]
    others: OtherArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
enum Part {
    /// From models to crates: time, lines and memory.
    Generate,
    /// Compiling the clients alone.
    Build,
    /// Compiling programs with them, in debug.
    Program,
    /// Compiling programs with them, in release.
    Release,
    /// Whole calls, in memory and over loopback, and what they allocate.
    Call,
    /// Response bytes to types.
    Parse,
    /// Lines, files, items and the size of a program.
    Size,
}

/// Where the tables are.
const REPORT: &str = "docs/performance.md";

const PARTS: [Part; 7] = [
    Part::Generate,
    Part::Build,
    Part::Program,
    Part::Release,
    Part::Call,
    Part::Parse,
    Part::Size,
];

/// Runs the command.
pub fn run(args: &Args, workspace: &Path) -> Result<ExitCode> {
    let mut parts = args.parts.clone();
    if parts.is_empty() {
        parts.extend(PARTS);
    }
    parts.sort_unstable();
    parts.dedup();
    let bench = Bench::new(workspace);
    let about = machine::about(workspace)?;
    say!("{about}\n");
    if args.others.are_given() {
        others::measure(args, &bench, |section| {
            say!("{section}");
            let file = workspace.join(REPORT);
            match args.write {
                true => report::put_rows(&file, &about, section, others::KEY),
                false => Ok(()),
            }
        })?;
        return Ok(ExitCode::SUCCESS);
    }
    for part in parts {
        let section = measure(part, args, &bench)?;
        say!("{section}");
        if args.write {
            report::put(&workspace.join(REPORT), &about, &section)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The clients of the workspace.
pub fn services(workspace: &Path) -> Result<Services> {
    let services = Services::read(&workspace.join("models/services.toml"));
    services.map_err(|problems| anyhow!("{problems}"))
}

/// The part of `bench generate` that runs in another process.
pub fn print_rows(workspace: &Path, repeats: usize, models: &[PathBuf]) -> Result<ExitCode> {
    generate::print_rows(workspace, repeats, models)?;
    Ok(ExitCode::SUCCESS)
}

fn measure(part: Part, args: &Args, bench: &Bench<'_>) -> Result<Section> {
    match part {
        Part::Generate => generate::measure(bench, &args.model, args.runs),
        Part::Build => build::crates(bench, args.runs),
        Part::Program => build::programs(bench, args.runs),
        Part::Release => build::releases(bench, args.runs),
        Part::Call => calls::calls(bench),
        Part::Parse => calls::parsing(bench),
        Part::Size => size::measure(bench),
    }
}
