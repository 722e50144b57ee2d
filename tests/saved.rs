//! Tests that values can be saved and loaded again: every type of the clients, and of those of
//! difficult models, as JSON and as CBOR.
//!
//! Every run tries the same values. `SAVED` sets the number for each type; then every run tries
//! different ones.

#[path = "saved/random.rs"]
mod random;

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use fastrand::Rng;
use generator::ir::{Client, Home};
use serde_json::Value;
use workspace_tests::{hazards, partitions, real_services, scratch, workspace};

use random::Random;

/// The default number of values for each type.
const VALUES: usize = 24;

#[test]
fn everything_survives_being_saved() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("saved");
    let mut program = scratch::Program::new(&folder, "tests/saved/program");
    let partitions = partitions();
    let mut types = Types::default();
    let services = real_services().into_iter().map(|case| {
        let path = workspace("generated").join(&case.config.package);
        (case, Some(path))
    });
    let hazards = hazards().into_iter().map(|case| (case, None));
    for (case, path) in services.chain(hazards) {
        let rendered = case.generate(&partitions);
        let path = path.unwrap_or_else(|| {
            let path = folder.join("clients").join(&case.name);
            let written = rendered.write(&path);
            written.unwrap_or_else(|problems| panic!("{problems}"));
            path
        });
        if types.add(&rendered.client) {
            let features = default_features(&path);
            let features: Vec<_> = features.iter().map(String::as_str).collect();
            program.calls(&case.config.package, &path, &features);
        }
    }
    types.write(&folder);
    program.needs("ciborium", &[]);
    program.needs("serde", &[]);
    // Without this, `serde_json` reads some floats as their neighbours.
    program.needs("serde_json", &["float_roundtrip"]);
    let said = program.run();
    assert!(said.ends_with(" values\n"), "{said}");
}

/// The default features of a client, except for that of the HTTP client.
fn default_features(client: &Path) -> Vec<String> {
    let manifest = fs::read_to_string(client.join("Cargo.toml")).expect("a client has a manifest");
    let manifest: toml::Table = manifest.parse().expect("it is TOML");
    let defaults = manifest["features"]["default"].as_array();
    let defaults = defaults.expect("it has features").iter();
    let names = defaults.filter_map(toml::Value::as_str);
    let wanted = names.filter(|name| *name != "default-https-client");
    wanted.chain(["serde"]).map(str::to_owned).collect()
}

/// The types of all clients, and values of them.
#[derive(Default)]
struct Types {
    checks: String,
    values: serde_json::Map<String, Value>,
}

impl Types {
    /// Adds the types of a client, if it has any.
    fn add(&mut self, client: &Client) -> bool {
        let before = self.values.len();
        let library = &client.package.library;
        for structure in &client.structures {
            let name = structure.name.ident();
            let path = match structure.home {
                Home::Types => format!("{library}::types::{name}"),
                Home::Error => format!("{library}::types::error::{name}"),
                Home::OperationInput(id) | Home::OperationOutput(id) => {
                    let module = client.operation(id).name.module();
                    format!("{library}::operation::{module}::{name}")
                }
            };
            if !random::is_streaming(structure) {
                self.add_type(client, path, |random| random.structure(structure));
            }
        }
        for union in &client.unions {
            let path = format!("{library}::types::{}", union.name.ident());
            self.add_type(client, path, |random| random.union(union));
        }
        for r#enum in &client.enums {
            let path = format!("{library}::types::{}", r#enum.name.ident());
            self.add_type(client, path, |random| random.r#enum(r#enum));
        }
        self.values.len() > before
    }

    fn add_type(
        &mut self,
        client: &Client,
        path: String,
        value: impl Fn(&mut Random<'_>) -> Value,
    ) {
        let wanted = env::var("SAVED").ok();
        let count = wanted
            .as_ref()
            .map_or(VALUES, |wanted| wanted.parse().expect("SAVED is a number"));
        let first = wanted.map_or(self.values.len() as u64, |_| fastrand::u64(..));
        let mut random = Random::new(client, Rng::with_seed(first));
        let values = (0..count).map(|_| value(&mut random)).collect();
        let _ = writeln!(self.checks, "    ({path:?}, super::check::<{path}>),");
        self.values.insert(path, values);
    }

    fn write(&self, folder: &Path) {
        let types = format!(
            "//! All types.\n\npub const TYPES: &[(&str, super::Check)] = &[\n{}];\n",
            self.checks
        );
        fs::write(folder.join("src/types.rs"), types).expect("the folder can be written");
        let values = serde_json::to_string(&self.values).expect("the values are JSON");
        fs::write(folder.join("cases.json"), values).expect("the folder can be written");
    }
}
