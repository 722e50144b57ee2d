//! `cargo xtask reach` with a model whose client has not been seen before.

use std::fs;
use std::path::Path;
use std::process::{Command, id};

/// The client is compiled and tested once, and remembered.
#[test]
fn a_client_is_built_and_tested_once() {
    let folder = tempfile::tempdir().expect("there is room");
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let weather = workspace.join("examples/build-script/weather.json");
    let text = fs::read_to_string(weather).expect("there is the model");
    // Another one in every run.
    let title = format!("Weather in run {}", id());
    let mut model: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let shapes = model["shapes"].as_object_mut().expect("it has shapes");
    let mut services = shapes
        .values_mut()
        .filter(|shape| shape["type"] == "service");
    let service = services.next().expect("it has a service");
    service["traits"]["smithy.api#title"] = title.into();
    fs::write(folder.path().join("weather.json"), model.to_string()).expect("there is room");
    let run = || {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["reach", "--build", "--test", "--quiet"])
            .arg(folder.path())
            .output()
            .expect("it runs");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).expect("it is text");
        assert!(output.status.success(), "{said}");
        said
    };
    let said = run();
    assert!(said.contains("1 client compiled, 0 of them"), "{said}");
    assert!(
        said.contains(" tests of 1 client passed, 0 failed"),
        "{said}"
    );
    let said = run();
    assert!(said.contains("1 client passed in an earlier run"), "{said}");
}
