//! Packages that are compiled for measurements.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// The environment of measurements.
pub struct Bench<'a> {
    pub workspace: &'a Path,
    /// A separate target folder, which contains nothing at first.
    pub target: PathBuf,
}

/// The cost of a command.
pub struct Cost {
    /// CPU seconds of the command and its child processes.
    pub cpu: f64,
    /// Its output on stderr.
    pub messages: String,
}

impl<'a> Bench<'a> {
    pub fn new(workspace: &'a Path) -> Self {
        Self {
            workspace,
            target: crate::target(workspace).join("bench"),
        }
    }

    /// Writes a package below the target folder, with our versions of dependencies.
    pub fn package(&self, name: &str, dependencies: &str, main: &str) -> Result<PathBuf> {
        let folder = self.target.join("packages").join(name);
        fs::create_dir_all(folder.join("src"))?;
        let dependencies = dependencies.replace("WORKSPACE", &self.workspace.to_string_lossy());
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n{dependencies}\n[profile.release]\nstrip = true\n\n[workspace]\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("src/main.rs"), main)?;
        fs::copy(self.workspace.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        Ok(folder)
    }

    /// Runs cargo in a folder with its own target folder.
    ///
    /// Incremental compilation is off, because it costs more and cargo would use it only for our
    /// crates, which are path dependencies.
    pub fn cargo(&self, folder: &Path, arguments: &[&str]) -> Result<Cost> {
        self.cargo_into(folder, &folder.join("target"), arguments)
    }

    /// The same with a shared target folder.
    pub fn cargo_into(&self, folder: &Path, target: &Path, arguments: &[&str]) -> Result<Cost> {
        let mut cargo = in_folder(folder, arguments);
        cost(
            cargo
                .env("CARGO_TARGET_DIR", target)
                .env("CARGO_INCREMENTAL", "0"),
        )
    }

    /// The same with incremental compilation.
    pub fn cargo_incremental(&self, folder: &Path, arguments: &[&str]) -> Result<Cost> {
        cost(in_folder(folder, arguments).env_remove("CARGO_INCREMENTAL"))
    }

    /// Runs a benchmark of criterion for a short time; `folder` is for its results.
    pub fn criterion(&self, name: &str, folder: &Path) -> Result<()> {
        let bench = format!("--bench={name}");
        let arguments = ["bench", "--quiet", "--package=client-benches", &bench];
        let briefly = ["--noplot", "--warm-up-time=0.3", "--measurement-time=1"];
        let mut command = self.of_workspace(&arguments);
        command
            .arg("--")
            .args(briefly)
            .env("CRITERION_HOME", folder);
        super::machine::output(&mut command).map(drop)
    }

    /// Runs a cargo command of the workspace with the target folder for measurements, and returns
    /// its output.
    pub fn in_workspace(&self, arguments: &[&str]) -> Result<String> {
        super::machine::output(&mut self.of_workspace(arguments))
    }

    fn of_workspace(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command
            .args(arguments)
            .current_dir(self.workspace)
            .env("CARGO_TARGET_DIR", &self.target);
        command
    }
}

fn in_folder(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("CARGO_PROFILE_DEV_DEBUG");
    command
}

/// Runs a command and measures its CPU time, which is that of all child processes: only one command
/// may run.
pub fn cost(command: &mut Command) -> Result<Cost> {
    let name = format!("{command:?}");
    let before = cpu_of_children()?;
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot run {name}"))?;
    let messages = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure!(output.status.success(), "{name} fails:\n{messages}");
    Ok(Cost {
        cpu: cpu_of_children()? - before,
        messages,
    })
}

fn cpu_of_children() -> Result<f64> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let microseconds =
        usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    #[expect(
        clippy::cast_precision_loss,
        reason = "microseconds of hours are exact"
    )]
    let seconds = microseconds as f64 / 1e6;
    Ok(seconds)
}

/// The peak memory of this process, in megabytes.
pub fn peak_of_process() -> Result<f64> {
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    #[expect(clippy::cast_precision_loss, reason = "kilobytes are few")]
    let megabytes = usage.max_rss() as f64 / 1024.0;
    Ok(megabytes)
}
