//! Official crates that clients take the place of.

use std::path::Path;

use crate::config::{ServiceConfig, is_package, is_version};

/// An official crate that a client takes the place of.
#[derive(Clone, Debug)]
pub struct StandIn {
    /// Its name.
    pub name: String,
    /// The version that the client has.
    pub version: String,
}

impl StandIn {
    /// Reads `CRATE@VERSION`.
    ///
    /// # Errors
    ///
    /// Says how it is written.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text.split_once('@') {
            Some((name, version)) if is_package(name) && is_version(version) => Ok(Self {
                name: name.to_owned(),
                version: version.to_owned(),
            }),
            _ => Err(
                "write the name of the crate, `@` and the version that the other crates ask for, \
                 such as `aws-sdk-sts@1.124.0`"
                    .to_owned(),
            ),
        }
    }

    /// Gives a client the name and the version.
    pub fn configure(&self, config: &mut ServiceConfig) {
        let Self { name, version } = self;
        config.package.clone_from(name);
        config.replaces = Some(name.clone());
        config.version.clone_from(version);
    }

    /// The option as it is given to a command.
    pub fn arguments(&self) -> [String; 2] {
        ["--as".to_owned(), format!("{}@{}", self.name, self.version)]
    }
}

/// The lines of a manifest that put clients, by their names and folders, in the place of official
/// crates.
pub fn patch<'a>(clients: impl IntoIterator<Item = (&'a str, &'a Path)>) -> String {
    let rows = clients.into_iter().map(|(name, folder)| {
        let path = toml::Value::from(folder.display().to_string());
        format!("{name} = {{ path = {path} }}\n")
    });
    format!("[patch.crates-io]\n{}", rows.collect::<String>())
}
