//! A workspace of its own, and the cases.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use similar::TextDiff;
use tempfile::TempDir;

pub const LOG: &str = "generated/client-thing/CHANGELOG.md";
pub const MODEL: &str = "models/thing.json";
pub const TABLE: &str = "models/services.toml";

/// A workspace with the client of one small service.
pub struct Workspace(TempDir);

impl Workspace {
    pub fn new() -> Self {
        Self::of("base.json")
    }

    pub fn of(model: &str) -> Self {
        let workspace = Self(TempDir::new().unwrap());
        fs::create_dir_all(workspace.path("models")).unwrap();
        fs::copy(case(model), workspace.path(MODEL)).unwrap();
        fs::copy(case("services.toml"), workspace.path(TABLE)).unwrap();
        let partitions = root().join("models/partitions.json");
        fs::copy(partitions, workspace.path("models/partitions.json")).unwrap();
        let generated = workspace.run(&["codegen", "thing"]);
        assert!(generated.status.success(), "{generated:?}");
        workspace
    }

    /// The same, with everything committed.
    pub fn committed() -> Self {
        let workspace = Self::new();
        workspace.commit();
        workspace
    }

    pub fn commit(&self) {
        self.git(&["init", "--quiet", "--template="]);
        self.git(&["add", "."]);
        self.git(&["commit", "--quiet", "--message=Base"]);
    }

    pub fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=Test", "-c", "user.email=test@example.test"]);
        git.args(["-c", "commit.gpgsign=false"]);
        git.args(arguments).current_dir(self.0.path());
        let output = git.output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn update(&self, model: &str, arguments: &[&str]) -> Output {
        let model = case(&format!("{model}.json"));
        let mut all = vec!["update", "thing", model.to_str().unwrap()];
        if !arguments.contains(&"--date") {
            all.extend(["--date", "2026-11-22"]);
        }
        self.run(&[&all, arguments].concat())
    }

    /// What an update says that succeeds, whatever the way to the models.
    pub fn succeeds(&self, model: &str, arguments: &[&str]) -> String {
        let output = self.update(model, arguments);
        let problems = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{problems}");
        let said = String::from_utf8(output.stdout).unwrap();
        said.replace(case("").to_str().unwrap(), "")
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .arg("--workspace")
            .arg(self.0.path())
            // Only the workspace's own repository counts.
            .env("GIT_CEILING_DIRECTORIES", self.0.path().parent().unwrap())
            .output()
            .unwrap()
    }

    /// Every file, with its text.
    pub fn state(&self) -> BTreeMap<PathBuf, String> {
        let entries = walkdir::WalkDir::new(self.0.path()).into_iter();
        let entries = entries.filter_entry(|entry| entry.file_name() != ".git");
        let files = entries
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file());
        let files = files.map(|entry| {
            let path = entry.path().strip_prefix(self.0.path()).unwrap();
            (path.to_owned(), fs::read_to_string(entry.path()).unwrap())
        });
        files.collect()
    }
}

/// Compares with a file of the cases.
pub fn expect(file: &str, found: &str) {
    let path = case("expected").join(file);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let diff = TextDiff::from_lines(expected.as_str(), found);
    let diff = diff.unified_diff().header("expected", "found").to_string();
    assert!(diff.is_empty(), "{file}:\n{diff}");
}

pub fn case(file: &str) -> PathBuf {
    root().join("tests/cases/update").join(file)
}

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
