//! Builds the program that makes calls with both crates.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;
use generator::InputDefaults;
use quote::{format_ident, quote};
use serde_json::Value;

use super::Timed;
use super::called::Called;
use crate::bench::machine;
use crate::bench::others::pair::shown;
use crate::bench::packages::Bench;
use crate::packages::{Beside, table};

/// The program, ready to be run.
pub struct Program {
    beside: Beside,
    version: String,
    model: String,
    file: PathBuf,
    /// The program that counts allocations, and the one that measures time.
    counting: PathBuf,
    timing: PathBuf,
}

impl Program {
    /// Generates the client, writes the program, and compiles it in release.
    pub fn build(service: &Timed, bench: &Bench<'_>) -> Result<Self> {
        let mut called = Called::of(service, differential_calls::PACKAGE)?;
        let beside = Beside::new(&service.official, "calls", bench.workspace, &bench.target)?;
        let client = beside.folder.join("client");
        called.generate(&client)?;
        let reference = service.file.with_extension("rs");
        let reference = reference.exists().then(|| reference.canonicalize());
        let reference = reference.transpose()?;
        write_manifest(&beside, bench.workspace, reference.is_some())?;
        let (version, folder) = beside.official()?;
        if differential_calls::Official::of_source(&folder.join("src"))?.has_schemas {
            // Such a crate sends the defaults of structures.
            called.config.input_defaults = InputDefaults::Send;
        }
        let text = called.generate(&client)?;
        fs::write(beside.folder.join("src/calls.rs"), text)?;
        let main = main(&beside.name, reference.as_deref())?;
        fs::write(beside.folder.join("src/main.rs"), main)?;
        let program = Self {
            version,
            model: shown(&service.model),
            file: service.file.clone(),
            counting: beside.folder.join("counting"),
            timing: beside.folder.join("timing"),
            beside,
        };
        program.compile(&["--features=timed/allocations"], &program.counting)?;
        program.compile(&[], &program.timing)?;
        Ok(program)
    }

    fn compile(&self, features: &[&str], copy: &Path) -> Result<()> {
        let mut cargo = self.beside.cargo();
        machine::output(cargo.args(["build", "--quiet", "--release"]).args(features))?;
        let made = self.beside.folder.join("target/release");
        fs::copy(made.join(package(&self.beside.name)), copy)?;
        Ok(())
    }

    /// The output for each call: a line of each program.
    pub fn run(&self, arguments: &[String]) -> Result<Vec<[Value; 2]>> {
        let lines = |program: &Path| {
            let mut command = Command::new(program);
            machine::output(command.arg(&self.file).args(arguments))
        };
        let (times, counts) = (lines(&self.timing)?, lines(&self.counting)?);
        let line = |(times, counts): (&str, &str)| {
            Ok([serde_json::from_str(times)?, serde_json::from_str(counts)?])
        };
        times.lines().zip(counts.lines()).map(line).collect()
    }

    /// The official crate.
    pub fn name(&self) -> &str {
        &self.beside.name
    }

    /// The cells at the end of each row: the measurements.
    pub fn cells(&self) -> [String; 2] {
        [self.version.clone(), self.model.clone()]
    }
}

/// The name of the package.
fn package(official: &str) -> String {
    format!("beside-{official}")
}

fn write_manifest(beside: &Beside, workspace: &Path, has_reference: bool) -> Result<()> {
    let timed = workspace.canonicalize()?.join("tests/timed");
    let client = [
        ("path", "client".into()),
        ("default-features", false.into()),
    ];
    let timed = [("path", timed.to_string_lossy().into_owned().into())];
    let mut dependencies = table([
        (differential_calls::PACKAGE, table(client).into()),
        ("timed", table(timed).into()),
    ]);
    if has_reference {
        let serde = with_feature("1", "derive");
        let quick_xml = with_feature("0.42", "serialize");
        dependencies.extend(table([
            ("ciborium", "0.2".into()),
            ("quick-xml", quick_xml),
            ("serde", serde),
            ("serde_json", "1".into()),
        ]));
    }
    beside.write_manifest(&[], dependencies)
}

fn with_feature(version: &str, feature: &str) -> toml::Value {
    let features = toml::Value::Array(vec![feature.into()]);
    table([("version", version.into()), ("features", features)]).into()
}

/// The text that runs the calls of both crates.
fn main(official: &str, reference: Option<&Path>) -> Result<String> {
    let reference = reference.map(|it| it.to_string_lossy().into_owned());
    let module = reference
        .as_ref()
        .map(|file| quote!(#[path = #file] mod reference;));
    let references = match reference {
        Some(_) => quote!(reference::REFERENCES),
        None => quote!(&[]),
    };
    let library = |name: &str| format_ident!("{}", name.replace('-', "_"));
    let (official, ours) = (library(official), library(differential_calls::PACKAGE));
    differential_calls::text(&quote! {
        #module

        mod ours {
            use #ours as sdk;
            include!("calls.rs");
        }

        mod official {
            use #official as sdk;
            include!("calls.rs");
        }

        fn main() -> std::process::ExitCode {
            let sides = [
                timed::Side { name: "ours", calls: ours::CALLS },
                timed::Side { name: "official", calls: official::CALLS },
            ];
            timed::program::run(&sides, #references)
        }
    })
}
