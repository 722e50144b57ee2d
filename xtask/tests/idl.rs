//! `cargo xtask` with models in Smithy's language.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const WEATHER: &str = "examples/quick-start/weather.smithy";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A workspace with a table for the service of the quick start, whose model has yet to be put there.
fn workspace() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("models")).unwrap();
    let table = "[weather]\ncrate = \"client-weather\"\nversion = \"1.0.0\"\n";
    fs::write(folder.path().join("models/services.toml"), table).unwrap();
    let partitions = "models/partitions.json";
    fs::copy(root().join(partitions), folder.path().join(partitions)).unwrap();
    folder
}

fn xtask(workspace: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(arguments).arg("--workspace").arg(workspace);
    command.current_dir(workspace).output().unwrap()
}

/// What a command says that succeeds.
fn succeeds(workspace: &Path, arguments: &[&str]) -> String {
    let output = xtask(workspace, arguments);
    let problems = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {problems}");
    String::from_utf8(output.stdout).unwrap()
}

fn weather() -> String {
    fs::read_to_string(root().join(WEATHER)).unwrap()
}

#[test]
fn codegen_takes_files_and_folders() {
    let folder = workspace();
    let at = |path: &str| folder.path().join(path);
    fs::write(at("models/weather.smithy"), weather()).unwrap();
    succeeds(folder.path(), &["codegen"]);
    let file = "generated/client-weather/src/operation/get_forecast.rs";
    // But for the line that names the model.
    let read = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        text.split_once('\n').unwrap().1.to_owned()
    };
    let made = read(&at(file));

    fs::create_dir(at("models/weather")).unwrap();
    fs::rename(at("models/weather.smithy"), at("models/weather/all.smithy")).unwrap();
    let applied =
        "$version: \"2\"\nnamespace more\napply example.weather#NoSuchCity @httpError(404)\n";
    fs::write(at("models/weather/more.smithy"), applied).unwrap();
    succeeds(folder.path(), &["codegen", "weather"]);
    assert_eq!(read(&at(file)), made);
    succeeds(folder.path(), &["codegen", "--check"]);

    let model = at("models/weather");
    let out = at("elsewhere");
    let (model, out) = (model.to_str().unwrap(), out.to_str().unwrap());
    succeeds(folder.path(), &["codegen", "--model", model, "--out", out]);
    assert!(at("elsewhere/src/operation/get_forecast.rs").exists());
}

#[test]
fn diff_takes_files_and_folders() {
    let folder = workspace();
    let at = |path: &str| folder.path().join(path);
    fs::create_dir(at("models/weather")).unwrap();
    fs::write(at("models/weather/all.smithy"), weather()).unwrap();
    let new = weather().replace("sky: String", "sky: String, wind: Float");
    fs::write(at("new.smithy"), new).unwrap();
    let said = succeeds(folder.path(), &["diff", "weather", "new.smithy"]);
    assert!(said.contains("wind"), "{said}");
    let said = succeeds(folder.path(), &["diff", "new.smithy", "models/weather"]);
    assert!(said.contains("wind"), "{said}");
    for arguments in [
        &["init", "--quiet", "--template="][..],
        &["add", "."],
        &[
            "-c",
            "user.name=Test",
            "-c",
            "user.email=test@example.test",
            "commit",
            "-qm",
            "Base",
        ],
    ] {
        let mut git = Command::new("git");
        let git = git.args(arguments).current_dir(folder.path()).status();
        assert!(git.unwrap().success(), "{arguments:?}");
    }
    let refused = xtask(folder.path(), &["diff", "weather"]);
    let problems = String::from_utf8_lossy(&refused.stderr);
    assert!(
        problems.contains("models/weather is a folder"),
        "{problems}"
    );
}

/// The model of a service is JSON where `update` puts another one in its place, which may be in the IDL.
#[test]
fn update_takes_files_and_folders() {
    let folder = workspace();
    let at = |path: &str| folder.path().join(path);
    fs::create_dir(at("new")).unwrap();
    let more = weather().replace("sky: String", "sky: String, wind: Float");
    fs::write(at("new/all.smithy"), more).unwrap();
    fs::write(at("models/weather.smithy"), weather()).unwrap();
    let refused = xtask(folder.path(), &["update", "weather", "new"]);
    let problems = String::from_utf8_lossy(&refused.stderr);
    assert!(
        problems.contains("models/weather.smithy is a `.smithy` file"),
        "{problems}"
    );

    fs::remove_file(at("models/weather.smithy")).unwrap();
    let base = r#"{"smithy": "2.0", "shapes": {
        "example.weather#Weather": {
            "type": "service",
            "version": "2026-01-01",
            "operations": [{ "target": "example.weather#GetForecast" }],
            "traits": { "smithy.protocols#rpcv2Json": {} }
        },
        "example.weather#GetForecast": { "type": "operation" }
    }}"#;
    fs::write(at("models/weather.json"), base).unwrap();
    succeeds(folder.path(), &["codegen"]);
    let said = succeeds(
        folder.path(),
        &["update", "weather", "new", "--date", "2026-11-22"],
    );
    assert!(said.contains("1.1.0") || said.contains("2.0.0"), "{said}");
    let model = fs::read_to_string(at("models/weather.json")).unwrap();
    assert!(model.contains("\"wind\""), "{model}");
    succeeds(folder.path(), &["codegen", "--check"]);
    // A problem of the new model is shown in its own text.
    fs::write(
        at("new/broken.smithy"),
        "$version: \"2\"\nnamespace b\nstring A @c\n",
    )
    .unwrap();
    let refused = xtask(folder.path(), &["update", "weather", "new"]);
    let problems = String::from_utf8_lossy(&refused.stderr);
    assert!(problems.contains("broken.smithy:3:10\n"), "{problems}");
}

/// A suite may be a folder of files in the IDL.
#[test]
fn conformance_takes_folders() {
    let folder = TempDir::new().unwrap();
    let suite = folder.path().join("weather");
    fs::create_dir(&suite).unwrap();
    fs::write(suite.join("weather.smithy"), weather()).unwrap();
    let tests = r#"$version: "2"
namespace example.tests

use smithy.test#httpRequestTests

apply example.weather#GetForecast @httpRequestTests([{
    id: "Paris"
    protocol: "smithy.protocols#rpcv2Json"
    method: "POST"
    uri: "/service/Weather/operation/GetForecast"
    params: { city: "Paris" }
    body: """
        { "city": "Paris" }"""
    bodyMediaType: "application/json"
}])
"#;
    fs::write(suite.join("tests.smithy"), tests).unwrap();
    let said = succeeds(&root(), &["conformance", suite.to_str().unwrap()]);
    assert!(said.contains("1 suite: 1 passed, 0 failed"), "{said}");
}
