//! `examples/aws-tour`: five clients that a build script generates, in one program.
//!
//! The models are not part of this repository. Without them, the test reports that it was skipped.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;

use workspace_tests::{scratch, workspace};

use crate::moto::moto;
use crate::programs::finish;

/// The folder of public models, next to the project.
const MODELS: &str = "../shared/corpus/2025-04";

const REPORT: &str = "2026-11-02,Lamp,40\n2026-11-09,Desk,310\n2026-11-23,Chair,95\n";

/// Runs it twice: when nothing exists yet, and when everything does.
#[test]
fn the_tour_meets_five_services() {
    if !workspace(MODELS).is_dir() {
        println!("left out: there is no {MODELS}");
        return;
    }
    let Some(moto) = moto() else { return };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("aws-tour");
    let program = scratch::Program::example(&folder, "examples/aws-tour");
    program.set("AWS_MODELS", &workspace(MODELS));
    let program = program.build();

    let said = run(&program, moto.url(), &["--keep"]);
    let url = said.iter().find_map(|it| it.strip_prefix("message: http:"));
    let url = format!("http:{}", url.expect("a message tells the URL"));
    assert_eq!(
        said,
        [
            "called by arn:aws:sts::123456789012:user/moto",
            "created the table tour-orders",
            "Ada ordered: Lamp",
            "Ada ordered: Desk",
            "Ada ordered: Chair",
            "Ben ordered: Shelf",
            "Ben's is a Shelf",
            "created the bucket tour-reports-123456789012",
            &format!("the report is at {url}"),
            "it has 59 bytes",
            "there is none about Eve",
            "message: The queue is open",
            &format!("message: {url}"),
        ]
    );
    assert_eq!(get(&url), REPORT);

    let said = run(&program, moto.url(), &[]);
    for line in [
        "tour-orders is there already",
        "Ada had ordered: Desk",
        "tour-reports-123456789012 is there already",
        "all is removed",
    ] {
        assert!(said.iter().any(|it| it == line), "{line}: {said:#?}");
    }
    assert_ne!(get(&url), REPORT);
}

/// Runs the tour, and returns the lines of its output.
fn run(program: &Path, url: &str, arguments: &[&str]) -> Vec<String> {
    let mut command = Command::new(program);
    command.args(arguments).env_clear().envs([
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_REGION", "eu-central-1"),
        ("AWS_ENDPOINT_URL", url),
    ]);
    let ran = finish(&mut command);
    assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
    ran.stdout.lines().map(str::to_owned).collect()
}

/// The content of a URL, without credentials.
fn get(url: &str) -> String {
    let rest = url.strip_prefix("http://").expect("it is HTTP");
    let (host, path) = rest.split_once('/').expect("it has a path");
    let mut stream = TcpStream::connect(host).expect("the server runs");
    let head = format!("GET /{path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("it listens");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    let (_, body) = answer.split_once("\r\n\r\n").expect("there is a body");
    body.to_owned()
}
