//! What a build script says and writes.

use std::fs;
use std::process::Command;

use generator::ServiceConfig;
use tempfile::TempDir;

const MODEL: &str = "../examples/build-script/weather.json";

/// The build script that the other test runs. Cargo gives tests no `OUT_DIR`.
#[test]
fn in_this_process() {
    let built = generator::build(MODEL, &ServiceConfig::module("crate::weather"));
    if let Err(problems) = &built {
        println!("{problems}");
    }
    if std::env::var_os("OUT_DIR").is_none() {
        let problems = built.expect_err("this is no build script").to_string();
        assert!(problems.contains("there is no `OUT_DIR`"), "{problems}");
    }
}

#[test]
fn one_message_says_what_to_depend_on() {
    let folder = TempDir::new().unwrap();
    let manifest = folder.path().join("Cargo.toml");
    let head =
        "[package]\nname = \"a\"\nedition = \"2021\"\n[build-dependencies]\ngenerator = \"1\"\n";
    fs::write(&manifest, head).unwrap();
    let run = || {
        let test = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "in_this_process", "--nocapture"])
            .env("OUT_DIR", folder.path())
            .env("CARGO_MANIFEST_DIR", folder.path())
            .output()
            .unwrap();
        String::from_utf8(test.stdout).unwrap()
    };
    let said = run();
    assert_eq!(said.matches("error: ").count(), 1, "{said}");
    assert!(said.contains("which this one does not depend on"), "{said}");
    // The lines can be copied as they are.
    let lines = said.lines().map(str::trim_start);
    let lines = lines.skip_while(|line| *line != "[features]");
    let lines: Vec<_> = lines
        .take_while(|line| !line.starts_with("test "))
        .collect();
    let lines = lines.join("\n");
    lines
        .parse::<toml::Table>()
        .unwrap_or_else(|error| panic!("{error}:\n{lines}"));
    assert!(lines.contains("aws-smithy-schema = "), "{lines}");
    fs::write(&manifest, format!("{head}{lines}")).unwrap();
    let said = run();
    assert!(!said.contains("error: "), "{said}");
    assert!(folder.path().join("weather/mod.rs").exists());
    assert!(
        said.contains("cargo::rerun-if-changed=Cargo.toml\n"),
        "{said}"
    );
}
