//! What a maintainer decides for a service: a table of `models/services.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::diagnostics::Diagnostics;
use crate::extra_files;
use crate::format::Output;

/// How a client is generated from a model.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ServiceConfig {
    /// Package name of the client, such as `client-ivs`.
    #[serde(rename = "crate")]
    pub package: String,
    /// Version of the client, which also stands in its user agent.
    pub version: String,
    /// Shape id of the service, for a model that has several.
    #[serde(default)]
    pub service: Option<String>,
    /// The official crate that the client stands in for.
    #[serde(default)]
    pub replaces: Option<String>,
    /// At most five words for the package registry.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// Whether `@default` values of operation inputs are sent.
    #[serde(default)]
    pub input_defaults: InputDefaults,
    /// Files that are copied into the client, such as examples.
    #[serde(skip)]
    pub extra_files: Vec<Output>,
}

/// What becomes of `@default` values in operation inputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InputDefaults {
    /// Inputs are what the user sets, as in the official crates.
    #[default]
    Omit,
    /// Defaults are sent where the user sets nothing, as the Smithy specification has it.
    Send,
}

impl ServiceConfig {
    /// The configuration of a model that no table is about.
    pub fn new(package: impl Into<String>) -> Self {
        Self {
            package: package.into(),
            version: "0.1.0".to_owned(),
            service: None,
            replaces: None,
            keywords: Vec::new(),
            input_defaults: InputDefaults::default(),
            extra_files: Vec::new(),
        }
    }

    fn check(&self, path: &Path, table: &str, diagnostics: &mut Diagnostics) {
        let is_package = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let starts_well = self.package.starts_with(|c: char| c.is_ascii_alphabetic());
        if !starts_well || !self.package.chars().all(is_package) {
            diagnostics.file_error(
                path,
                format!("`[{table}]`: `{}` is no name for a package", self.package),
                "a package name begins with a letter and has letters, digits, `-` and `_`",
            );
        }
        let numbers: Vec<_> = self.version.splitn(3, '.').collect();
        let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit()) && !text.is_empty();
        if numbers.len() != 3 || !numbers[..2].iter().all(|number| is_number(number)) {
            diagnostics.file_error(
                path,
                format!("`[{table}]`: `{}` is no version", self.version),
                "a version has three numbers, such as `1.0.0`",
            );
        }
        if self.keywords.len() > 5 {
            diagnostics.file_error(
                path,
                format!("`[{table}]` has {} keywords", self.keywords.len()),
                "package registries take at most five",
            );
        }
    }
}

/// All tables of `services.toml`, by the name of the model.
#[derive(Clone, Debug)]
pub struct Services(BTreeMap<String, ServiceConfig>);

impl Services {
    /// Reads the tables.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, is not TOML or has unknown or wrong keys: the message has the
    /// line and the column.
    pub fn read(path: &Path) -> Result<Self, Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        let services = match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&text, path, &mut diagnostics),
            Err(error) => {
                diagnostics.file_error(
                    path,
                    format!("cannot read the table of services: {error}"),
                    "each generated client has a table in this file: see CONTRIBUTING.md",
                );
                None
            }
        };
        diagnostics
            .into_result(services)
            .map(|services| services.expect("no problem was found"))
    }

    fn parse(text: &str, path: &Path, diagnostics: &mut Diagnostics) -> Option<Self> {
        let services: BTreeMap<String, ServiceConfig> = match toml::from_str(text) {
            Ok(services) => services,
            Err(error) => {
                diagnostics.file_error(
                    path,
                    format!(
                        "the table of services cannot be read\n{}",
                        error.to_string().trim_end()
                    ),
                    "mend the line; the keys of a table are described on top of the file",
                );
                return None;
            }
        };
        for (name, config) in &services {
            config.check(path, name, diagnostics);
        }
        let mut packages: BTreeMap<&str, &str> = BTreeMap::new();
        for (name, config) in &services {
            if let Some(other) = packages.insert(&config.package, name) {
                diagnostics.file_error(
                    path,
                    format!(
                        "`[{other}]` and `[{name}]` both generate `{}`",
                        config.package
                    ),
                    "give each client a package name of its own",
                );
            }
        }
        Some(Self(services))
    }

    /// Gives each service the files that lie in the folder of its name below `folder`.
    ///
    /// # Errors
    ///
    /// When a file cannot be read as text, or a folder belongs to no service.
    pub fn read_extra_files(&mut self, folder: &Path) -> Result<(), Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        for (name, config) in &mut self.0 {
            match extra_files::read(&folder.join(name)) {
                Ok(files) => config.extra_files = files,
                Err(problems) => diagnostics.merge(problems),
            }
        }
        for stranger in extra_files::strangers(folder, |name| self.0.contains_key(name)) {
            diagnostics.file_error(
                &stranger,
                "no service has this name",
                "a folder has the name of a table of models/services.toml: rename or remove it",
            );
        }
        diagnostics.into_result(())
    }

    /// The tables in the order of the models' names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &ServiceConfig)> {
        self.0.iter().map(|(name, config)| (name.as_str(), config))
    }
}
