//! The models that tests generate clients from.

use std::path::Path;

use generator::{Partitions, Rendered, ServiceConfig, Services, Source};

use crate::{folders, name, workspace};

/// A model and how its client is generated.
#[derive(Clone, Debug)]
pub struct Case {
    /// The model's name, without `.json`.
    pub name: String,
    /// The model's text, under the name that the client's files have on top.
    pub source: Source,
    /// How the client is generated.
    pub config: ServiceConfig,
}

impl Case {
    /// Generates the client.
    ///
    /// # Panics
    ///
    /// Panics if the model has problems.
    pub fn generate(&self, partitions: &Partitions) -> Rendered {
        generator::generate(&self.source, &self.config, partitions)
            .unwrap_or_else(|problems| panic!("`{}` has problems:\n{problems}", self.name))
    }
}

/// The partitions of the workspace.
///
/// # Panics
///
/// Panics if they have problems.
pub fn partitions() -> Partitions {
    Source::read(workspace("models/partitions.json"))
        .and_then(|source| generator::partitions(&source))
        .unwrap_or_else(|problems| panic!("{problems}"))
}

/// The services whose clients are in the workspace.
///
/// # Panics
///
/// Panics if their table or a model cannot be read.
pub fn real_services() -> Vec<Case> {
    let services = Services::read(&workspace("models/services.toml"))
        .unwrap_or_else(|problems| panic!("{problems}"));
    services
        .iter()
        .map(|(name, config)| {
            let shown = format!("models/{name}.json");
            Case {
                name: name.to_owned(),
                source: read(&shown, &shown),
                config: config.clone(),
            }
        })
        .collect()
}

/// Small models, each named after its difficulty. If the difficulty is in the configuration, there
/// is a `services.toml` with a table `[model]`.
///
/// # Panics
///
/// Panics if a model cannot be read.
pub fn hazards() -> Vec<Case> {
    folders(&workspace("tests/cases/models"))
        .iter()
        .map(|folder| {
            let name = name(folder);
            let path = format!("tests/cases/models/{name}/model.json");
            let table = folder.join("services.toml");
            let config = match table.exists() {
                true => config(&table),
                false => ServiceConfig::new(name.replace('_', "-")),
            };
            Case {
                name: name.to_owned(),
                source: read(&path, &format!("{name}/model.json")),
                config,
            }
        })
        .collect()
}

fn config(table: &Path) -> ServiceConfig {
    let services = Services::read(table).unwrap_or_else(|problems| panic!("{problems}"));
    let (_, config) = services.iter().next().expect("the table has a service");
    config.clone()
}

fn read(path: &str, shown: &str) -> Source {
    let source = Source::read(workspace(path)).unwrap_or_else(|problems| panic!("{problems}"));
    Source::new(shown, source.text())
}
