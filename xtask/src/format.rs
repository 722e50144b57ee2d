//! `cargo xtask format`: formats hand-written code.
//!
//! Templates are not a crate, so `cargo fmt` does not find them, and generated code must not be
//! formatted.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};
use generator::counted;
use walkdir::WalkDir;

/// Format hand-written code: generator, templates, tests and xtask.
#[derive(clap::Args)]
pub struct Args {
    /// Change nothing, and fail if something is not formatted.
    #[arg(long)]
    check: bool,
}

/// Folders with hand-written code.
const FOLDERS: [&str; 5] = ["examples", "generator", "templates", "tests", "xtask"];

/// Runs the command.
pub fn run(args: &Args, workspace: &Path) -> Result<ExitCode> {
    let mut unformatted = 0;
    for path in files(workspace)? {
        let text = fs::read_to_string(&path)?;
        let formatted =
            rustfmt(&text).with_context(|| format!("cannot format {}", path.display()))?;
        if formatted == text {
            continue;
        }
        unformatted += 1;
        say!(
            "{}",
            path.strip_prefix(workspace).unwrap_or(&path).display()
        );
        if !args.check {
            fs::write(&path, formatted)?;
        }
    }
    if args.check && unformatted > 0 {
        let files = counted(unformatted, "file");
        complain!("not formatted: {files}; run: cargo xtask format");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Formats a text through a pipe, so that rustfmt does not look for its modules.
fn rustfmt(text: &str) -> Result<String> {
    let mut process = Command::new("rustfmt")
        .args(["--edition", "2024", "--emit", "stdout", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot run `rustfmt`: install it with `rustup component add rustfmt`")?;
    let mut input = process.stdin.take().context("rustfmt has no input")?;
    let text = text.to_owned();
    let writer = thread::spawn(move || input.write_all(text.as_bytes()));
    let output = process.wait_with_output()?;
    // An error of rustfmt is more useful than that of the pipe that it closed.
    let written = writer.join();
    if !output.status.success() {
        bail!("rustfmt does not understand the file");
    }
    if let Ok(written) = written {
        written?;
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn files(workspace: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        let entries = WalkDir::new(workspace.join(folder)).sort_by_file_name();
        for entry in entries
            .into_iter()
            .filter_entry(|entry| entry.file_name() != "target")
        {
            let path = entry?.into_path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    Ok(files)
}
