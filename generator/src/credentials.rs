//! The clients that `aws-config` calls for credentials, generated from built-in models.
//!
//! They replace the official crates that `aws-config` calls to assume roles and for single sign-on,
//! and contain only the operations that it calls.
//!
//! ```
//! use generator::{Partitions, credentials};
//!
//! # fn main() -> Result<(), generator::Diagnostics> {
//! # let patches = tempfile::tempdir().unwrap();
//! # let patches = patches.path();
//! for (model, config) in credentials::clients(&["sso"]) {
//!     let client = generator::generate(&model, &config, &Partitions::aws())?;
//!     client.write(patches.join(&config.package))?;
//! }
//! assert!(patches.join("aws-sdk-sts/Cargo.toml").exists());
//! # Ok(())
//! # }
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::config::ServiceConfig;
use crate::diagnostics::Source;

/// A version that is greater than those of all published crates and satisfies every requirement of
/// version 1.
const GREATEST: &str = "1.999.0";

/// The models.
const MODELS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/credentials.rs"));

/// The crates and what is known of them.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let table = include_str!("../../models/credentials/crates.toml");
    toml::from_str(table).unwrap_or_else(|error| panic!("what is built in is sound: {error}"))
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    default_features: Vec<String>,
    crates: BTreeMap<String, Row>,
}

/// A crate.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    model: String,
    feature: Option<String>,
}

/// The clients that `aws-config` compiles with these of its [`features`]: models, and how they are
/// generated.
///
/// Each has the name of the official crate, for `[patch.crates-io]`, and a version that is greater
/// than those that are published. Features that compile no client are ignored.
pub fn clients(features: &[impl AsRef<str>]) -> Vec<(Source, ServiceConfig)> {
    let compiled = TABLE.crates.iter().filter(|(_, row)| {
        let mut features = features.iter().map(AsRef::as_ref);
        let feature = row.feature.as_deref();
        feature.is_none_or(|feature| features.any(|it: &str| it == feature))
    });
    let clients = compiled.map(|(package, row)| {
        let config = ServiceConfig {
            version: GREATEST.to_owned(),
            replaces: Some(package.clone()),
            ..ServiceConfig::new(package)
        };
        (model(&row.model), config)
    });
    clients.collect()
}

/// The features of `aws-config` that compile clients.
pub fn features() -> BTreeSet<&'static str> {
    let rows = TABLE.crates.values();
    rows.filter_map(|row| row.feature.as_deref()).collect()
}

/// The default ones of these features.
pub fn default_features() -> impl Iterator<Item = &'static str> {
    TABLE.default_features.iter().map(String::as_str)
}

fn model(name: &str) -> Source {
    let name = format!("credentials/{name}.json");
    let mut models = MODELS.iter();
    let model = models.find(|(file, _)| *file == name);
    let (_, text) = model.unwrap_or_else(|| panic!("there is no {name}"));
    Source::new(name, *text)
}
