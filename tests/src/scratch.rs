//! Packages in the target folder, and what cargo says of them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::workspace;

/// The profiles of the workspace: other ones would compile the runtime crates once more.
///
/// # Panics
///
/// When the workspace has no manifest.
pub fn profiles() -> toml::Table {
    let manifest = read("Cargo.toml");
    let mut manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
    let profiles = manifest.remove("profile").expect("it has profiles");
    toml::Table::from_iter([("profile".to_owned(), profiles)])
}

/// Gives a folder the workspace's versions of all dependencies.
///
/// # Panics
///
/// When the folder cannot be written.
pub fn lock(folder: &Path) {
    fs::write(folder.join("Cargo.lock"), read("Cargo.lock")).expect("the folder can be written");
}

/// The same, but for packages that come from elsewhere there.
///
/// # Panics
///
/// When the folder cannot be written.
pub fn lock_without(folder: &Path, packages: &[&str]) {
    let mut lock: toml::Table = read("Cargo.lock").parse().expect("the lock file is TOML");
    let locked = lock.get_mut("package").and_then(toml::Value::as_array_mut);
    let name = |package: &toml::Value| Some(package.get("name")?.as_str()?.to_owned());
    let locked = locked.expect("it lists packages");
    locked.retain(|package| !name(package).is_some_and(|name| packages.contains(&&*name)));
    fs::write(folder.join("Cargo.lock"), lock.to_string()).expect("the folder can be written");
}

/// Runs cargo in a folder, without a network; `build` is where it keeps what it compiles.
///
/// # Panics
///
/// When there is no cargo.
pub fn cargo(folder: &Path, build: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--offline")
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        // Dependencies are shared, and only the packages' own files lie in their folder.
        .env("CARGO_BUILD_BUILD_DIR", build)
        .output()
        .expect("cargo can be run")
}

fn read(path: &str) -> String {
    let path = workspace(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
