//! Signatures, checked by botocore and against the specification.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use workspace_tests::workspace;

/// Lets botocore check the signatures of requests, and of the same requests with any byte changed.
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

/// The errors of each request, the number of changes, and the changes that were not noticed.
fn check(python: &Path, requests: &[Value]) -> Vec<(Option<String>, usize, Vec<String>)> {
    let mut process = Command::new(python)
        .arg(workspace("tests/end_to_end/check_signatures.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Python can be started");
    let mut stdin = process.stdin.take().expect("a pipe");
    let input = Value::from(requests).to_string();
    // The program reads everything before it writes. Dropping the pipe ends its input.
    stdin.write_all(input.as_bytes()).expect("Python reads");
    drop(stdin);
    let output = process.wait_with_output().expect("Python ends");
    assert!(output.status.success(), "{}", output.status);
    serde_json::from_slice(&output.stdout).expect("a report for each request")
}
