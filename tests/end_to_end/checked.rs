//! Signatures, checked by botocore and by what the specification says.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use workspace_tests::workspace;

/// Has botocore check the signatures of requests, and of these with any byte changed.
pub fn assert_right(python: &Path, requests: &[Value]) {
    let reports = check(python, requests);
    assert_eq!(reports.len(), requests.len());
    for (request, (problem, changes, unnoticed)) in requests.iter().zip(reports) {
        println!(
            "{changes} changes  {} {}",
            request["method"], request["target"]
        );
        assert_eq!(problem, None, "{request:#}");
        assert_eq!(unnoticed, [""; 0], "{request:#}");
        let target = request["target"].as_str().map_or(0, str::len);
        assert!(changes > target, "only {changes} changes of {request:#}");
    }
}

/// What is wrong with each request, in how many ways it was changed, and which were not noticed.
fn check(python: &Path, requests: &[Value]) -> Vec<(Option<String>, usize, Vec<String>)> {
    let mut process = Command::new(python)
        .arg(workspace("tests/end_to_end/check_signatures.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python can be started");
    let mut stdin = process.stdin.take().expect("a pipe");
    let input = Value::from(requests).to_string();
    // All of it is read before anything is written. Dropping the pipe ends it.
    stdin.write_all(input.as_bytes()).expect("Python reads");
    drop(stdin);
    let output = process.wait_with_output().expect("Python ends");
    assert!(output.status.success(), "{}", output.status);
    serde_json::from_slice(&output.stdout).expect("a report for each request")
}
