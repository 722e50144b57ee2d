//! Tests that environment, profile and code configure the compression of requests.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use tiny_http::{Request, Response};

use crate::serving;

/// Disables compression.
const DISABLE: &str = "AWS_DISABLE_REQUEST_COMPRESSION";
/// The minimum size of compressed requests.
const SIZE: &str = "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES";

/// The settings, and whether reports of 1,000 and of 20,000 bytes are compressed.
struct Case {
    environment: &'static [(&'static str, &'static str)],
    profile: &'static str,
    /// The size that code sets.
    code: Option<&'static str>,
    compressed: [bool; 2],
}

const NOTHING: Case = Case {
    environment: &[],
    profile: "",
    code: None,
    compressed: [false, true],
};

const CASES: [Case; 8] = [
    NOTHING,
    Case {
        environment: &[(DISABLE, "true")],
        compressed: [false, false],
        ..NOTHING
    },
    Case {
        environment: &[(SIZE, "500")],
        compressed: [true, true],
        ..NOTHING
    },
    Case {
        profile: "disable_request_compression = true",
        compressed: [false, false],
        ..NOTHING
    },
    Case {
        profile: "request_min_compression_size_bytes = 500",
        compressed: [true, true],
        ..NOTHING
    },
    // The environment overrides the profile,
    Case {
        environment: &[(DISABLE, "false"), (SIZE, "30000")],
        profile: "disable_request_compression = true\nrequest_min_compression_size_bytes = 500",
        compressed: [false, false],
        ..NOTHING
    },
    Case {
        environment: &[(DISABLE, "false")],
        profile: "disable_request_compression = true",
        compressed: [false, true],
        ..NOTHING
    },
    // and code overrides both.
    Case {
        environment: &[(DISABLE, "true"), (SIZE, "30000")],
        profile: "disable_request_compression = true\nrequest_min_compression_size_bytes = 30000",
        code: Some("500"),
        compressed: [true, true],
    },
];

/// Runs the program, which sends both reports, in each case.
pub fn check(program: &Path) {
    for case in CASES {
        let home = tempfile::tempdir().expect("there is room");
        fs::create_dir(home.path().join(".aws")).expect("it can be written");
        let profile = format!("[default]\n{}\n", case.profile);
        fs::write(home.path().join(".aws/config"), profile).expect("it can be written");
        let run = |address| run(program, home.path(), address, &case);
        let ((), compressed) = serving(is_compressed, run);
        assert_eq!(
            compressed, case.compressed,
            "{:?} {:?} {:?}",
            case.environment, case.profile, case.code
        );
    }
}

fn run(program: &Path, home: &Path, address: SocketAddr, case: &Case) {
    let mut command = Command::new(program);
    command.arg("reports").env_clear();
    command.args(case.code.iter().flat_map(|size| ["compressed-from", size]));
    let output = command
        .env("HOME", home)
        .env("AWS_REGION", "eu-west-1")
        .env("AWS_ACCESS_KEY_ID", "id")
        .env("AWS_SECRET_ACCESS_KEY", "key")
        .env("AWS_ENDPOINT_URL_REPORTS", format!("http://{address}"))
        .envs(case.environment.iter().copied())
        .output()
        .expect("the program can be run");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
}

/// Responds, and returns whether the body is compressed, after checking the header.
fn is_compressed(mut request: Request) -> bool {
    let mut body = Vec::new();
    let read = request.as_reader().read_to_end(&mut body);
    read.expect("the program sends all");
    let mut headers = request.headers().iter();
    let encoding = headers.find(|it| it.field.equiv("content-encoding"));
    let encoding = encoding.map(|it| it.value.to_string());
    let starts: &[u8] = match encoding.as_deref() {
        Some(encoding) => {
            assert_eq!(encoding, "gzip");
            // The magic number of gzip.
            &[0x1f, 0x8b]
        }
        None => b"{\"text\":\"aaa",
    };
    assert!(body.starts_with(starts), "{encoding:?}: {body:?}");
    let answer = Response::from_string("");
    request.respond(answer).expect("the program listens");
    encoding.is_some()
}
