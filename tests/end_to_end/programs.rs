//! The example programs of the generated crates.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::{Value, json};
use workspace_tests::{scratch, workspace};

use crate::canned::{Answer, Canned};

/// The result of a program.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// Runs an example with a server instead of AWS.
pub fn run(example: &str, url: &str, arguments: &[&str]) -> Ran {
    finish(
        command(example)
            .args(arguments)
            .args(["--endpoint-url", url]),
    )
}

/// Runs an example that succeeds, and returns its output.
pub fn print(example: &str, url: &str, arguments: &[&str]) -> String {
    let ran = run(example, url, arguments);
    assert_eq!(ran.code, Some(0), "{example} {arguments:?}: {}", ran.stderr);
    assert_eq!(ran.stderr, "", "{example} {arguments:?}");
    ran.stdout
}

/// Runs an example that fails as expected, and returns its error message.
pub fn fail(example: &str, url: &str, arguments: &[&str]) -> String {
    let ran = run(example, url, arguments);
    assert_eq!(ran.code, Some(1), "{example} {arguments:?}: {ran:?}");
    assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
    ran.stderr
}

/// An example, in an environment with only a region and credentials.
pub fn command(example: &str) -> Command {
    let path = examples()
        .get(example)
        .unwrap_or_else(|| panic!("there is no example {example}"));
    let mut command = Command::new(path);
    command.env_clear().envs([
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_REGION", "us-west-2"),
        // There is no metadata service of AWS.
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ]);
    command
}

/// Waits for the end of a program.
pub fn finish(command: &mut Command) -> Ran {
    let output = command
        .stdin(Stdio::null())
        .output()
        .expect("the example was built");
    let text = |bytes| String::from_utf8(bytes).expect("programs print UTF-8");
    Ran {
        code: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// All examples of the workspace by their names, as cargo has just built them.
///
/// `cargo test --workspace` builds them with the same settings, so nothing is left to do. Other
/// selections of packages do not build them, or leave old ones.
pub fn examples() -> &'static BTreeMap<String, PathBuf> {
    static EXAMPLES: OnceLock<BTreeMap<String, PathBuf>> = OnceLock::new();
    EXAMPLES.get_or_init(build)
}

fn build() -> BTreeMap<String, PathBuf> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["build", "--workspace", "--examples"])
        .args(["--message-format", "json-render-diagnostics"])
        .arg("--target-dir")
        .arg(target.expect("it is a folder in cargo's target folder"))
        .current_dir(workspace("."))
        .stdin(Stdio::null());
    scratch::forget_package(&mut command);
    let output = command.output().expect("cargo runs");
    if !output.status.success() {
        let _ = io::stderr().write_all(&output.stderr);
        panic!("the examples cannot be built");
    }
    let text = String::from_utf8(output.stdout).expect("cargo prints UTF-8");
    text.lines().filter_map(built_example).collect()
}

/// Name and path of the example in a message of cargo.
fn built_example(message: &str) -> Option<(String, PathBuf)> {
    let message: Value = serde_json::from_str(message).ok()?;
    let target = message.get("target")?;
    let is_example = target["kind"].as_array()?.iter().any(|it| it == "example");
    let path = message.get("executable")?.as_str()?;
    is_example.then(|| Some((target["name"].as_str()?.to_owned(), path.into())))?
}

/// Each example has a test. It refuses wrong arguments with clap's exit code, and its help lists
/// the options.
#[test]
fn every_example_has_help() {
    assert_eq!(
        examples().keys().collect::<Vec<_>>(),
        [
            "composition",
            "create_channel",
            "create_chat_token",
            "create_room",
            "create_stage",
            "disconnect_user",
            "list_channels",
            "list_participants",
            "put_metadata",
            "send_event",
            "session_events",
            "stream_health",
        ]
    );
    for example in examples().keys() {
        let help = finish(command(example).arg("--help"));
        assert_eq!(help.code, Some(0), "{example}");
        for option in ["--region", "--profile", "--endpoint-url"] {
            assert!(help.stdout.contains(option), "{example}: {}", help.stdout);
        }
        assert_eq!(
            finish(command(example).arg("--no-such-option")).code,
            Some(2)
        );
    }
}

/// After a server has ended, nothing listens on its port.
#[test]
fn an_unreachable_service_is_an_error_and_no_panic() {
    let url = Canned::start([]).url();
    let error = fail("put_metadata", &url, &["--channel-arn", "arn", "text"]);
    assert!(error.contains("dispatch failure"), "{error}");
}

#[test]
fn missing_credentials_are_an_error_and_no_panic() {
    let mut command = command("list_channels");
    let ran = finish(command.env_remove("AWS_ACCESS_KEY_ID"));
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.stderr.contains("credentials"), "{}", ran.stderr);
}

/// Region, credentials and endpoint can all be in the files of the AWS CLI.
#[test]
fn settings_are_read_from_a_profile() {
    let answer = Answer::ok(json!({ "id": "event-1" }));
    let server = Canned::start([("POST /SendEvent", answer)]);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("config");
    let text = format!(
        "[profile chat]\n\
         region = eu-central-1\n\
         aws_access_key_id = AKIDPROFILE\n\
         aws_secret_access_key = secret\n\
         endpoint_url = {}\n",
        server.url()
    );
    std::fs::write(&file, text).expect("a file");
    let mut command = command("send_event");
    command.env_clear().env("AWS_CONFIG_FILE", &file);
    let ran = finish(command.args(["ping", "--room", "room", "--profile", "chat"]));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let received = server.received();
    let signed = received[0].header("authorization");
    for part in ["AKIDPROFILE/", "/eu-central-1/ivschat/"] {
        assert!(signed.contains(part), "{signed}");
    }
}
