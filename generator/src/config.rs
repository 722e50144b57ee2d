//! What a maintainer decides for a service.

mod customizations;
mod entry;
mod faults;
mod services;
mod sessions;
mod tables;

use std::path::PathBuf;

use serde::Deserialize;

use crate::Source;
use crate::diagnostics::{Diagnostics, Place};
use crate::output::Output;

#[cfg(test)]
pub(crate) use customizations::BUILT_IN;
pub use customizations::{Customizations, Retries, Signing};
pub(crate) use customizations::{Layer, SIGNED_AS, Terms, layers};
pub use entry::{Entry, Rename};
pub use services::Services;
pub(crate) use sessions::SessionTerms;

/// What names packages can have, for remedies.
const PACKAGE_NAMES: &str =
    "a package name begins with a letter and has letters, digits, `-` and `_`";

/// What versions are, for remedies.
const VERSIONS: &str = "a version has three numbers, such as `1.0.0`";

/// How a client is generated from a model.
#[derive(Clone, Debug)]
pub struct ServiceConfig {
    /// Package name of the client, such as `client-ivs`.
    pub package: String,
    /// Version of the client, which also stands in its user agent.
    pub version: String,
    /// Shape id of the service, for a model that has several.
    pub service: Option<Entry>,
    /// The protocol that the client speaks: `restJson1` or `aws.protocols#restJson1`, for a service
    /// that has several. `None` is the first that the service has of `rpcv2Cbor`, `awsJson1_0`,
    /// `awsJson1_1`, `restJson1`, `restXml`, `awsQuery`, `ec2Query` and `rpcv2Json`.
    pub protocol: Option<Entry>,
    /// The official crate that the client stands in for.
    pub replaces: Option<String>,
    /// At most five words for the package registry.
    pub keywords: Vec<String>,
    /// Whether the `@default` values of structures are sent.
    pub input_defaults: InputDefaults,
    /// Which operations the client has.
    pub operations: Operations,
    /// The operations whose requests can be signed for others to send, with what becomes of the
    /// body; `*` are all that can.
    pub presigning: Vec<(Entry, PresignedBody)>,
    /// Names that clients have in place of the model's.
    pub rename: Vec<Rename>,
    /// What becomes of operations that are not supported.
    pub unsupported: UnsupportedOperations,
    /// Whether the package has a cargo feature for each operation. Modules never have them.
    pub operation_features: bool,
    /// What is to be known of the service that its model does not say; it takes the place of what
    /// the generator has built in. Later ones win.
    pub customizations: Vec<Customizations>,
    /// Files that are copied into the client, such as examples.
    pub extra_files: Vec<Output>,
    /// The text that names of operations and shapes come from, to show where a wrong one is.
    pub source: Option<Source>,
    /// The name of the table that this is, which is that of the model.
    pub table: Option<Entry>,
    /// What becomes of names that the model does not know.
    pub unknown_names: UnknownNames,
    /// What generated files say that they are made by.
    pub made_by: String,
    /// What the files make up.
    pub layout: Layout,
}

/// What the files of a client make up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// A package of its own.
    #[default]
    Package,
    /// A module of another crate, by its path in that crate: `crate::weather`.
    Module(String),
}

/// What becomes of the `@default` values of structures in requests.
///
/// An operation's input itself never sends them: only what the user sets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InputDefaults {
    /// Numbers and booleans that equal their default are left out, as in the official crates.
    #[default]
    Omit,
    /// All defaults are sent, as the Smithy specification has it.
    Send,
}

/// Which of a service's operations a client has, by their names in the model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Operations {
    /// All of them.
    #[default]
    All,
    /// These, and the types that they use.
    Only(Vec<Entry>),
    /// All but these.
    Except(Vec<Entry>),
}

/// What becomes of the body of a request that is signed for others to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PresignedBody {
    /// The signature covers it: the request is sent with this body and no other.
    SignedBody,
    /// The signature leaves it out: who sends the request chooses the body.
    UnsignedBody,
    /// There is none: its members are in the query, and the method is `GET`.
    InQuery,
}

/// What becomes of operations, shapes and protocols that are named in the configuration and not in
/// the model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownNames {
    /// Each is an error.
    #[default]
    Refuse,
    /// They are passed over. A model that is about to be replaced need not know the names of the
    /// new one.
    PassOver,
}

/// What becomes of operations that are not supported, such as those with flexible checksums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnsupportedOperations {
    /// The model is refused, with a diagnostic for each.
    #[default]
    Refuse,
    /// The client is made without them, and says so in its documentation.
    LeaveOut,
}

impl ServiceConfig {
    /// The configuration of a model that no table is about.
    pub fn new(package: impl Into<String>) -> Self {
        Self {
            package: package.into(),
            version: "0.1.0".to_owned(),
            service: None,
            protocol: None,
            replaces: None,
            keywords: Vec::new(),
            input_defaults: InputDefaults::default(),
            operations: Operations::default(),
            presigning: Vec::new(),
            rename: Vec::new(),
            unsupported: UnsupportedOperations::default(),
            operation_features: true,
            customizations: Vec::new(),
            extra_files: Vec::new(),
            source: None,
            table: None,
            unknown_names: UnknownNames::default(),
            made_by: "smithy-client-gen".to_owned(),
            layout: Layout::Package,
        }
    }

    /// The configuration of a client that is a module of another crate, as build scripts make it.
    /// `path` is where in that crate it is, such as `crate::weather`.
    pub fn module(path: impl Into<String>) -> Self {
        let path = path.into();
        let name = path.rsplit("::").next().unwrap_or_default();
        Self {
            layout: Layout::Module(path.clone()),
            made_by: "build.rs".to_owned(),
            ..Self::new(name)
        }
    }

    /// What cannot stand in a manifest. Settings from services.toml have been checked already, with
    /// their place in the file.
    pub(crate) fn check(&self) -> Result<(), Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        let package = self.layout == Layout::Package;
        let names = [package.then_some(&self.package), self.replaces.as_ref()];
        for name in names.into_iter().flatten().filter(|name| !is_package(name)) {
            diagnostics.merge(Diagnostics::of(
                format!("`{name}` is not a valid name for a package"),
                PACKAGE_NAMES,
            ));
        }
        if !is_version(&self.version) {
            let message = format!("`{}` is not a version", self.version);
            diagnostics.merge(Diagnostics::of(message, VERSIONS));
        }
        diagnostics.into_result(())
    }

    /// Reads the model from files and folders.
    ///
    /// # Errors
    ///
    /// When it cannot be read, with what it is wanted for.
    pub fn read_models(&self, paths: &[PathBuf]) -> Result<Source, Diagnostics> {
        let (Some(table), [path]) = (&self.table, paths) else {
            return Source::load(paths);
        };
        Source::load(paths).map_err(|problems| {
            // What can be read and yet is no text has been told well enough.
            let Err(error) = std::fs::read(path) else {
                return problems;
            };
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            let message = format!("cannot read `{file}`, the model of `[{table}]`: {error}");
            let remedy = "a table has the name of the model's file, without `.json`";
            let mut diagnostics = Diagnostics::new();
            table.error(self, Place::root(), message, remedy, &mut diagnostics);
            diagnostics
        })
    }

    /// The same for a model that another one takes the place of: names of operations and shapes, and
    /// the protocol, may be about that one alone.
    pub fn of_predecessor(&self) -> Self {
        Self {
            unknown_names: UnknownNames::PassOver,
            ..self.clone()
        }
    }
}

/// Whether a package can have this version: three numbers, and what [semver] lets follow them.
///
/// [semver]: https://semver.org
pub fn is_version(version: &str) -> bool {
    let is_part = |it: char| it.is_ascii_alphanumeric() || ".-+".contains(it);
    numbers(version).is_some() && version.chars().all(is_part)
}

/// The three numbers of a version, without what may follow them; see <https://semver.org>.
pub fn numbers(version: &str) -> Option<[u64; 3]> {
    let (numbers, _) = version.split_once(['-', '+']).unwrap_or((version, ""));
    let number = |text: &str| text.parse().ok().filter(|it: &u64| it.to_string() == text);
    let numbers: Option<Vec<u64>> = numbers.split('.').map(number).collect();
    numbers?.try_into().ok()
}

/// The name of a file as a part of a package's name: in lower case, and with `-` for whatever no
/// package can have in its name.
pub fn package_part(file: &str) -> String {
    let plain = |c: char| match c.is_ascii_alphanumeric() || c == '_' {
        true => c,
        false => '-',
    };
    file.to_lowercase().chars().map(plain).collect()
}

/// Whether a package can have this name.
pub fn is_package(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}
