//! Packages in the target folder, and calls of cargo for them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::workspace;

/// The profiles of the workspace: other ones would compile the runtime crates once more.
///
/// # Panics
///
/// Panics if the workspace has no manifest.
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
/// Panics if the folder cannot be written.
pub fn lock(folder: &Path) {
    fs::write(folder.join("Cargo.lock"), read("Cargo.lock")).expect("the folder can be written");
}

/// The same, without packages that have another source there.
///
/// # Panics
///
/// Panics if the folder cannot be written.
pub fn lock_without(folder: &Path, packages: &[&str]) {
    let mut lock: toml::Table = read("Cargo.lock").parse().expect("the lock file is TOML");
    let locked = lock.get_mut("package").and_then(toml::Value::as_array_mut);
    let name = |package: &toml::Value| Some(package.get("name")?.as_str()?.to_owned());
    let locked = locked.expect("it lists packages");
    locked.retain(|package| !name(package).is_some_and(|name| packages.contains(&&*name)));
    fs::write(folder.join("Cargo.lock"), lock.to_string()).expect("the folder can be written");
}

/// Runs cargo in a folder. `build` is its target folder.
///
/// It uses the network only for crates that have not been downloaded yet.
///
/// # Panics
///
/// Panics if there is no cargo.
pub fn cargo(folder: &Path, build: &Path, arguments: &[&str]) -> Output {
    let run = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO"));
        forget_package(&mut command);
        command
            .args(arguments)
            .args(more)
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", folder.join("target"))
            // Dependencies are shared, and only the packages' own files lie in their folder.
            .env("CARGO_BUILD_BUILD_DIR", build)
            .output()
            .expect("cargo can be run")
    };
    let output = run(&["--offline"]);
    let errors = String::from_utf8_lossy(&output.stderr);
    match !output.status.success() && errors.contains("--offline") {
        true => run(&[]),
        false => output,
    }
}

/// Removes variables about the test's package, which cargo sets, from a command. They would make
/// build scripts run again, and rebuild everything that depends on them.
pub fn forget_package(command: &mut Command) {
    let own = [
        "CARGO_PKG_",
        "CARGO_MANIFEST_",
        "CARGO_CRATE_",
        "CARGO_BIN_",
    ];
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if own.iter().any(|prefix| name.starts_with(prefix)) {
            command.env_remove(name);
        }
    }
}

/// The examples in a section of a client's page, as the text of a file of a program that depends on
/// the client: each example is a module.
///
/// # Panics
///
/// Panics if there is no such section, or it has no examples.
pub fn examples(client: &Path, heading: &str) -> String {
    let page = fs::read_to_string(client.join("README.md")).expect("a client has a page");
    let (_, part) = page
        .split_once(&format!("\n## {heading}\n"))
        .unwrap_or_else(|| panic!("the page has no part `{heading}`"));
    let part = part.split("\n## ").next().unwrap_or_default();
    // The text between two fences is either code or prose.
    let blocks: Vec<_> = part.split("```").skip(1).step_by(2).collect();
    assert!(!blocks.is_empty(), "`{heading}` shows nothing");
    let mut text = String::from("//! Examples.\n");
    for (number, block) in blocks.iter().enumerate() {
        let (kind, code) = block.split_once('\n').unwrap_or_default();
        assert!(kind.starts_with("rust"), "it is `{kind}`: {code}");
        let _ = write!(text, "\nmod example_{number} {{\n{code}}}\n");
    }
    text
}

fn read(path: &str) -> String {
    let path = workspace(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Features that the workspace has these crates with: with others, the runtime crates would be
/// compiled once more.
const SHARED: [(&str, &[&str]); 9] = [
    ("aws-credential-types", &["test-util"]),
    ("aws-runtime", &["test-util"]),
    ("aws-smithy-http-client", &["default-client", "rustls-ring"]),
    ("aws-smithy-runtime", &["rt-tokio"]),
    ("aws-smithy-runtime-api", &["http-1x", "test-util"]),
    ("aws-smithy-types", &["byte-stream-poll-next", "test-util"]),
    ("hyper", &["http2"]),
    ("indexmap", &[]),
    (
        "tokio",
        &["fs", "macros", "net", "process", "rt-multi-thread"],
    ),
];

/// A program that calls clients which a test has generated.
#[derive(Debug)]
pub struct Program {
    manifest: toml::Table,
    folder: PathBuf,
}

impl Program {
    /// A program in this folder, with the source files of a folder of the workspace.
    ///
    /// # Panics
    ///
    /// Panics if the files cannot be copied.
    pub fn new(folder: &Path, sources: &str) -> Self {
        let package = toml::toml! {
            edition = "2024"
            name = "program"
            version = "0.0.0"
        };
        let mut manifest = profiles();
        manifest.insert("package".to_owned(), package.into());
        manifest.insert("workspace".to_owned(), toml::Table::new().into());
        let target = folder.join("src");
        fs::create_dir_all(&target).expect("the folder can be made");
        let files = fs::read_dir(workspace(sources)).expect("there are sources");
        for file in files {
            let file = file.expect("a folder can be listed");
            fs::copy(file.path(), target.join(file.file_name())).expect("a file can be copied");
        }
        Self {
            manifest,
            folder: folder.to_owned(),
        }
    }

    /// An example that is no workspace member, in this folder. Its sources are not copied.
    ///
    /// # Panics
    ///
    /// Panics if it is not a program with a build script.
    pub fn example(folder: &Path, example: &str) -> Self {
        let source = workspace(example);
        let path = |file: &str| toml::Value::from(source.join(file).display().to_string());
        let manifest = read(&format!("{example}/Cargo.toml"));
        let mut manifest: toml::Table = manifest.parse().expect("the manifest is TOML");
        manifest.extend(profiles());
        let package = manifest["package"].as_table_mut().expect("it is a table");
        package.insert("build".to_owned(), path("build.rs"));
        let name = package["name"].clone();
        let program = toml::Table::from_iter([
            ("name".to_owned(), name),
            ("path".to_owned(), path("src/main.rs")),
        ]);
        manifest.insert("bin".to_owned(), vec![program].into());
        let generator = &mut manifest["build-dependencies"]["generator"];
        generator["path"] = workspace("generator").display().to_string().into();
        fs::create_dir_all(folder).expect("the folder can be made");
        Self {
            manifest,
            folder: folder.to_owned(),
        }
    }

    /// Sets a variable for build scripts.
    ///
    /// # Panics
    ///
    /// Panics if the folder cannot be written.
    pub fn set(&self, variable: &str, value: &Path) {
        let value = toml::Value::from(value.display().to_string());
        let settings = format!("[env]\n{variable} = {value}\n");
        let folder = self.folder.join(".cargo");
        fs::create_dir_all(&folder).expect("the folder can be made");
        fs::write(folder.join("config.toml"), settings).expect("the folder can be written");
    }

    /// Adds a client: its package, its folder, and the features that are on.
    pub fn calls(&mut self, package: &str, path: &Path, features: &[&str]) {
        let mut dependency = toml::Table::new();
        dependency.insert("path".to_owned(), path.display().to_string().into());
        dependency.insert("default-features".to_owned(), false.into());
        self.depend(package, dependency, features);
    }

    /// Adds a dependency in the version that the workspace has.
    ///
    /// # Panics
    ///
    /// Panics if the workspace does not have it.
    pub fn needs(&mut self, package: &str, features: &[&str]) {
        let workspace: toml::Table = read("Cargo.toml").parse().expect("the manifest is TOML");
        let known = &workspace["workspace"]["dependencies"][package];
        let dependency = match known {
            toml::Value::Table(table) => table.clone(),
            version => toml::Table::from_iter([("version".to_owned(), version.clone())]),
        };
        self.depend(package, dependency, features);
    }

    /// Adds a dependency, or features of one that is there.
    fn depend(&mut self, package: &str, dependency: toml::Table, features: &[&str]) {
        let dependencies = self.manifest.entry("dependencies");
        let dependencies = dependencies.or_insert(toml::Table::new().into());
        let dependencies = dependencies.as_table_mut().expect("it is a table");
        let dependency = dependencies.entry(package).or_insert(dependency.into());
        if dependency.is_str() {
            let version = [("version".to_owned(), dependency.clone())];
            *dependency = toml::Table::from_iter(version).into();
        }
        let dependency = dependency.as_table_mut().expect("it is a table");
        let none = toml::Value::Array(Vec::new());
        let all = dependency.entry("features").or_insert(none);
        let all = all.as_array_mut().expect("features are a list");
        all.extend(features.iter().map(|feature| toml::Value::from(*feature)));
    }

    /// Compiles it, and returns its path.
    ///
    /// # Panics
    ///
    /// Panics if it does not compile.
    pub fn build(mut self) -> PathBuf {
        for (package, features) in SHARED {
            self.needs(package, features);
        }
        let manifest = self.folder.join("Cargo.toml");
        fs::write(manifest, self.manifest.to_string()).expect("the folder can be written");
        lock(&self.folder);
        let build = workspace("").join("target");
        let build = std::env::var_os("CARGO_TARGET_DIR").map_or(build, PathBuf::from);
        let output = cargo(&self.folder, &build, &["build", "--quiet"]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        let name = self.manifest["package"]["name"].as_str();
        let name = name.expect("a name is a text").to_owned() + std::env::consts::EXE_SUFFIX;
        self.folder.join("target/debug").join(name)
    }

    /// Compiles and runs it, and returns its output.
    ///
    /// # Panics
    ///
    /// Panics if it fails.
    pub fn run(self) -> String {
        let folder = self.folder.clone();
        let output = Command::new(self.build()).current_dir(folder).output();
        let output = output.expect("it has just been built");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{errors}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}
