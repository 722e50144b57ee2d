//! The program with both crates, in a separate workspace in the target folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use differential_calls::{Lacking, Official};
use generator::ir::Client;
use quote::quote;

use super::{Args, Job};
use crate::packages::{Beside, table};

/// The program, and the crates that it depends on.
pub struct Package {
    pub beside: Beside,
    workspace: PathBuf,
}

impl Package {
    /// Creates the folder for an official crate.
    pub fn new(official: &str, workspace: &Path) -> Result<Self> {
        let target = crate::target(workspace);
        Ok(Self {
            beside: Beside::new(official, "compare", workspace, &target)?,
            workspace: workspace.canonicalize()?,
        })
    }

    /// The version of the official crate and its folder.
    pub fn official(&self) -> Result<(String, PathBuf)> {
        let library = self.workspace.join("tests/differential/library");
        let library = library.to_string_lossy().into_owned();
        let client = [
            ("path", "client".into()),
            ("default-features", false.into()),
        ];
        let dependencies = [
            ("client-compared", table(client).into()),
            ("differential", table([("path", library.into())]).into()),
        ];
        self.beside.write_manifest(&[], table(dependencies))?;
        self.beside.official()
    }

    /// Writes the program.
    pub fn write_program(
        &self,
        client: &Client,
        official: &Official,
        lacking: &Lacking,
    ) -> Result<()> {
        let include = quote!("calls.rs");
        let service =
            differential_calls::service(client, lacking, &self.beside.name, "service", &include)?;
        let (modules, crates) = (service.modules, service.crates);
        let main = quote! {
            #modules

            fn main() -> std::process::ExitCode {
                differential::program::run(#crates)
            }
        };
        let folder = &self.beside.folder;
        let source = folder.join("src");
        write(&source.join("calls.rs"), &service.calls)?;
        write(&source.join("main.rs"), &differential_calls::text(&main)?)?;
        write(&folder.join("official.txt"), &official.list())
    }

    /// Compiles the program and runs it.
    pub fn run(&self, args: &Args, job: &Job) -> Result<ExitCode> {
        let mut command = self.beside.cargo();
        command.args(["run", "--quiet", "--"]);
        command.arg("--model").arg(job.model.canonicalize()?);
        command.args(["--list", "official.txt", "--failures", "failures"]);
        command.arg(format!("--cases={}", args.cases));
        command.arg(format!("--seed={}", args.seed));
        if args.verbose {
            command.arg("--needed");
        }
        if let Some(service) = &args.service {
            command.arg(format!("--service={service}"));
        }
        if let Some(protocol) = &args.protocol {
            command.arg(format!("--protocol={protocol}"));
        }
        if !job.only.is_empty() {
            command.arg(format!("--only={}", job.only.join(",")));
        }
        let status = command.status().context("cargo cannot be run")?;
        Ok(if status.success() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// Writes a file unless it is unchanged, so that cargo does not compile it again.
fn write(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|before| before == text) {
        return Ok(());
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
