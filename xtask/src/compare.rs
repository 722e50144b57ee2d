//! `cargo xtask compare`: compares the behavior of a generated client and an official crate.

mod package;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, anyhow};
use differential_calls::{Lack, Lacking, Official};
use generator::{InputDefaults, Partitions, Source, counted};

/// Compare the behavior of a client with the official crate.
///
/// Generates the client into the target folder, and a program with both crates. The program makes the same
/// calls with both, by example and at random, compares the requests byte for byte, and compares how they
/// read the same responses and errors, including damaged ones. What only one of the crates has is left out
/// and counted. Intended differences are listed, with their reasons, in
/// tests/differential/library/src/differences.rs.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:

  cargo xtask compare models/ivs.json aws-sdk-ivs
  cargo xtask compare sts.json aws-sdk-sts@1.124.0 --cases 200
  cargo xtask compare ec2.json aws-sdk-ec2 --only RunInstances,DescribeVpcs

The seeds of failures are kept in the folder `failures` beside the program, and are tried first from then on.")]
pub struct Args {
    /// The model [default: a few operations of some services, if their models are beside the project].
    #[arg(value_name = "MODEL", requires = "official")]
    model: Option<PathBuf>,
    /// The official crate, optionally with a version: `aws-sdk-sts@1.124.0` [default: the newest].
    #[arg(value_name = "OFFICIAL_CRATE")]
    official: Option<String>,
    /// Number of random inputs, outputs and errors for each operation.
    #[arg(long, default_value_t = 50)]
    cases: u32,
    /// Seed of the random values.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Compare only these operations, by their names in the model.
    #[arg(long, value_name = "OPERATION", value_delimiter = ',')]
    only: Vec<String>,
    /// Shape id of the service, if the model has several.
    #[arg(long, value_name = "ID")]
    service: Option<String>,
    /// Protocol of the client, if the official crate does not use the one that Smithy prefers.
    #[arg(long, value_name = "PROTOCOL")]
    protocol: Option<String>,
    /// List what is left out, and the intended differences that were found.
    #[arg(short, long)]
    verbose: bool,
}

/// The default: a service for each format, and operations of every kind.
const SELECTION: [(&str, &str, &[&str]); 3] = [
    (
        "../shared/corpus/2026-08/sts.json",
        "aws-sdk-sts@1.124.0",
        &[
            "AssumeRole",
            "GetCallerIdentity",
            "DecodeAuthorizationMessage",
        ],
    ),
    (
        "../shared/corpus/2026-08/sqs.json",
        "aws-sdk-sqs@1.119.0",
        &[
            "SendMessage",
            "ReceiveMessage",
            "SetQueueAttributes",
            "ListQueues",
        ],
    ),
    (
        "../shared/corpus/2026-08/route-53.json",
        "aws-sdk-route53@1.132.0",
        &[
            "ChangeResourceRecordSets",
            "CreateHostedZone",
            "ListHostedZones",
        ],
    ),
];

/// A comparison.
struct Job {
    model: PathBuf,
    official: String,
    only: Vec<String>,
}

/// Runs the command.
pub fn run(args: &Args, workspace: &Path) -> Result<ExitCode> {
    if let (Some(model), Some(official)) = (&args.model, &args.official) {
        let job = Job {
            model: model.clone(),
            official: official.clone(),
            only: args.only.clone(),
        };
        return compare(args, &job, workspace);
    }
    let mut result = ExitCode::SUCCESS;
    for (model, official, only) in SELECTION {
        let job = Job {
            model: workspace.join(model),
            official: official.to_owned(),
            only: only.iter().map(|it| (*it).to_owned()).collect(),
        };
        if !job.model.exists() {
            say!("left out: {official}: there is no {model}");
        } else if compare(args, &job, workspace)? != ExitCode::SUCCESS {
            result = ExitCode::FAILURE;
        }
    }
    Ok(result)
}

/// Compares one service.
fn compare(args: &Args, job: &Job, workspace: &Path) -> Result<ExitCode> {
    let problems = |problems: generator::Diagnostics| anyhow!("{problems}");
    let source = Source::load([&job.model]).map_err(problems)?;
    let mut config =
        differential_calls::config(args.service.as_deref(), args.protocol.as_deref(), &job.only);
    let mut rendered =
        generator::generate(&source, &config, &Partitions::aws()).map_err(problems)?;
    let package = package::Package::new(&job.official, workspace)?;
    let client = package.beside.folder.join("client");
    rendered.write(&client).map_err(problems)?;
    let (version, folder) = package.official()?;
    let official = Official::of_source(&folder.join("src"))?;
    if official.has_schemas {
        // This crate sends the defaults of structures.
        config.input_defaults = InputDefaults::Send;
        rendered = generator::generate(&source, &config, &Partitions::aws()).map_err(problems)?;
        rendered.write(&client).map_err(problems)?;
    }
    let lacking = Lacking::new(&rendered.client, &official);
    say!(
        "{} {version}, {}",
        package.beside.name,
        rendered.client.service.protocol.protocol.name
    );
    say_left_out(args, &rendered.client, &lacking);
    package.write_program(&rendered.client, &official, &lacking)?;
    package.run(args, job)
}

fn say_left_out(args: &Args, client: &generator::ir::Client, lacking: &Lacking) {
    for left_out in &client.left_out {
        say!("left out: {}: {}", left_out.operation, left_out.reason);
    }
    let (mut absent, mut differing) = (0, 0);
    for (part, lack) in lacking.iter() {
        match lack {
            Lack::Absent => absent += 1,
            _ => differing += 1,
        }
        if args.verbose || *lack != Lack::Absent {
            say!("left out: {part}: {lack}");
        }
    }
    say!(
        "left out: {} that the official crate does not have, {} that it has otherwise; {} that only \
         one of both has",
        counted(absent, "part"),
        counted(differing, "part"),
        counted(lacking.unseen(), "field")
    );
}
