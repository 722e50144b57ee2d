//! Workspaces with clients in the target folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context as _, Result, anyhow, bail};
use generator::{Output as File, write};
use serde_json::Value;

/// Writes a workspace with these packages. It uses our profiles and versions, so that dependencies
/// are compiled once.
pub fn write_workspace<'a>(
    packages: impl IntoIterator<Item = (&'a str, &'a [File])>,
    workspace: &Path,
    folder: &Path,
) -> Result<()> {
    let mut members = Vec::new();
    for (package, files) in packages {
        write::write(files, &folder.join(package)).map_err(|problems| anyhow!("{problems}"))?;
        members.push(toml::Value::from(package));
    }
    write_manifest(toml::Table::new(), members, workspace, folder)
}

/// Writes the manifest and the lock file of such a workspace.
pub fn write_manifest(
    mut manifest: toml::Table,
    members: Vec<toml::Value>,
    workspace: &Path,
    folder: &Path,
) -> Result<()> {
    let ours = fs::read_to_string(workspace.join("Cargo.toml"))?;
    let ours: toml::Table = ours.parse().context("Cargo.toml is no TOML")?;
    let members = [
        ("members", toml::Value::Array(members)),
        ("resolver", "3".into()),
    ];
    manifest.insert("workspace".to_owned(), table(members).into());
    manifest.extend(
        ours.get("profile")
            .map(|it| ("profile".to_owned(), it.clone())),
    );
    fs::write(folder.join("Cargo.toml"), manifest.to_string())?;
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

/// A table of TOML.
pub fn table<const N: usize>(pairs: [(&str, toml::Value); N]) -> toml::Table {
    toml::Table::from_iter(pairs.map(|(key, value)| (key.to_owned(), value)))
}

/// An official crate and a client in the folder `client`, side by side in the target folder.
pub struct Beside {
    /// The folder of both.
    pub folder: PathBuf,
    /// The name of the official crate.
    pub name: String,
    requirement: String,
    workspace: PathBuf,
    target: PathBuf,
}

impl Beside {
    /// Creates a folder for an official crate, such as `aws-sdk-sts@1.124.0`, below `kind`. Its
    /// dependencies are compiled in `target`.
    pub fn new(official: &str, kind: &str, workspace: &Path, target: &Path) -> Result<Self> {
        let (name, requirement) = match official.split_once('@') {
            Some((name, version)) => (name, format!("={version}")),
            None => (official, "*".to_owned()),
        };
        let folder = crate::target(workspace).join(kind).join(name);
        fs::create_dir_all(folder.join("src"))?;
        Ok(Self {
            folder,
            name: name.to_owned(),
            requirement,
            workspace: workspace.canonicalize()?,
            target: target.to_owned(),
        })
    }

    /// Writes a package that depends on the official crate with these features, and on others.
    pub fn write_manifest(&self, features: &[&str], others: toml::Table) -> Result<()> {
        let features = features.iter().map(|it| toml::Value::from(*it)).collect();
        let official = table([
            ("version", self.requirement.as_str().into()),
            ("default-features", false.into()),
            ("features", toml::Value::Array(features)),
        ]);
        let mut dependencies = table([(&*self.name, official.into())]);
        dependencies.extend(others);
        let package = table([
            ("name", format!("beside-{}", self.name).into()),
            ("version", "0.0.0".into()),
            ("edition", "2024".into()),
            ("publish", false.into()),
        ]);
        let manifest = table([
            ("package", package.into()),
            ("dependencies", dependencies.into()),
        ]);
        // Cargo requires a file to compile.
        let main = self.folder.join("src/main.rs");
        if !main.exists() {
            fs::write(&main, "fn main() {}\n")?;
        }
        write_manifest(
            manifest,
            vec!["client".into()],
            &self.workspace,
            &self.folder,
        )
    }

    /// The version of the official crate and its folder. Requires the manifest and the client.
    pub fn official(&self) -> Result<(String, PathBuf)> {
        let mut metadata = self.cargo();
        let output = metadata.args(["metadata", "--format-version=1"]).output();
        let output = output.context("cargo cannot be run")?;
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

    /// The cargo command in that folder.
    pub fn cargo(&self) -> Command {
        cargo(&self.folder, &self.target)
    }
}

/// The cargo command in such a workspace, which compiles dependencies in our target folder.
pub fn cargo(folder: &Path, target: &Path) -> Command {
    let mut command = Command::new("cargo");
    command
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env("CARGO_BUILD_BUILD_DIR", target);
    command
}

/// The package of a message from cargo: the name of its folder.
pub fn package_of(message: &serde_json::Value) -> String {
    let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
    let folder = manifest.parent().and_then(Path::file_name);
    folder.unwrap_or_default().to_string_lossy().into_owned()
}

/// Runs a test program.
pub fn execute(executable: &Path) -> Result<Output> {
    Command::new(executable)
        .env("RUST_BACKTRACE", "0")
        .output()
        .with_context(|| format!("cannot run {}", executable.display()))
}

/// The tests that a program has run, and whether they passed.
pub fn outcomes(output: &Output) -> Vec<(String, bool)> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().filter_map(outcome).collect()
}

/// A line such as `test config::tests::works ... ok`.
fn outcome(line: &str) -> Option<(String, bool)> {
    let (name, result) = line.strip_prefix("test ")?.split_once(" ... ")?;
    Some((name.to_owned(), result == "ok"))
}
