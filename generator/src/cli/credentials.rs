//! `credentials`: generates the clients that `aws-config` calls.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;

use super::generate::{Job, Models, NOTHING, Run};
use super::messages::Messages;
use super::stand_in::{StandIn, patch};
use crate::config::ServiceConfig;
use crate::credentials::{clients, default_features, features};
use crate::diagnostics::{Diagnostics, Source};
use crate::lower::Partitions;

/// Generate the clients that aws-config calls for credentials.
///
/// They replace the official crates below aws-config, and have only the operations that it calls. Each is
/// a package in a folder of its name. You need no model. The command prints the lines that replace the
/// official crates.
#[derive(clap::Args)]
pub struct Args {
    /// Write the packages to this folder.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Features of aws-config that your program enables, beside its default ones, and that make it call
    /// more services.
    #[arg(
        long,
        value_name = "FEATURE",
        value_delimiter = ',',
        value_parser = PossibleValuesParser::new(features())
    )]
    features: Vec<String>,
    /// Your program disables the default features of aws-config.
    #[arg(long)]
    no_default_features: bool,
    /// Version of a crate, such as `aws-sdk-sts@1.124.0`; can be repeated [default: one that is newer
    /// than all published ones].
    #[arg(long = "as", value_name = "CRATE@VERSION", value_parser = StandIn::parse)]
    stand_ins: Vec<StandIn>,
    /// Write nothing; list the files that are out of date, and fail if there are any.
    #[arg(long)]
    check: bool,
    /// List each file that is written.
    #[arg(short, long, conflicts_with = "quiet")]
    verbose: bool,
    #[command(flatten)]
    messages: Messages,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let jobs = match jobs(args) {
        Ok(jobs) => jobs,
        Err(problems) => return args.messages.refuse(&problems, NOTHING),
    };
    let run = Run {
        is_check: args.check,
        is_verbose: args.verbose,
        command: command(args),
        root: Path::new(""),
        messages: args.messages,
    };
    let code = run.all(&jobs, &Partitions::aws());
    if code == ExitCode::SUCCESS && !args.check {
        args.messages.say(&how_to(&jobs));
    }
    code
}

/// A client for each crate.
fn jobs(args: &Args) -> Result<Vec<Job>, Diagnostics> {
    let by_default = default_features().filter(|_| !args.no_default_features);
    let by_default = by_default.map(str::to_owned);
    let features: Vec<_> = args.features.iter().cloned().chain(by_default).collect();
    let mut clients = clients(&features);
    let mut diagnostics = Diagnostics::new();
    for stand_in in &args.stand_ins {
        let mut configs = clients.iter_mut().map(|(_, config)| config);
        match configs.find(|config| config.package == stand_in.name) {
            Some(config) => stand_in.configure(config),
            None => diagnostics.merge(unknown(&stand_in.name, &clients)),
        }
    }
    let jobs = clients.into_iter().map(|(model, config)| Job {
        label: config.package.clone(),
        shown: model.name().to_owned(),
        models: Models::Text(model),
        folder: args.out.join(&config.package),
        config,
    });
    diagnostics.into_result(jobs.collect())
}

fn unknown(name: &str, clients: &[(Source, ServiceConfig)]) -> Diagnostics {
    let known = clients
        .iter()
        .map(|(_, config)| format!("`{}`", config.package));
    let known = known.collect::<Vec<_>>().join(", ");
    Diagnostics::of(
        format!("`{name}` is not among the crates that are generated"),
        format!("with these features they are {known}"),
    )
}

/// The command line that repeats this run.
fn command(args: &Args) -> String {
    let mut words = vec![
        "smithy-client-gen credentials --out".to_owned(),
        args.out.display().to_string(),
    ];
    if !args.features.is_empty() {
        words.extend(["--features".to_owned(), args.features.join(",")]);
    }
    if args.no_default_features {
        words.push("--no-default-features".to_owned());
    }
    words.extend(args.stand_ins.iter().flat_map(StandIn::arguments));
    words.join(" ")
}

/// Instructions for using the packages.
fn how_to(jobs: &[Job]) -> String {
    let packages = jobs.iter().map(|job| &*job.config.package);
    let patch = patch(packages.clone().zip(jobs.iter().map(|job| &*job.folder)));
    let packages: Vec<_> = packages.collect();
    format!(
        "\nto put them in the place of the official crates, in the manifest of your workspace:\n\n\
         {patch}\nand where the official ones are locked already:\n\ncargo update {}\n",
        packages.join(" ")
    )
}
