//! A client with the operations that a file calls, and the text that calls them.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use generator::{Partitions, ServiceConfig, Source};
use serde_json::Value;

use super::Timed;

/// The calls of a file, for which a client can be generated.
pub struct Called {
    source: Source,
    /// The settings of the client.
    pub config: ServiceConfig,
    /// The operations, with their inputs.
    calls: Vec<(String, Value)>,
}

impl Called {
    /// The calls of a service, by a client that is this package.
    pub fn of(service: &Timed, package: &str) -> Result<Self> {
        let calls = calls(&service.file)?;
        // Parts that the official crate's model has and this one lacks.
        let more = service.file.with_extension("smithy");
        let models = [Some(&service.model), Some(&more).filter(|it| it.exists())];
        let source = Source::load(models.into_iter().flatten()).map_err(problems)?;
        let mut only: Vec<_> = calls.iter().map(|(name, _)| (*name).clone()).collect();
        only.sort_unstable();
        only.dedup();
        let (id, protocol) = (service.service.as_deref(), service.protocol.as_deref());
        let mut config = differential_calls::config(id, protocol, &only);
        config.package = package.to_owned();
        Ok(Self {
            source,
            config,
            calls,
        })
    }

    /// Writes the client to a folder, and returns the text that makes the calls with it.
    pub fn generate(&self, folder: &Path) -> Result<String> {
        let rendered = generator::generate(&self.source, &self.config, &Partitions::aws());
        let rendered = rendered.map_err(problems)?;
        rendered.write(folder).map_err(problems)?;
        let calls = self.calls.iter();
        let calls: Vec<_> = calls.map(|(name, it)| (&**name, it.clone())).collect();
        differential_calls::timed(&rendered.client, &calls)
    }
}

/// The problem with a model.
fn problems(problems: generator::Diagnostics) -> anyhow::Error {
    anyhow!("{problems}")
}

/// A file of TOML.
pub fn table_of(file: &Path) -> Result<toml::Table> {
    let name = file.display();
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {name}"))?;
    text.parse().with_context(|| format!("{name} is no TOML"))
}

/// The operations that a file calls, with their inputs.
fn calls(file: &Path) -> Result<Vec<(String, Value)>> {
    let table = table_of(file)?;
    let calls = table.get("call").and_then(toml::Value::as_array);
    let calls = calls.with_context(|| format!("{} has no `call`", file.display()))?;
    let call = |call: &toml::Value| {
        let text = |key: &str| call.get(key).and_then(toml::Value::as_str);
        let operation = text("operation").context("a call has no `operation`")?;
        let input = serde_json::from_str(text("input").unwrap_or("{}"));
        let input = input.with_context(|| format!("the input of {operation} is no JSON"))?;
        Ok((operation.to_owned(), input))
    };
    calls.iter().map(call).collect()
}
