//! `smithy-client-gen credentials`: the clients that `aws-config` calls.

mod command;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use generator::credentials::{clients, default_features, features};
use generator::{Partitions, Source};
use serde_json::Value;
use tempfile::TempDir;

use self::command::{code, gen_client, stderr, stdout, text};

/// Where the models are that are built in.
const MODELS: &str = "../models/credentials";

#[test]
fn crates_are_laid_out_and_kept_up_to_date() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("patches");
    let arguments = ["credentials", "--out", text(&out)];
    let run = |more: &[&str]| gen_client(&[&arguments, more].concat());
    let written = run(&["--as", "aws-sdk-sts@1.124.0"]);
    assert_eq!(code(&written), 0, "{}", stderr(&written));
    let versions = [
        ("aws-sdk-sso", "1.999.0"),
        ("aws-sdk-ssooidc", "1.999.0"),
        ("aws-sdk-sts", "1.124.0"),
    ];
    let mut patch = String::from("\n[patch.crates-io]\n");
    for (name, version) in versions {
        let path = out.join(name);
        assert_eq!(package(&path), [name, version]);
        patch.push_str(&format!("{name} = {{ path = \"{}\" }}\n", text(&path)));
    }
    let said = stdout(&written);
    let (_, how_to) = said
        .split_once("in the manifest of your workspace:\n")
        .unwrap();
    assert!(how_to.starts_with(&patch), "{said}");
    let update = "\ncargo update aws-sdk-sso aws-sdk-ssooidc aws-sdk-sts\n";
    assert!(how_to.ends_with(update), "{said}");

    let stale = run(&["--check"]);
    assert_eq!(code(&stale), 1);
    let command = format!("run: smithy-client-gen {}\n", arguments.join(" "));
    assert!(stdout(&stale).ends_with(&command), "{}", stdout(&stale));
    assert_eq!(package(&out.join("aws-sdk-sts"))[1], "1.124.0");
    assert_eq!(code(&run(&["--quiet"])), 0);
    assert_eq!(code(&run(&["--check"])), 0);
}

#[test]
fn features_of_aws_config_choose_the_crates() {
    let every = [
        "aws-sdk-signin",
        "aws-sdk-sso",
        "aws-sdk-ssooidc",
        "aws-sdk-sts",
    ];
    let cases: [(&[&str], &[&str]); 3] = [
        (&["--no-default-features"], &every[3..]),
        (&["--no-default-features", "--features=sso"], &every[1..]),
        (&["--features=credentials-login"], &every),
    ];
    for (options, expected) in cases {
        let folder = TempDir::new().unwrap();
        let arguments = ["credentials", "--out", text(folder.path())];
        let written = gen_client(&[&arguments, options].concat());
        assert_eq!(code(&written), 0, "{}", stderr(&written));
        let folders = fs::read_dir(folder.path()).unwrap();
        let folders = folders.map(|it| it.unwrap().file_name().into_string().unwrap());
        let folders: BTreeSet<_> = folders.collect();
        assert!(folders.iter().eq(expected), "{options:?}: {folders:?}");
    }
}

#[test]
fn a_version_is_that_of_a_crate_that_is_there() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("patches");
    let arguments = ["credentials", "--out", text(&out)];
    let run = |more: &[&str]| gen_client(&[&arguments, more].concat());
    let refused = run(&["--as", "aws-sdk-signin@1.28.0"]);
    assert_eq!(code(&refused), 1);
    let known = "they are `aws-sdk-sso`, `aws-sdk-ssooidc`, `aws-sdk-sts`";
    assert!(stderr(&refused).contains(known), "{}", stderr(&refused));
    assert_eq!(code(&run(&["--as", "aws-sdk-sts"])), 2);
    assert_eq!(code(&run(&["--features", "ssooo"])), 2);
    assert!(!out.exists());
}

/// Each model has a row, is taken without a warning, and has no documentation.
#[test]
fn models_are_facts() {
    let all: Vec<_> = features().into_iter().collect();
    assert!(default_features().all(|feature| all.contains(&feature)));
    let mut used = BTreeSet::new();
    for (model, config) in clients(&all) {
        let lowered = generator::lower(&model, &config, &Partitions::aws());
        let lowered = lowered.unwrap_or_else(|problems| panic!("{problems}"));
        assert!(lowered.warnings.is_empty(), "{}", lowered.warnings);
        has_no_prose(&serde_json::from_str(model.text()).unwrap(), &model);
        used.insert(model.name().trim_start_matches("credentials/").to_owned());
    }
    let files = fs::read_dir(MODELS).unwrap();
    let files = files.map(|it| it.unwrap().file_name().into_string().unwrap());
    let models: BTreeSet<_> = files.filter(|it| it.ends_with(".json")).collect();
    assert_eq!(used, models);
}

fn has_no_prose(value: &Value, model: &Source) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let is_prose = ["documentation", "#examples"]
                    .iter()
                    .any(|it| name.ends_with(it));
                assert!(!is_prose, "{}: {name}: {value}", model.name());
                has_no_prose(value, model);
            }
        }
        Value::Array(values) => values.iter().for_each(|it| has_no_prose(it, model)),
        _ => {}
    }
}

/// The name and the version of a package.
fn package(folder: &Path) -> [String; 2] {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    ["name", "version"].map(|key| manifest["package"][key].as_str().unwrap().to_owned())
}
