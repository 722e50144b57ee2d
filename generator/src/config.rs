//! How the client of a service is generated.

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

/// The names that packages can have, for remedies.
const PACKAGE_NAMES: &str =
    "a package name begins with a letter and has letters, digits, `-` and `_`";

/// The form of versions, for remedies.
const VERSIONS: &str = "a version has three numbers, such as `1.0.0`";

/// Settings of a client.
#[derive(Clone, Debug)]
pub struct ServiceConfig {
    /// Package name of the client, such as `client-ivs`.
    pub package: String,
    /// Version of the client, which its user agent contains.
    pub version: String,
    /// Shape id of the service, for a model with several services.
    pub service: Option<Entry>,
    /// Protocol of the client, for a service with several: `restJson1` or
    /// `aws.protocols#restJson1`. `None` selects the first of `rpcv2Cbor`, `awsJson1_0`,
    /// `awsJson1_1`, `restJson1`, `restXml`, `awsQuery`, `ec2Query` and `rpcv2Json` that the
    /// service has.
    pub protocol: Option<Entry>,
    /// The official crate that the client replaces.
    pub replaces: Option<String>,
    /// Keywords for the package registry, at most five.
    pub keywords: Vec<String>,
    /// Whether the `@default` values of structures are sent.
    pub input_defaults: InputDefaults,
    /// Which operations the client has.
    pub operations: Operations,
    /// Operations whose requests can be presigned, and what happens to the body; `*` means all
    /// operations that support it.
    pub presigning: Vec<(Entry, PresignedBody)>,
    /// Names in Rust that differ from the model's.
    pub rename: Vec<Rename>,
    /// What to do about unsupported operations.
    pub unsupported: UnsupportedOperations,
    /// Whether the package has a cargo feature for each operation. Modules never have them.
    pub operation_features: bool,
    /// What the service needs and its model does not say. It overrides the built-in customizations;
    /// later entries override earlier ones.
    pub customizations: Vec<Customizations>,
    /// Files that are copied into the client, such as examples.
    pub extra_files: Vec<Output>,
    /// The text that contains the names of operations and shapes, so that diagnostics can point to
    /// a wrong one.
    pub source: Option<Source>,
    /// Name of the table in `services.toml`: the name of the model.
    pub table: Option<Entry>,
    /// What to do about names that the model does not have.
    pub unknown_names: UnknownNames,
    /// The command that generated files name in their first line.
    pub made_by: String,
    /// Whether the client is a package or a module.
    pub layout: Layout,
}

/// Whether a client is a package or a module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// A package.
    #[default]
    Package,
    /// A module of another crate, by its path in that crate: `crate::weather`.
    Module(String),
}

/// Which `@default` values of structures are sent in requests.
///
/// For the input of an operation itself, only the members that the user sets are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InputDefaults {
    /// Numbers and booleans that equal their default are left out, as in the official crates.
    #[default]
    Omit,
    /// All defaults are sent, as the Smithy specification requires.
    Send,
}

/// The operations of a client, by their names in the model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Operations {
    /// All operations.
    #[default]
    All,
    /// These operations, and the types that they use.
    Only(Vec<Entry>),
    /// All operations except these.
    Except(Vec<Entry>),
}

/// What happens to the body of a presigned request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PresignedBody {
    /// The signature covers the body: the request can be sent with this body and no other.
    SignedBody,
    /// The signature leaves out the body: the sender can choose it.
    UnsignedBody,
    /// There is no body: its members are in the query, and the method is `GET`.
    InQuery,
}

/// What to do about operations, shapes and protocols that the configuration names and the model does
/// not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownNames {
    /// Each is an error.
    #[default]
    Refuse,
    /// They are ignored: a model that is about to be replaced may lack names of the new one.
    PassOver,
}

/// What to do about unsupported operations, such as those that need HTTP digest authentication.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnsupportedOperations {
    /// The model is refused, with a diagnostic for each of them.
    #[default]
    Refuse,
    /// The client is generated without them, and its documentation lists them.
    LeaveOut,
}

impl ServiceConfig {
    /// The default settings of a client with this package name.
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

    /// The default settings of a client that is a module of another crate, for build scripts.
    ///
    /// `path` is the path of the module in that crate, such as `crate::weather`.
    pub fn module(path: impl Into<String>) -> Self {
        let path = path.into();
        let name = path.rsplit("::").next().unwrap_or_default();
        Self {
            layout: Layout::Module(path.clone()),
            made_by: "build.rs".to_owned(),
            ..Self::new(name)
        }
    }

    /// Checks the settings that are written into a manifest or into paths. Those from services.toml
    /// have already been checked, with their place in the file.
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
        if let Layout::Module(path) = &self.layout
            && !is_module_path(path)
        {
            diagnostics.merge(Diagnostics::of(
                format!("`{path}` is not where a module can be"),
                "write its path from the root of the crate, such as `crate::weather`",
            ));
        }
        diagnostics.into_result(())
    }

    /// Reads the model from files and folders.
    ///
    /// # Errors
    ///
    /// Fails if the model cannot be read.
    pub fn read_models(&self, paths: &[PathBuf]) -> Result<Source, Diagnostics> {
        let (Some(table), [path]) = (&self.table, paths) else {
            return Source::load(paths);
        };
        Source::load(paths).map_err(|problems| {
            // If the file can be read, the error already says that it is not text.
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

    /// The same settings for the model that a new one replaces. Names of operations and shapes, and
    /// the protocol, may exist only in the new model.
    pub fn of_predecessor(&self) -> Self {
        Self {
            unknown_names: UnknownNames::PassOver,
            ..self.clone()
        }
    }
}

/// Whether a package can have this version: three numbers, optionally followed by what [semver]
/// allows.
///
/// [semver]: https://semver.org
pub fn is_version(version: &str) -> bool {
    let is_part = |it: char| it.is_ascii_alphanumeric() || ".-+".contains(it);
    numbers(version).is_some() && version.chars().all(is_part)
}

/// The three numbers of a version, without pre-release and build metadata; see
/// <https://semver.org>.
pub fn numbers(version: &str) -> Option<[u64; 3]> {
    let (numbers, _) = version.split_once(['-', '+']).unwrap_or((version, ""));
    let number = |text: &str| text.parse().ok().filter(|it: &u64| it.to_string() == text);
    let numbers: Option<Vec<u64>> = numbers.split('.').map(number).collect();
    numbers?.try_into().ok()
}

/// Makes a part of a package name from a file name: in lower case, with `-` for characters that package
/// names cannot have.
pub fn package_part(file: &str) -> String {
    let plain = |c: char| match c.is_ascii_alphanumeric() || c == '_' {
        true => c,
        false => '-',
    };
    file.to_lowercase().chars().map(plain).collect()
}

/// Whether a module can have this path, which starts with `crate`.
fn is_module_path(path: &str) -> bool {
    let Ok(path) = syn::parse_str::<syn::Path>(path) else {
        return false;
    };
    let mut segments = path.segments.iter();
    path.leading_colon.is_none()
        && segments.next().is_some_and(|first| first.ident == "crate")
        && segments.clone().next().is_some()
        && segments.all(|segment| segment.arguments.is_none())
}

/// Whether a package can have this name.
pub fn is_package(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

#[cfg(test)]
mod tests {
    use super::ServiceConfig;

    #[test]
    fn paths_of_modules() {
        let is_accepted = |path: &str| ServiceConfig::module(path).check().is_ok();
        for path in ["crate::a", "crate::a::b_2", "crate::r#type"] {
            assert!(is_accepted(path), "{path}");
        }
        for path in [
            "",
            "crate",
            "a",
            "a::b",
            "::crate::a",
            "crate::type",
            "crate::a<u8>",
            "crate::a b",
        ] {
            assert!(!is_accepted(path), "{path}");
        }
    }
}
