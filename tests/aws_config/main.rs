//! Tests that `aws-config` works with our clients in place of the official ones.
//!
//! They are those of `smithy-client-gen credentials`. `aws-config` uses them without default
//! features and selects no operations, so all must be compiled. A program in the target folder gets
//! credentials by single sign-on (`aws-config` reads a token from a file, renews it with SSO OIDC,
//! and requests the credentials of a role from SSO) and by assuming roles. It also calls a client
//! whose requests are compressed as environment and profile configure.

mod compression;
mod credentials;

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use generator::{ServiceConfig, Source};
use tiny_http::{Request, Server};
use workspace_tests::{partitions, scratch};

/// The official crates that are replaced.
const REPLACED: [&str; 3] = ["aws-sdk-sso", "aws-sdk-ssooidc", "aws-sdk-sts"];

#[test]
fn the_environment_decides() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("aws-config");
    write_clients(&folder);
    let program = build(&folder);
    credentials::check(&program);
    compression::check(&program);
}

/// Generates the clients.
fn write_clients(folder: &Path) {
    let partitions = partitions();
    let clients = generator::credentials::clients(&["sso"]);
    assert!(
        clients
            .iter()
            .map(|(_, config)| &*config.package)
            .eq(REPLACED)
    );
    for (model, config) in clients {
        generator::generate(&model, &config, &partitions)
            .and_then(|rendered| rendered.write(folder.join(config.package)))
            .unwrap_or_else(|problems| panic!("{problems}"));
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

/// Builds the program with the clients, and returns its path.
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
    scratch::lock_without(folder, &REPLACED);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let target = target.expect("it is in the target folder");
    let built = scratch::cargo(folder, target, &["build"]);
    let errors = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{errors}");
    // The profiles are those of the workspace, which name packages that are not here.
    let warnings = errors.lines().filter(|line| line.starts_with("warning: "));
    let warnings: Vec<_> = warnings
        .filter(|line| !line.contains("profile package spec"))
        .collect();
    assert!(warnings.is_empty(), "{errors}");
    folder.join("target/debug/program")
}

/// Runs `call` with the address of a server that handles requests with `answer`. Returns the
/// results of both.
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
