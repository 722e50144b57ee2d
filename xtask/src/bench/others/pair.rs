//! A client and the official crate of the same service.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, anyhow};
use generator::config::Operations;
use generator::ir::{Client, Operation};
use generator::{Partitions, ServiceConfig, Source, UnsupportedOperations};
use serde_json::Value;

use super::Service;
use crate::bench::alone::Alone;
use crate::bench::machine;
use crate::bench::packages::Bench;

/// The feature that both crates have without an HTTPS client.
const FEATURE: &str = "rt-tokio";

/// A client with all operations, the same with some, and the official crate.
pub(super) struct Pair {
    /// The folder and the file name of the model, without extension.
    pub model: String,
    /// The name of the official crate.
    pub name: String,
    pub version: String,
    pub client: Client,
    /// The folders of the client and of the official crate.
    pub folders: [PathBuf; 2],
    /// The method of the first selected operation.
    pub first_call: String,
    pub official: Alone,
    pub ours: Alone,
    pub some: Vec<Some>,
}

/// Some of a client's operations.
pub(super) struct Some {
    /// Their names: `get-item, put-item, query`.
    pub names: String,
    /// The client in which they are selected by features.
    pub by_features: Alone,
    /// The client that is generated with only these.
    pub only: Alone,
}

impl Pair {
    /// Generates the clients, and finds the official crate.
    pub fn lay_out(service: &Service, bench: &Bench<'_>) -> Result<Self> {
        let (name, requirement) = match service.official.split_once('@') {
            Some((name, version)) => (name, format!("={version}")),
            None => (service.official.as_str(), "*".to_owned()),
        };
        let part = name.strip_prefix("aws-sdk-").unwrap_or(name);
        let maker = Maker {
            source: Source::load([&service.model]).map_err(|it| anyhow!("{it}"))?,
            service,
            package: format!("client-{part}"),
            folder: bench.target.join("clients").join(part),
        };
        let (client, ours) = maker.client("all", None)?;
        for left_out in &client.left_out {
            say!("left out: {}: {}", left_out.operation, left_out.reason);
        }
        let simplest = [simplest(&client)];
        let chosen = match service.only.as_slice() {
            [] => &simplest,
            only => only,
        };
        let first_call = named(&client, &chosen[0][0])?.name.method().to_string();
        let some = chosen.iter().zip(1..);
        let some = some.map(|(names, number)| maker.some(&client, names, number));
        let some = some.collect::<Result<Vec<_>>>()?;
        let source = format!("version = \"{requirement}\"");
        let official = Alone::new(&format!("alone-{name}"), name, &source, &[FEATURE]);
        let (version, folder) = locate(&official.lay_out(bench)?, name)?;
        Ok(Self {
            model: shown(&service.model),
            name: name.to_owned(),
            version,
            folders: [maker.folder.join("all"), folder],
            first_call,
            client,
            official,
            ours,
            some,
        })
    }

    /// The last cells of each row: what was measured.
    pub fn cells(&self) -> [String; 2] {
        [self.version.clone(), self.model.clone()]
    }
}

/// Generates clients of a service.
struct Maker<'a> {
    source: Source,
    service: &'a Service,
    package: String,
    folder: PathBuf,
}

impl Maker<'_> {
    /// A client of these operations, or of all.
    fn client(&self, name: &str, only: Option<&[String]>) -> Result<(Client, Alone)> {
        let mut config = ServiceConfig::new(&self.package);
        config.service = self.service.service.as_deref().map(Into::into);
        config.protocol = self.service.protocol.as_deref().map(Into::into);
        config.unsupported = UnsupportedOperations::LeaveOut;
        if let Some(names) = only {
            config.operations = Operations::Only(names.iter().map(|it| (&**it).into()).collect());
        }
        let problems = |problems: generator::Diagnostics| anyhow!("{problems}");
        let rendered = generator::generate(&self.source, &config, &Partitions::aws());
        let rendered = rendered.map_err(problems)?;
        rendered.write(self.folder.join(name)).map_err(problems)?;
        Ok((rendered.client, self.alone(name, name, &[])))
    }

    /// The client in a folder, with features for some of its operations.
    fn alone(&self, name: &str, folder: &str, features: &[&str]) -> Alone {
        let path = self.folder.join(folder);
        let features = [features, &[FEATURE]].concat();
        Alone::new(
            &format!("alone-{}-{name}", self.package),
            &self.package,
            &format!("path = {:?}", path.to_string_lossy()),
            &features,
        )
    }

    fn some(&self, client: &Client, names: &[String], number: usize) -> Result<Some> {
        let operations = names.iter().map(|name| named(client, name));
        let operations = operations.collect::<Result<Vec<_>>>()?;
        let features: Vec<_> = operations.iter().filter_map(|it| feature(it)).collect();
        let (_, only) = self.client(&format!("only-{number}"), Some(names))?;
        Ok(Some {
            names: features.join(", "),
            by_features: self.alone(&format!("some-{number}"), "all", &features),
            only,
        })
    }
}

/// The operation with this name in the model.
fn named<'a>(client: &'a Client, name: &str) -> Result<&'a Operation> {
    let mut operations = client.operations.iter();
    let operation = operations.find(|it| it.name.shape() == name);
    operation.with_context(|| format!("the client has no operation {name}"))
}

fn feature(operation: &Operation) -> Option<&str> {
    operation.feature.as_ref().map(|it| it.as_str())
}

/// Three operations whose inputs have few members, which users try first.
fn simplest(client: &Client) -> Vec<String> {
    let mut operations: Vec<_> = client.operations.iter().collect();
    // Operations are already sorted by name, which decides between equals.
    operations.sort_by_key(|it| client.structure(it.input).fields.len());
    let names = operations.iter().take(3);
    names.map(|it| it.name.shape().to_owned()).collect()
}

/// The version of a crate that a package depends on, and its folder.
fn locate(package: &Path, name: &str) -> Result<(String, PathBuf)> {
    let mut metadata = Command::new("cargo");
    metadata.args(["metadata", "--format-version=1"]);
    let metadata = machine::output(metadata.current_dir(package))?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    let package = packages.find(|it| it["name"] == name);
    let package = package.with_context(|| format!("cargo does not know {name}"))?;
    let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let manifest = PathBuf::from(text("manifest_path"));
    let folder = manifest.parent().context("a manifest is in a folder")?;
    Ok((text("version"), folder.to_owned()))
}

/// `2026-08/sqs`
pub(super) fn shown(model: &Path) -> String {
    let folder = model.parent().and_then(Path::file_name).unwrap_or_default();
    let file = model.file_stem().unwrap_or_default();
    format!("{}/{}", folder.to_string_lossy(), file.to_string_lossy())
}
