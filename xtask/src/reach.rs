//! `cargo xtask reach`: generates the clients of many models and counts their operations.

mod build;
mod memory;
mod models;
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;

use anyhow::{Result, anyhow, bail};
use clap::ValueEnum;
use generator::cli::messages::{Messages, note};
use generator::cli::progress::Progress;
use generator::{Partitions, Source, counted};

use self::models::Row;

/// The folders of public models beside the project, with the partitions of their date, because
/// tests of old models contradict today's.
const PUBLIC: [(&str, Option<&str>); 4] = [
    ("../shared/corpus/2025-04", Some(OF_2025)),
    ("../shared/corpus/2026-08", None),
    ("../shared/corpus/2026-11", None),
    ("../shared/models/others", Some(OF_2025)),
];

const OF_2025: &str = "../shared/facts/partitions-2025-04.json";

/// The path of the committed table.
const TABLE: &str = "docs/reach.md";

/// Generate the clients of all models in folders, and count their operations.
///
/// Unsupported operations are left out and listed. With `--build`, clippy and rustdoc compile the clients in
/// the target folder. With `--test`, their endpoint tests are run. If a model fails, the problem is printed,
/// and the next model follows.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:

  cargo xtask reach
  cargo xtask reach models new-models --build --part 3/8

Builds and tests without a problem are remembered in the target folder, and not repeated until the client's
text or a dependency changes.")]
pub struct Args {
    /// Models, or folders of models [default: the public models beside the project, if they are there].
    #[arg(value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// Compile the clients, and count the warnings of rustc, clippy and rustdoc.
    #[arg(long)]
    build: bool,
    /// Run the clients' endpoint tests, and their other tests.
    #[arg(long)]
    test: bool,
    /// Take only a part of the models: 3/8 is the third of eight.
    #[arg(long, value_name = "K/N", default_value = "1/1")]
    part: Share,
    /// AWS's partitions at the time of the models, for the endpoint tests [default: `partitions.json` in
    /// the folder of models, or today's].
    #[arg(long, value_name = "FILE")]
    partitions: Option<PathBuf>,
    /// Format of the table.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Write the table to docs/reach.md.
    #[arg(long, conflicts_with = "check")]
    write: bool,
    /// Fail if a service has fewer operations than docs/reach.md says.
    #[arg(long)]
    check: bool,
    /// Print no progress.
    #[arg(short, long)]
    quiet: bool,
}

/// A folder of models, or a model.
struct Folder {
    path: PathBuf,
    /// The partitions at the time of the models.
    partitions: Partitions,
}

impl Folder {
    /// The folders on the command line.
    fn named(args: &Args) -> Result<Vec<Self>> {
        let folders = args.folders.iter().map(|path| {
            let beside = Some(path.join("partitions.json")).filter(|it| it.exists());
            Self::new(path.clone(), args.partitions.clone().or(beside))
        });
        folders.collect()
    }

    fn new(path: PathBuf, partitions: Option<PathBuf>) -> Result<Self> {
        let partitions = match partitions {
            Some(path) => Source::read(path).and_then(|source| generator::partitions(&source)),
            None => Ok(Partitions::aws()),
        };
        let partitions = partitions.map_err(|problems| anyhow!("{problems}"))?;
        Ok(Self { path, partitions })
    }
}

/// A part of all models.
#[derive(Clone, Copy, Debug)]
struct Share {
    number: usize,
    of: usize,
}

impl FromStr for Share {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no part: write 3/8 for the third of eight");
        let (number, of) = text.split_once('/').ok_or_else(wrong)?;
        let read = |part: &str| part.parse::<usize>().map_err(|_| wrong());
        let (number, of) = (read(number)?, read(of)?);
        match (1..=of).contains(&number) {
            true => Ok(Self { number, of }),
            false => Err(wrong()),
        }
    }
}

/// The format of the table.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For terminals.
    #[default]
    Text,
    /// For documents.
    Markdown,
    /// For programs: an array of objects.
    Json,
}

/// Runs the command.
pub fn run(args: &Args, workspace: &Path) -> Result<ExitCode> {
    let mut folders = Folder::named(args)?;
    if folders.is_empty() {
        for (path, partitions) in PUBLIC {
            let path = workspace.join(path);
            if !path.exists() {
                say!("left out: there is no {}", path.display());
                return Ok(ExitCode::SUCCESS);
            }
            let of_its_time = partitions.map(|it| workspace.join(it));
            folders.push(Folder::new(path, args.partitions.clone().or(of_its_time))?);
        }
    }
    let files = models::find(&folders, args.part)?;
    if files.is_empty() {
        bail!("there is no model of a service in these folders");
    }
    let messages = Messages {
        quiet: args.quiet,
        ..Messages::default()
    };
    let progress = Progress::new(messages);
    let mut rows = models::generate(&files, &progress);
    if args.build || args.test {
        build::build(&mut rows, args, workspace, &progress)?;
    }
    drop(progress);
    print(args, &rows);
    if args.write {
        let text = table::document(&rows);
        std::fs::write(workspace.join(TABLE), text)?;
    }
    if args.check {
        let lost = table::lost(&rows, &std::fs::read_to_string(workspace.join(TABLE))?);
        for line in &lost {
            note(&format!("less than {TABLE} says: {line}\n"));
        }
        if !lost.is_empty() {
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(match rows.iter().all(Row::is_sound) {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

fn print(args: &Args, rows: &[Row]) {
    match args.format {
        Format::Json => say!("{}", table::json(rows)),
        Format::Markdown => say!("{}", table::markdown(rows)),
        Format::Text => {
            for problem in rows.iter().flat_map(Row::problems) {
                say!("{problem}");
            }
            say!("{}", table::text(rows));
        }
    }
    if !matches!(args.format, Format::Json) {
        say!("{}", table::summary(rows));
    }
    let remembered = rows.iter().filter(|row| row.is_remembered).count();
    if remembered > 0 {
        note(&format!(
            "{} passed in an earlier run\n",
            counted(remembered, "client")
        ));
    }
}

#[cfg(test)]
mod tests;
