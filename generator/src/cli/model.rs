//! Options that select parts of a model and name its client.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command};

use crate::config::{
    Customizations, Entry, Operations, PresignedBody, Rename, ServiceConfig, UnsupportedOperations,
    is_package, package_part,
};
use crate::diagnostics::{Diagnostics, Source};
use crate::lower::Partitions;
use crate::protocol;

/// Options for a model without a table in services.toml.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
pub struct ModelOptions {
    /// Package name of the client [default: from the file name of the model].
    #[arg(long, value_name = "CRATE")]
    pub name: Option<String>,
    /// Shape id of the service, if the model has several.
    #[arg(long, value_name = "ID")]
    pub service: Option<String>,
    /// Protocol of the client, if the service has several [default: the one that Smithy prefers].
    #[arg(long, value_name = "PROTOCOL", value_parser = ProtocolName)]
    pub protocol: Option<String>,
    /// Generate only these operations, by their names in the model.
    #[arg(long, value_name = "OPERATION", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Generate all operations except these.
    #[arg(
        long,
        value_name = "OPERATION",
        value_delimiter = ',',
        conflicts_with = "only"
    )]
    pub except: Vec<String>,
    /// Generate presigned requests for these operations; `*` means all that can have them. The
    /// signature covers the body.
    #[arg(long, value_name = "OPERATION", value_delimiter = ',')]
    pub presign: Vec<String>,
    /// The same, but the signature leaves out the body, which the sender can choose.
    #[arg(long, value_name = "OPERATION", value_delimiter = ',')]
    pub presign_without_body: Vec<String>,
    /// Rename an operation, a type or a member in Rust, such as `Thing$name=title`; can be repeated.
    /// The names on the wire do not change.
    #[arg(long, value_name = "OLD=NEW", value_parser = rename)]
    pub rename: Vec<Rename>,
    /// File with customizations: what services need and their models do not say, such as headers. Can be
    /// repeated, and later ones win. docs/customizations.md describes it.
    #[arg(long, value_name = "FILE")]
    pub customizations: Vec<PathBuf>,
    /// Leave out operations that are not supported, and list them.
    #[arg(long)]
    pub leave_out_unsupported: bool,
    /// Do not generate a cargo feature for each operation; crates.io allows at most 300 features.
    #[arg(long)]
    pub no_operation_features: bool,
    /// AWS's partitions, if they differ from those that are built in.
    #[arg(long, value_name = "FILE")]
    pub partitions: Option<PathBuf>,
}

impl ModelOptions {
    /// The settings of the model's client.
    ///
    /// # Errors
    ///
    /// Fails if no package can have the client's name.
    pub fn config(&self, model: &Path) -> Result<ServiceConfig, Diagnostics> {
        let name = self.name.clone().unwrap_or_else(|| {
            let stem = match model.file_stem() {
                Some(stem) if stem != "-" => stem.to_string_lossy(),
                _ => "model".into(),
            };
            format!("client-{}", package_part(&stem))
        });
        if !is_package(&name) {
            let mut diagnostics = Diagnostics::new();
            diagnostics.file_error(
                model,
                format!("`{name}` is not a valid name for a package"),
                "give one with `--name`: it begins with a letter and has letters, digits, `-` \
                 and `_`",
            );
            return Err(diagnostics);
        }
        let mut config = ServiceConfig::new(&name);
        config.service = self.service.as_deref().map(Entry::from);
        config.protocol = self.protocol.as_deref().map(Entry::from);
        config.rename.clone_from(&self.rename);
        let files = self.customizations.iter().map(Customizations::read);
        config.customizations = files.collect::<Result<_, _>>()?;
        config.operations = match (self.only.as_slice(), self.except.as_slice()) {
            ([], []) => Operations::All,
            ([], except) => Operations::Except(entries(except)),
            (only, _) => Operations::Only(entries(only)),
        };
        let bodies = [
            (&self.presign, PresignedBody::SignedBody),
            (&self.presign_without_body, PresignedBody::UnsignedBody),
        ];
        for (names, body) in bodies {
            let names = entries(names).into_iter();
            config.presigning.extend(names.map(|name| (name, body)));
        }
        if self.leave_out_unsupported {
            config.unsupported = UnsupportedOperations::LeaveOut;
        }
        config.operation_features = !self.no_operation_features;
        Ok(config)
    }

    /// The partitions of AWS.
    ///
    /// # Errors
    ///
    /// Fails if their file cannot be read.
    pub fn partitions(&self) -> Result<Partitions, Diagnostics> {
        match &self.partitions {
            Some(path) => crate::partitions(&Source::read(path)?),
            None => Ok(Partitions::aws()),
        }
    }

    /// The options as arguments of a command.
    pub fn arguments(&self) -> Vec<String> {
        let Self {
            name,
            service,
            protocol,
            only,
            except,
            presign,
            presign_without_body,
            rename,
            customizations,
            leave_out_unsupported,
            no_operation_features,
            partitions,
        } = self;
        let list = |names: &[String]| (!names.is_empty()).then(|| names.join(","));
        let path = partitions.as_ref().map(|path| path.display().to_string());
        let valued = [
            ("--name", name.clone()),
            ("--service", service.clone()),
            ("--protocol", protocol.clone()),
            ("--only", list(only)),
            ("--except", list(except)),
            ("--presign", list(presign)),
            ("--presign-without-body", list(presign_without_body)),
            ("--partitions", path),
        ];
        let valued = valued.into_iter().filter_map(|(option, value)| {
            let value = value?;
            Some([option.to_owned(), value])
        });
        let mut arguments: Vec<String> = valued.flatten().collect();
        for Rename { of, to } in rename {
            // Shells expand `$` except in single quotes.
            let is_plain = !of.as_str().contains(['$', '#']);
            let quote = if is_plain { "" } else { "'" };
            arguments.push("--rename".to_owned());
            arguments.push(format!("{quote}{of}={to}{quote}"));
        }
        for file in customizations {
            arguments.extend(["--customizations".to_owned(), file.display().to_string()]);
        }
        if *leave_out_unsupported {
            arguments.push("--leave-out-unsupported".to_owned());
        }
        if *no_operation_features {
            arguments.push("--no-operation-features".to_owned());
        }
        arguments
    }
}

/// Accepts any text, because the model's check reports wrong names. The possible values are for
/// completion in shells.
#[derive(Clone)]
struct ProtocolName;

impl TypedValueParser for ProtocolName {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(protocol::names().map(PossibleValue::new)))
    }
}

/// Reads `OLD=NEW`.
fn rename(text: &str) -> Result<Rename, String> {
    match text.split_once('=') {
        Some((of, to)) if !of.is_empty() && !to.is_empty() => Ok(Rename {
            of: of.into(),
            to: to.into(),
        }),
        _ => Err("write the old name, `=` and the new one, such as `Thing=NewThing`".to_owned()),
    }
}

fn entries(names: &[String]) -> Vec<Entry> {
    names.iter().map(|name| name.as_str().into()).collect()
}
