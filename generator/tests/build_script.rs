//! What a build script says and writes.

use std::fs;
use std::path::Path;
use std::process::Command;

use generator::ServiceConfig;
use tempfile::TempDir;

const MODEL: &str = "../examples/build-script/weather.json";

/// The variable that names another model for the build script.
const OTHER: &str = "MODEL_OF_BUILD_SCRIPT";

/// The build script that the other test runs. Cargo gives tests no `OUT_DIR`.
#[test]
fn in_this_process() {
    let model = std::env::var(OTHER).unwrap_or_else(|_| MODEL.to_owned());
    let built = generator::build(model, &ServiceConfig::module("crate::weather"));
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
    let run = || run(folder.path(), MODEL.as_ref());
    let said = run();
    assert_eq!(said.matches("error: ").count(), 1, "{said}");
    assert!(said.contains("that this one does not depend on"), "{said}");
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

/// Cargo is told of every file that the model is read from, and of folders, in which it looks for
/// new files itself.
#[test]
fn cargo_is_told_of_everything_that_is_read() {
    let folder = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let weather = fs::read_to_string("../examples/quick-start/weather.smithy").unwrap();
    write("model/weather.smithy", &weather);
    write(
        "model/deep/er.smithy",
        "$version: \"2\"\nnamespace b\nstring C\n",
    );
    write(
        "model/ast.json",
        r#"{"smithy":"2.0","shapes":{"d#E":{"type":"string"}}}"#,
    );
    write("model/notes.json", "{}");
    write("other.smithy", "$version: \"2\"\nnamespace f\nstring G\n");
    write(
        "smithy-build.json",
        r#"{"version":"1.0","sources":["model"],"imports":["other.smithy"]}"#,
    );
    let told = |model: &str| {
        let said = run(folder.path(), &folder.path().join(model));
        let lines = said.lines().map(str::trim_start);
        let paths = lines.filter_map(|it| it.strip_prefix("cargo::rerun-if-changed="));
        let base = format!("{}/", folder.path().display());
        let paths = paths.map(|it| it.replace(&base, ""));
        let paths: std::collections::BTreeSet<String> = paths.collect();
        paths.into_iter().collect::<Vec<_>>().join(" ")
    };
    let in_model = "model model/ast.json model/deep/er.smithy model/weather.smithy";
    assert_eq!(
        told("model/weather.smithy"),
        "Cargo.toml model/weather.smithy"
    );
    assert_eq!(told("model"), format!("Cargo.toml {in_model}"));
    let build = format!("Cargo.toml {in_model} other.smithy smithy-build.json");
    assert_eq!(told("smithy-build.json"), build);
    // Without its service the model is refused, and cargo has to look again when it is mended.
    fs::remove_file(folder.path().join("model/weather.smithy")).unwrap();
    let found = told("model");
    assert!(found.starts_with("model"), "{found}");
}

/// What the build script says that makes a client of this model in a crate in this folder.
fn run(folder: &Path, model: &Path) -> String {
    let test = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "in_this_process", "--nocapture"])
        .env("OUT_DIR", folder)
        .env("CARGO_MANIFEST_DIR", folder)
        .env(OTHER, model)
        .output()
        .unwrap();
    String::from_utf8(test.stdout).unwrap()
}
