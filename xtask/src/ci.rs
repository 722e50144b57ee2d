//! `cargo xtask ci`: runs all checks. `.ci/run` calls it.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// Run every check that a change has to pass.
///
/// The run ends with the first check that fails, and prints the command that repeats it.
#[derive(clap::Args)]
pub struct Args {
    /// List the checks without running them.
    #[arg(long)]
    list: bool,
}

/// A check: a description and the command.
struct Step {
    what: &'static str,
    program: &'static str,
    arguments: &'static [&'static str],
    environment: &'static [(&'static str, &'static str)],
}

/// The checks, cheap ones first.
const STEPS: [Step; 15] = [
    Step {
        what: "hand-written code is formatted",
        program: "cargo",
        arguments: &["xtask", "format", "--check"],
        environment: &[],
    },
    Step {
        what: "generated code is up to date",
        program: "cargo",
        arguments: &["xtask", "codegen", "--check"],
        environment: &[],
    },
    Step {
        what: "clippy has no warnings, also in generated code",
        program: "cargo",
        arguments: &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-Dwarnings",
        ],
        environment: &[],
    },
    Step {
        what: "clients compile without operations",
        program: "cargo",
        arguments: &[
            "clippy",
            "--package=client-ivs",
            "--package=client-ivs-realtime",
            "--package=client-ivschat",
            "--no-default-features",
            "--features=client-ivs/selected-operations",
            "--features=client-ivs-realtime/selected-operations",
            "--features=client-ivschat/selected-operations",
            "--",
            "-Dwarnings",
        ],
        environment: &[],
    },
    Step {
        what: "clients compile with a single operation",
        program: "cargo",
        arguments: &[
            "clippy",
            "--package=client-ivs",
            "--package=client-ivs-realtime",
            "--package=client-ivschat",
            "--no-default-features",
            "--features=client-ivs/list-channels",
            "--features=client-ivs-realtime/create-stage",
            "--features=client-ivschat/create-room",
            "--",
            "-Dwarnings",
        ],
        environment: &[],
    },
    Step {
        what: "the library for build scripts compiles without the command",
        program: "cargo",
        arguments: &[
            "clippy",
            "--package=generator",
            "--no-default-features",
            "--",
            "-Dwarnings",
        ],
        environment: &[],
    },
    Step {
        what: "the tests pass",
        program: "cargo",
        arguments: &["test", "--workspace"],
        environment: &[("REQUIRE_MOTO", "1")],
    },
    Step {
        what: "the official test suites pass, if they are beside the project",
        program: "cargo",
        arguments: &["xtask", "conformance"],
        environment: &[],
    },
    Step {
        what: "clients behave like official crates, if models are beside the project",
        program: "cargo",
        arguments: &["xtask", "compare", "--cases=30"],
        environment: &[],
    },
    Step {
        what: "the tour of five services compiles with the official crates, too",
        program: "cargo",
        arguments: &["xtask", "tour"],
        environment: &[],
    },
    Step {
        what: "clients of some public models compile, if those are beside the project",
        program: "cargo",
        arguments: &["xtask", "reach", "--check", "--build", "--part=1/60"],
        environment: &[],
    },
    Step {
        what: "documentation builds without warnings",
        program: "cargo",
        arguments: &["doc", "--workspace", "--no-deps", "--all-features"],
        environment: &[("RUSTDOCFLAGS", "-Dwarnings")],
    },
    Step {
        what: "the book builds, if mdbook is installed",
        program: "cargo",
        arguments: &["xtask", "book"],
        environment: &[],
    },
    Step {
        what: "the clients have the official crates' public items",
        program: "cargo",
        arguments: &["xtask", "parity"],
        environment: &[],
    },
    Step {
        what: "no size or cost has grown",
        program: "cargo",
        arguments: &["xtask", "counts"],
        environment: &[],
    },
];

/// Runs the command.
pub fn run(args: &Args, workspace: &Path) -> Result<ExitCode> {
    if args.list {
        for step in &STEPS {
            say!("{:<58} {}", step.what, step.command());
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut times = Vec::new();
    for step in &STEPS {
        say!("\n== {}\n   {}", step.what, step.command());
        let start = Instant::now();
        let status = Command::new(step.program)
            .args(step.arguments)
            .envs(step.environment.iter().copied())
            .current_dir(workspace)
            .status()
            .with_context(|| format!("cannot run `{}`", step.program))?;
        times.push((step.what, start.elapsed()));
        if !status.success() {
            print_times(&times);
            say!(
                "\nfailed: {}\n  to see it again: {}",
                step.what,
                step.command()
            );
            return Ok(ExitCode::FAILURE);
        }
    }
    print_times(&times);
    Ok(ExitCode::SUCCESS)
}

impl Step {
    /// The command line.
    fn command(&self) -> String {
        let variables = self
            .environment
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        let words = std::iter::once(self.program).chain(self.arguments.iter().copied());
        variables
            .chain(words.map(str::to_owned))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

fn print_times(times: &[(&str, Duration)]) {
    say!("");
    for (what, time) in times {
        say!("{:>6.0} s  {what}", time.as_secs_f64());
    }
}
