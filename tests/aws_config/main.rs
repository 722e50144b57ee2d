//! `aws-config` works with our clients in place of the official ones that it depends on.
//!
//! It takes them without their default features and names no operation, so that all have to be there.
//! A program is built in the target folder, which loads credentials from single sign-on: `aws-config`
//! reads a token from a file, renews it by SSO OIDC, and asks SSO for the credentials of a role. And it
//! calls a client whose requests are compressed as environment and profile say. The models of the two
//! services are not part of this repository; without them the test says that it was left out.

mod compression;

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::thread;

use generator::{ServiceConfig, Source, write};
use serde_json::{Value, json};
use tiny_http::{Header, Request, Response, Server};
use workspace_tests::{partitions, scratch, workspace};

/// Where public models are, beside the project.
const MODELS: &str = "../shared/corpus/2026-08";

/// The models, and the official crates that are replaced.
const CLIENTS: [(&str, &str); 2] = [
    ("sso.json", "aws-sdk-sso"),
    ("sso-oidc.json", "aws-sdk-ssooidc"),
];

/// The name by which a token of the session `corp` is kept: the SHA-1 of that.
const TOKEN_FILE: &str = "ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

const SETTINGS: &str = "\
[profile dev]
region = eu-west-1
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Reader

[sso-session corp]
sso_region = us-east-1
sso_start_url = https://example.awsapps.com/start
";

#[test]
fn the_environment_decides() {
    if !workspace(MODELS).is_dir() {
        println!("left out: there is no {MODELS}");
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("aws-config");
    write_clients(&folder);
    let program = build(&folder);
    credentials_come_from_single_sign_on(&program);
    compression::check(&program);
}

fn credentials_come_from_single_sign_on(program: &Path) {
    let home = tempfile::tempdir().expect("there is room");
    write_home(home.path());

    let (output, asked) = serving(answer, |address| run(program, home.path(), address));
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(said, "AKIDROLE from SSO\n", "{errors}");
    assert_eq!(
        asked,
        [
            "POST /token, with \"old-refresh\"",
            "GET /federation/credentials?role_name=Reader&account_id=123456789012, with new-token",
        ]
    );
    let token = home.path().join(".aws/sso/cache").join(TOKEN_FILE);
    let token = fs::read_to_string(token).expect("the token is kept");
    assert!(token.contains("new-token"), "{token}");
}

/// Generates the clients, under the names of the official crates and with a version that `aws-config`
/// takes.
fn write_clients(folder: &Path) {
    let partitions = partitions();
    for (model, package) in CLIENTS {
        let source = Source::read(workspace(MODELS).join(model));
        let config = ServiceConfig {
            version: "1.999.0".to_owned(),
            ..ServiceConfig::new(package)
        };
        let files = source
            .and_then(|source| generator::generate(&source, &config, &partitions))
            .unwrap_or_else(|problems| panic!("{problems}"))
            .files;
        write::write(&files, &folder.join(package)).unwrap_or_else(|problems| panic!("{problems}"));
    }
    let source = Source::new("reports.json", include_str!("reports.json"));
    generator::generate(&source, &ServiceConfig::new("reports"), &partitions)
        .and_then(|rendered| rendered.write(folder.join("reports")))
        .unwrap_or_else(|problems| panic!("{problems}"));
}

/// The source files of the program.
const PROGRAM: [(&str, &str); 3] = [
    ("main.rs", include_str!("program/main.rs")),
    ("compression.rs", include_str!("program/compression.rs")),
    ("plain.rs", include_str!("program/plain.rs")),
];

/// Builds the program beside the clients, and returns where it is.
fn build(clients: &Path) -> PathBuf {
    let folder = &clients.join("program");
    let mut manifest = scratch::profiles();
    let rest: toml::Table = include_str!("program/Cargo.toml.in")
        .parse()
        .expect("it is TOML");
    manifest.extend(rest);
    let sources = folder.join("src");
    fs::create_dir_all(&sources).expect("the folder can be written");
    fs::write(folder.join("Cargo.toml"), manifest.to_string()).expect("it can be written");
    for (name, text) in PROGRAM {
        fs::write(sources.join(name), text).expect("it can be written");
    }
    let page = scratch::examples(&clients.join("reports"), "Compression");
    fs::write(sources.join("page.rs"), page).expect("it can be written");
    scratch::lock_without(folder, &CLIENTS.map(|(_, package)| package));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let target = target.expect("it is in the target folder");
    let built = scratch::cargo(folder, target, &["build"]);
    let errors = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{errors}");
    // The profiles are those of the workspace, which has other packages as well.
    let warnings = errors.lines().filter(|line| line.starts_with("warning: "));
    let warnings: Vec<_> = warnings
        .filter(|line| !line.contains("profile package spec"))
        .collect();
    assert!(warnings.is_empty(), "{errors}");
    folder.join("target/debug/program")
}

/// A home with settings and a token that is no longer valid.
fn write_home(home: &Path) {
    let cache = home.join(".aws/sso/cache");
    fs::create_dir_all(&cache).expect("it can be written");
    fs::write(home.join(".aws/config"), SETTINGS).expect("it can be written");
    let token = json!({
        "accessToken": "old-token",
        "expiresAt": "2020-01-01T00:00:00Z",
        "refreshToken": "old-refresh",
        "clientId": "client",
        "clientSecret": "secret",
        "registrationExpiresAt": "2100-01-01T00:00:00Z",
        "region": "us-east-1",
        "startUrl": "https://example.awsapps.com/start",
    });
    fs::write(cache.join(TOKEN_FILE), token.to_string()).expect("it can be written");
}

fn run(program: &Path, home: &Path, address: SocketAddr) -> std::process::Output {
    Command::new(program)
        .arg("credentials")
        .env_clear()
        .env("HOME", home)
        .env("AWS_PROFILE", "dev")
        .env("AWS_ENDPOINT_URL_SSO", format!("http://{address}"))
        .env("AWS_ENDPOINT_URL_SSO_OIDC", format!("http://{address}"))
        .output()
        .expect("the program can be run")
}

/// Lets somebody call a server by its address, which makes something of each request. Returns what
/// the caller returns, and what became of the requests.
fn serving<T: Send + 'static, R>(
    answer: fn(Request) -> T,
    call: impl FnOnce(SocketAddr) -> R,
) -> (R, Vec<T>) {
    let server = Arc::new(Server::http("127.0.0.1:0").expect("a port is free"));
    let address = server.server_addr().to_ip().expect("it listens to a port");
    let serving = thread::spawn({
        let server = Arc::clone(&server);
        move || server.incoming_requests().map(answer).collect()
    });
    let called = call(address);
    server.unblock();
    (called, serving.join().expect("the server does not panic"))
}

/// Answers as the two services do; returns what was asked.
fn answer(mut request: Request) -> String {
    let mut body = String::new();
    request
        .as_reader()
        .read_to_string(&mut body)
        .expect("it is text");
    let body: Value = serde_json::from_str(&body).unwrap_or_default();
    let token = request.headers().iter().find_map(|header| {
        let is_token = header.field.equiv("x-amz-sso_bearer_token");
        is_token.then(|| header.value.to_string())
    });
    let with = token.unwrap_or_else(|| body["refreshToken"].to_string());
    let answer = match request.url() {
        "/token" => json!({ "accessToken": "new-token", "expiresIn": 28_800 }),
        _ => json!({ "roleCredentials": {
            "accessKeyId": "AKIDROLE",
            "secretAccessKey": "secret",
            "sessionToken": "session",
            "expiration": 4_102_444_800_000_i64,
        }}),
    };
    let asked = format!("{} {}, with {with}", request.method(), request.url());
    let json = Header::from_bytes("content-type", "application/json").expect("it is right");
    let answer = Response::from_string(answer.to_string()).with_header(json);
    request.respond(answer).expect("the program listens");
    asked
}
