//! The program with both crates, in a workspace of its own in the target folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, Result, bail};
use differential_calls::{Lacking, Official};
use generator::ir::Client;
use quote::quote;
use serde_json::Value;

use super::{Args, Job};

/// The folder of the program and what is in it.
pub struct Package {
    pub folder: PathBuf,
    workspace: PathBuf,
    target: PathBuf,
    name: String,
    requirement: String,
}

impl Package {
    /// Makes the folder for an official crate.
    pub fn new(official: &str, workspace: &Path) -> Result<Self> {
        let (name, requirement) = match official.split_once('@') {
            Some((name, version)) => (name, format!("={version}")),
            None => (official, "*".to_owned()),
        };
        let target = crate::target(workspace);
        let folder = target.join("compare").join(name);
        fs::create_dir_all(folder.join("src"))?;
        Ok(Self {
            folder,
            workspace: workspace.canonicalize()?,
            target,
            name: name.to_owned(),
            requirement,
        })
    }

    /// The name of the official crate.
    pub fn official_name(&self) -> &str {
        &self.name
    }

    /// The version of the official crate and its folder, once the manifest is there.
    pub fn official(&self) -> Result<(String, PathBuf)> {
        self.write_manifest()?;
        // Cargo wants a file to compile before it says anything.
        let main = self.folder.join("src/main.rs");
        if !main.exists() {
            fs::write(&main, "fn main() {}\n")?;
        }
        let output = self
            .cargo(&["metadata", "--format-version=1"])
            .output()
            .context("cargo cannot be run")?;
        if !output.status.success() {
            bail!("{}", String::from_utf8_lossy(&output.stderr));
        }
        let metadata: Value = serde_json::from_slice(&output.stdout)?;
        let packages = metadata["packages"].as_array().into_iter().flatten();
        let mut packages = packages.filter(|package| package["name"] == self.name.as_str());
        let package = packages
            .next()
            .context("cargo does not know the official crate")?;
        let text = |name: &str| package[name].as_str().unwrap_or_default().to_owned();
        let manifest = PathBuf::from(text("manifest_path"));
        let folder = manifest.parent().unwrap_or(Path::new("")).to_owned();
        Ok((text("version"), folder))
    }

    /// The workspace has the profiles and versions of ours, so that dependencies are compiled once.
    fn write_manifest(&self) -> Result<()> {
        let manifest = fs::read_to_string(self.workspace.join("Cargo.toml"))?;
        let manifest: toml::Table = manifest.parse().context("Cargo.toml is no TOML")?;
        let table = |pairs: &[(&str, toml::Value)]| {
            let pairs = pairs.iter();
            toml::Table::from_iter(pairs.map(|(key, value)| ((*key).to_owned(), value.clone())))
        };
        let path = |path: &Path| toml::Value::from(path.to_string_lossy().into_owned());
        let no_defaults = ("default-features", toml::Value::from(false));
        let library = self.workspace.join("tests/differential/library");
        let dependencies = table(&[
            (
                "client-compared",
                table(&[("path", "client".into()), no_defaults.clone()]).into(),
            ),
            ("differential", table(&[("path", path(&library))]).into()),
            (
                &self.name,
                table(&[("version", self.requirement.as_str().into()), no_defaults]).into(),
            ),
        ]);
        let package = table(&[
            ("name", format!("compare-{}", self.name).into()),
            ("version", "0.0.0".into()),
            ("edition", "2024".into()),
            ("publish", false.into()),
        ]);
        let workspace = table(&[("members", vec!["client"].into()), ("resolver", "3".into())]);
        let mut written = table(&[
            ("package", package.into()),
            ("workspace", workspace.into()),
            ("dependencies", dependencies.into()),
        ]);
        written.extend(
            manifest
                .get("profile")
                .map(|it| ("profile".to_owned(), it.clone())),
        );
        fs::write(self.folder.join("Cargo.toml"), written.to_string())?;
        let lock = self.folder.join("Cargo.lock");
        fs::copy(self.workspace.join("Cargo.lock"), lock)?;
        Ok(())
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
            differential_calls::service(client, lacking, &self.name, "service", &include)?;
        let (modules, crates) = (service.modules, service.crates);
        let main = quote! {
            #modules

            fn main() -> std::process::ExitCode {
                differential::program::run(#crates)
            }
        };
        let source = self.folder.join("src");
        write(&source.join("calls.rs"), &service.calls)?;
        write(&source.join("main.rs"), &differential_calls::text(&main)?)?;
        write(&self.folder.join("official.txt"), &official.list())
    }

    /// Compiles the program and runs it.
    pub fn run(&self, args: &Args, job: &Job) -> Result<ExitCode> {
        let mut command = self.cargo(&["run", "--quiet", "--"]);
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

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", self.folder.join("target"))
            .env("CARGO_BUILD_BUILD_DIR", &self.target);
        command
    }
}

/// Writes a file unless it says the same already: what is not new is not compiled.
fn write(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|before| before == text) {
        return Ok(());
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
