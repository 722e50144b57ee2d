//! What `smithy-client-gen` makes of models in Smithy's language.

mod command;

use std::fs;
use std::io::Write as _;
use std::process::{Output, Stdio};

use generator::{Partitions, ServiceConfig, Source, generate};
use serde_json::Value;
use tempfile::TempDir;

use self::command::{code, command, gen_client, stderr, stdout, text};

const SMITHY: &str = "../examples/quick-start/weather.smithy";

#[test]
fn every_command_takes_the_idl() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("client");
    let written = gen_client(&["generate", SMITHY, "--out", text(&out)]);
    assert_eq!(code(&written), 0, "{}", stderr(&written));
    assert!(out.join("src/operation/get_forecast.rs").exists());
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    assert!(
        manifest.contains("from weather.smithy. Do not edit."),
        "{manifest}"
    );
    for arguments in [
        &["check", SMITHY][..],
        &["inspect", SMITHY],
        &["diff", SMITHY, SMITHY],
    ] {
        let said = gen_client(arguments);
        assert_eq!(code(&said), 0, "{}", stderr(&said));
    }
}

#[test]
fn ast_prints_the_json_of_several_files() {
    let folder = TempDir::new().unwrap();
    let model = folder.path().join("model");
    fs::create_dir(&model).unwrap();
    fs::copy(SMITHY, model.join("weather.smithy")).unwrap();
    let applied =
        "$version: \"2\"\nnamespace more\napply example.weather#NoSuchCity @httpError(404)\n";
    fs::write(model.join("more.smithy"), applied).unwrap();
    let printed = gen_client(&["ast", text(&model)]);
    assert_eq!(code(&printed), 0, "{}", stderr(&printed));
    let ast: Value = serde_json::from_str(&stdout(&printed)).unwrap();
    let traits = &ast["shapes"]["example.weather#NoSuchCity"]["traits"];
    assert_eq!(traits["smithy.api#httpError"], 404);
    let ids: Vec<_> = ast["shapes"].as_object().unwrap().keys().cloned().collect();
    assert!(ids.is_sorted(), "{ids:?}");

    let json = folder.path().join("model.json");
    fs::write(&json, stdout(&printed)).unwrap();
    assert_eq!(stdout(&gen_client(&["ast", text(&json)])), stdout(&printed));
}

#[test]
fn problems_are_shown_in_the_file_that_they_are_in() {
    let folder = TempDir::new().unwrap();
    fs::copy(SMITHY, folder.path().join("a.smithy")).unwrap();
    let broken = "$version: \"2\"\nnamespace more\n\nstructure Thing {\n    name String\n}\n";
    fs::write(folder.path().join("b.smithy"), broken).unwrap();
    let said = gen_client(&["check", text(folder.path())]);
    assert_eq!(code(&said), 1);
    assert!(
        stderr(&said).contains("b.smithy:5:10\n"),
        "{}",
        stderr(&said)
    );
}

/// `-` is the standard input, in either language, alone or beside files.
#[test]
fn the_standard_input_is_a_file() {
    let model = fs::read_to_string(SMITHY).unwrap();
    let printed = gen_client(&["ast", SMITHY]);
    assert_eq!(code(&printed), 0, "{}", stderr(&printed));
    let json = stdout(&printed);
    for text in [&model, &json] {
        let read = piped(&["ast", "-"], text);
        assert_eq!(stdout(&read), json, "{}", stderr(&read));
    }
    let applied =
        "$version: \"2\"\nnamespace a\napply example.weather#NoSuchCity @httpError(404)\n";
    let both = piped(&["ast", SMITHY, "-"], applied);
    assert!(
        stdout(&both).contains("\"smithy.api#httpError\": 404"),
        "{}",
        stderr(&both)
    );

    let folder = TempDir::new().unwrap();
    let out = folder.path().join("client");
    let written = piped(&["generate", "-", "--out", text(&out)], &model);
    assert_eq!(code(&written), 0, "{}", stderr(&written));
    assert!(out.join("src/operation/get_forecast.rs").exists());
    let same = piped(&["diff", SMITHY, "-"], &model);
    assert_eq!(code(&same), 0, "{}", stderr(&same));
    let inspected = piped(&["inspect", "-"], &model);
    assert_eq!(code(&inspected), 0, "{}", stderr(&inspected));

    let broken = piped(
        &["check", "-"],
        "$version: \"2\"\nnamespace a\nstring Name @required\n",
    );
    assert_eq!(code(&broken), 1);
    let said = stderr(&broken);
    assert!(said.contains("standard input:3:13\n"), "{said}");
    let nothing = piped(&["check", "-"], "");
    assert_eq!(code(&nothing), 1, "{}", stderr(&nothing));
}

/// What is wrong with shapes is told without a service, too.
#[test]
fn ast_refuses_what_cannot_be_put_together() {
    let broken =
        "$version: \"2\"\nnamespace a\n@mixin\nunion U { a: String }\nstructure S with [U] {}\n";
    let said = piped(&["ast", "-"], broken);
    assert_eq!(code(&said), 1);
    assert!(
        stderr(&said).contains("standard input:5:19\n"),
        "{}",
        stderr(&said)
    );
    assert_eq!(stdout(&said), "");
}

fn piped(arguments: &[&str], input: &str) -> Output {
    let mut command = command(arguments);
    command.stdin(Stdio::piped());
    let mut process = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command can be run");
    let mut stdin = process.stdin.take().expect("it has an input");
    // Who refuses the arguments reads nothing.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    process.wait_with_output().expect("the command ends")
}

#[test]
fn the_library_takes_a_text() {
    let text = fs::read_to_string(SMITHY).unwrap();
    let (config, partitions) = (ServiceConfig::new("weather"), Partitions::aws());
    let rendered = generate(&Source::new("weather.smithy", &*text), &config, &partitions);
    let files = rendered.unwrap_or_else(|it| panic!("{it}")).files;
    assert!(
        files
            .iter()
            .any(|it| it.path == "src/operation/get_forecast.rs")
    );
    let broken = text.replacen("String", "Strin", 1);
    let place = line_and_column(&broken, "Strin }");
    let problems = generate(&Source::new("weather.smithy", broken), &config, &partitions);
    let problems = problems.unwrap_err().to_string();
    assert!(
        problems.contains(&format!("weather.smithy:{place}")),
        "{problems}"
    );
}

/// Where a text first occurs in another, as diagnostics have it.
fn line_and_column(text: &str, part: &str) -> String {
    let before = &text[..text.find(part).unwrap()];
    let line = before.rfind('\n').map_or(0, |it| it + 1);
    format!(
        "{}:{}",
        before.matches('\n').count() + 1,
        before.len() - line + 1
    )
}
