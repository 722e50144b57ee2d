//! `models/services.toml`: a table for each service.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use super::customizations::{Customizations, Terms};
use super::tables::{error, tables};
use super::{
    Entry, InputDefaults, Layout, Operations, PACKAGE_NAMES, PresignedBody, Rename, ServiceConfig,
    UnknownNames, UnsupportedOperations, VERSIONS, is_package, is_version,
};
use crate::diagnostics::{Diagnostics, Source};
use crate::extra_files;
use crate::smithy::suggest::did_you_mean;

/// Maximum number of keywords in package registries.
const KEYWORDS: usize = 5;

/// All tables of `services.toml`, by the name of the model.
#[derive(Clone, Debug)]
pub struct Services {
    source: Source,
    tables: BTreeMap<String, ServiceConfig>,
    /// Where the version of each service is.
    versions: BTreeMap<String, Range<usize>>,
}

impl Services {
    /// Reads the tables.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read, is not TOML, or has unknown or wrong keys, with line and column.
    pub fn read(path: &Path) -> Result<Self, Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(&Source::new(path.display().to_string(), text)),
            Err(error) => {
                diagnostics.file_error(
                    path,
                    format!("cannot read the table of services: {error}"),
                    "each generated client has a table in this file: see docs/maintaining.md",
                );
                Err(diagnostics)
            }
        }
    }

    fn parse(source: &Source) -> Result<Self, Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        let tables = tables::<Table>(source.text(), &mut diagnostics);
        let mut packages: BTreeMap<String, &str> = BTreeMap::new();
        for (name, table) in &tables {
            table.check(&mut diagnostics);
            // Names that differ only in `-` and `_` are the same for registries and for Rust.
            let package = table.package.as_ref().replace('-', "_");
            let name = name.as_ref();
            if let Some(other) = packages.insert(package, name) {
                error(
                    &mut diagnostics,
                    format!(
                        "`[{other}]` and `[{name}]` both generate `{}`",
                        table.package.as_ref()
                    ),
                    "give each client a unique package name",
                    table.package.span(),
                );
            }
        }
        let versions = tables
            .iter()
            .map(|(name, table)| (name.as_ref().clone(), table.version.span()))
            .collect();
        let services = tables
            .into_iter()
            .map(|(name, table)| (name.as_ref().clone(), table.into_config(name, source)))
            .collect();
        diagnostics
            .into_result(Self {
                source: source.clone(),
                tables: services,
                versions,
            })
            .map_err(|diagnostics| diagnostics.in_source(source))
    }

    /// Adds the files in `templates/services/<name>` to each service, and those of `templates/examples` to
    /// services with examples.
    ///
    /// # Errors
    ///
    /// Fails if a file cannot be read as text, or a folder belongs to no service.
    pub fn read_extra_files(&mut self, templates: &Path) -> Result<(), Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        let mut read = |folder: &Path| match extra_files::read(folder) {
            Ok(files) => files,
            Err(problems) => {
                diagnostics.merge(problems);
                Vec::new()
            }
        };
        let shared = read(&templates.join("examples"));
        let folder = templates.join("services");
        for (name, config) in &mut self.tables {
            config.extra_files = extra_files::with_shared(read(&folder.join(name)), &shared);
        }
        for stranger in extra_files::strangers(&folder, |name| self.tables.contains_key(name)) {
            diagnostics.file_error(
                &stranger,
                "no service has this name",
                "a folder has the name of a table of models/services.toml: rename or remove it",
            );
        }
        diagnostics.into_result(())
    }

    /// Finds the service by the name of its model or package.
    ///
    /// # Errors
    ///
    /// Fails if there is none and suggests a similar name.
    pub fn find(&self, name: &str) -> Result<(&str, &ServiceConfig), Diagnostics> {
        let is =
            |(model, config): &(&str, &ServiceConfig)| *model == name || config.package == name;
        self.iter().find(is).ok_or_else(|| {
            let mut diagnostics = Diagnostics::new();
            let names = self
                .iter()
                .flat_map(|(name, config)| [name, &config.package]);
            let known: Vec<_> = self.iter().map(|(name, _)| name).collect();
            diagnostics.file_error(
                Path::new(self.source.name()),
                format!("no service is called `{name}`"),
                did_you_mean(name, names)
                    .unwrap_or_else(|| format!("the services are {}", known.join(", "))),
            );
            diagnostics
        })
    }

    /// The text of the tables with another version of a service.
    ///
    /// # Panics
    ///
    /// Panics if there is no such service.
    pub fn with_version(&self, service: &str, version: &str) -> String {
        let mut text = self.source.text().to_owned();
        let version = toml::Value::from(version).to_string();
        text.replace_range(self.versions[service].clone(), &version);
        text
    }

    /// The tables, sorted by the names of the models.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &ServiceConfig)> {
        let tables = self.tables.iter();
        tables.map(|(name, config)| (name.as_str(), config))
    }
}

/// A table as it is written.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Table {
    #[serde(rename = "crate")]
    package: Spanned<String>,
    version: Spanned<String>,
    #[serde(default)]
    service: Option<Spanned<String>>,
    #[serde(default)]
    protocol: Option<Spanned<String>>,
    #[serde(default)]
    replaces: Option<Spanned<String>>,
    #[serde(default)]
    keywords: Option<Spanned<Vec<String>>>,
    #[serde(default)]
    input_defaults: InputDefaults,
    #[serde(default)]
    operations: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    except: Option<Spanned<Vec<Spanned<String>>>>,
    #[serde(default)]
    presigning: BTreeMap<Spanned<String>, PresignedBody>,
    #[serde(default)]
    rename: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    unsupported: UnsupportedOperations,
    #[serde(default = "yes")]
    operation_features: bool,
    #[serde(default)]
    customizations: Option<Terms>,
}

const fn yes() -> bool {
    true
}

impl Table {
    fn check(&self, diagnostics: &mut Diagnostics) {
        let package = self.package.as_ref();
        if !is_package(package) {
            error(
                diagnostics,
                format!("`{package}` is not a valid name for a package"),
                PACKAGE_NAMES,
                self.package.span(),
            );
        }
        if let Some(replaces) = &self.replaces
            && !is_package(replaces.as_ref())
        {
            error(
                diagnostics,
                format!("`{}` is not a valid name for a package", replaces.as_ref()),
                PACKAGE_NAMES,
                replaces.span(),
            );
        }
        let version = self.version.as_ref();
        if !is_version(version) {
            error(
                diagnostics,
                format!("`{version}` is not a version"),
                VERSIONS,
                self.version.span(),
            );
        }
        if let (Some(_), Some(except)) = (&self.operations, &self.except) {
            error(
                diagnostics,
                "`operations` and `except` exclude each other",
                "list either the operations that the client has, or those that it lacks",
                except.span(),
            );
        }
        if let Some(terms) = &self.customizations {
            terms.check(diagnostics);
        }
        if let Some(keywords) = &self.keywords
            && keywords.as_ref().len() > KEYWORDS
        {
            error(
                diagnostics,
                format!("there are {} keywords", keywords.as_ref().len()),
                format!("package registries accept at most {KEYWORDS}"),
                keywords.span(),
            );
        }
    }

    fn into_config(self, name: Spanned<String>, source: &Source) -> ServiceConfig {
        let entries = |names: Vec<Spanned<String>>| names.into_iter().map(Entry::from).collect();
        let except = self.except.map(Spanned::into_inner);
        let operations = match (self.operations, except) {
            (Some(names), _) => Operations::Only(entries(names)),
            (None, Some(names)) => Operations::Except(entries(names)),
            (None, None) => Operations::All,
        };
        let mut rename: Vec<_> = self.rename.into_iter().collect();
        rename.sort_by_key(|(of, _)| of.span().start);
        let rename = rename.into_iter().map(|(of, to)| Rename {
            of: of.into(),
            to: to.into(),
        });
        let customizations = self.customizations;
        let customizations =
            customizations.map(|terms| Customizations::of_any_service(terms, source));
        let mut presigning: Vec<_> = self.presigning.into_iter().collect();
        presigning.sort_by_key(|(name, _)| name.span().start);
        let presigning = presigning
            .into_iter()
            .map(|(name, body)| (name.into(), body));
        ServiceConfig {
            package: self.package.into_inner(),
            version: self.version.into_inner(),
            service: self.service.map(Entry::from),
            protocol: self.protocol.map(Entry::from),
            replaces: self.replaces.map(Spanned::into_inner),
            keywords: self.keywords.map(Spanned::into_inner).unwrap_or_default(),
            input_defaults: self.input_defaults,
            operations,
            presigning: presigning.collect(),
            rename: rename.collect(),
            unsupported: self.unsupported,
            operation_features: self.operation_features,
            customizations: customizations.into_iter().collect(),
            extra_files: Vec::new(),
            source: Some(source.clone()),
            table: Some(name.into()),
            unknown_names: UnknownNames::default(),
            made_by: "cargo xtask codegen".to_owned(),
            layout: Layout::Package,
        }
    }
}
