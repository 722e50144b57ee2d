//! `cargo xtask book`: builds a website from the pages of `docs/`.

use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

/// Build the book of `docs/` with mdbook, in `target/book`.
///
/// If mdbook is not installed, this says so and succeeds. `cargo install mdbook` installs it.
#[derive(clap::Args)]
pub struct Args {}

/// Runs the command.
pub fn run(_: &Args, workspace: &Path) -> Result<ExitCode> {
    let is_installed = Command::new("mdbook").arg("--version").output();
    if !is_installed.is_ok_and(|output| output.status.success()) {
        say!("the book was not built: mdbook is not installed");
        return Ok(ExitCode::SUCCESS);
    }
    let folder = crate::target(workspace).join("book");
    let mut build = Command::new("mdbook");
    build.arg("build").arg(workspace.join("docs"));
    let status = build.arg("--dest-dir").arg(&folder).status();
    if !status.context("cannot run mdbook")?.success() {
        return Ok(ExitCode::FAILURE);
    }
    say!("{}", folder.join("index.html").display());
    Ok(ExitCode::SUCCESS)
}
