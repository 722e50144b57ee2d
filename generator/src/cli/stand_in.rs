//! Official crates that clients replace.

use std::path::Path;

use crate::config::{ServiceConfig, is_package, is_version};

/// An official crate that a client replaces.
#[derive(Clone, Debug)]
pub struct StandIn {
    /// Its name.
    pub name: String,
    /// The version of the client.
    pub version: String,
}

impl StandIn {
    /// Reads `CRATE@VERSION`.
    ///
    /// # Errors
    ///
    /// Returns a message with the expected form.
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

    /// Sets name and version of a client.
    pub fn configure(&self, config: &mut ServiceConfig) {
        let Self { name, version } = self;
        config.package.clone_from(name);
        config.replaces = Some(name.clone());
        config.version.clone_from(version);
    }

    /// The option as arguments of a command.
    pub fn arguments(&self) -> [String; 2] {
        ["--as".to_owned(), format!("{}@{}", self.name, self.version)]
    }
}

/// The lines of a manifest that replace official crates with clients, given by name and folder.
pub fn patch<'a>(clients: impl IntoIterator<Item = (&'a str, &'a Path)>) -> String {
    let rows = clients.into_iter().map(|(name, folder)| {
        let path = toml::Value::from(folder.display().to_string());
        format!("{name} = {{ path = {path} }}\n")
    });
    format!("[patch.crates-io]\n{}", rows.collect::<String>())
}
