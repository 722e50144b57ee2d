//! What `cargo xtask codegen` writes, leaves alone, removes and refuses.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;
use std::time::SystemTime;

use generator::{Operations, Output as File, ServiceConfig, write};
use tempfile::TempDir;
use workspace_tests::{Case, hazards, partitions, scratch, workspace};

/// The model whose client is written here: a small one with every kind of file.
const MODEL: &str = "paginated_nested";

#[test]
fn second_run_writes_nothing() {
    let folder = TempDir::new().unwrap();
    let files = files("1.0.0");
    let first = write::write(&files, folder.path()).unwrap();
    assert_eq!(first.added.len(), files.len());
    let before = state(folder.path());
    let second = write::write(&files, folder.path()).unwrap();
    assert!(second.is_empty());
    assert_eq!(second.unchanged, files.len());
    assert_eq!(state(folder.path()), before);
}

#[test]
fn only_what_differs_is_written() {
    let folder = TempDir::new().unwrap();
    write::write(&files("1.0.0"), folder.path()).unwrap();
    let before = state(folder.path());
    let changes = write::write(&files("1.0.1"), folder.path()).unwrap();
    assert_eq!(changes.changed, [folder.path().join("Cargo.toml")]);
    assert!(changes.added.is_empty());
    let after = state(folder.path());
    let differing: Vec<_> = before
        .iter()
        .filter(|(path, state)| after.get(*path) != Some(state))
        .map(|(path, _)| path.clone())
        .collect();
    assert_eq!(differing, [Path::new("Cargo.toml")]);
}

#[test]
fn orphans_are_removed_and_what_is_not_generated_is_kept() {
    let folder = TempDir::new().unwrap();
    let files = files("1.0.0");
    write::write(&files, folder.path()).unwrap();
    let orphans = ["src/old.rs", "src/operation/gone/deep.rs", "notes.txt"];
    let kept = [
        "CHANGELOG.md",
        "Cargo.lock",
        "target/debug/out",
        ".git/HEAD",
    ];
    for path in orphans.iter().chain(&kept) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "text").unwrap();
    }
    let changes = write::write(&files, folder.path()).unwrap();
    assert_eq!(changes.removed.len(), orphans.len());
    assert!(
        orphans
            .iter()
            .all(|path| !folder.path().join(path).exists())
    );
    assert!(!folder.path().join("src/operation/gone").exists());
    for path in kept {
        let text = fs::read_to_string(folder.path().join(path)).unwrap();
        assert_eq!(text, "text", "{path}");
    }
}

#[test]
fn a_change_log_is_begun_once() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("CHANGELOG.md");
    write::write(&files("1.0.0"), folder.path()).unwrap();
    let begun = fs::read_to_string(&path).unwrap();
    assert!(begun.contains("\n## 1.0.0\n"), "{begun}");
    let later = files("1.1.0");
    write::write(&later, folder.path()).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), begun);
    fs::remove_file(&path).unwrap();
    let missing = write::compare(&later, folder.path()).unwrap();
    assert_eq!(missing.added, [path]);
}

#[test]
fn what_is_written_together_is_written_or_not() {
    let folder = TempDir::new().unwrap();
    let (client, other) = (folder.path().join("client"), folder.path().join("other"));
    let others = |text: &str| vec![(other.clone(), text.to_owned())];
    write::write_with(&files("1.0.0"), &client, &others("first")).unwrap();
    assert_eq!(fs::read_to_string(&other).unwrap(), "first");
    let before = state(folder.path());
    // A folder where a file has to be.
    let mut refused = others("second");
    refused.push((client.join("src"), "no file".to_owned()));
    let problems = write::write_with(&other_files("2.0.0"), &client, &refused).unwrap_err();
    assert!(problems.to_string().contains("src"), "{problems}");
    assert_eq!(state(folder.path()), before);
}

#[test]
fn two_runs_at_once_leave_one_whole_crate() {
    let folder = TempDir::new().unwrap();
    let versions = [files("1.0.0"), other_files("2.0.0")];
    thread::scope(|scope| {
        for files in &versions {
            scope.spawn(|| {
                for _ in 0..20 {
                    write::write(files, folder.path()).unwrap();
                }
            });
        }
    });
    let whole = versions
        .iter()
        .filter(|files| write::compare(files, folder.path()).unwrap().is_empty());
    assert_eq!(whole.count(), 1, "{:#?}", state(folder.path()));
}

#[test]
fn failed_writing_changes_nothing() {
    let folder = TempDir::new().unwrap();
    write::write(&files("1.0.0"), folder.path()).unwrap();
    // A file where a folder has to be.
    fs::remove_dir_all(folder.path().join("src/types")).unwrap();
    fs::write(folder.path().join("src/types"), "no folder").unwrap();
    let before = state(folder.path());
    let problems = write::write(&files("2.0.0"), folder.path()).unwrap_err();
    assert!(problems.to_string().contains("src/types"), "{problems}");
    assert_eq!(state(folder.path()), before);
}

#[test]
fn folder_of_something_else_is_refused() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    let before = state(folder.path());
    let problems = write::write(&files("1.0.0"), folder.path()).unwrap_err();
    assert!(
        problems.to_string().contains("would be removed"),
        "{problems}"
    );
    assert_eq!(state(folder.path()), before);
}

#[test]
fn check_lists_what_is_out_of_date_and_writes_nothing() {
    let folder = TempDir::new().unwrap();
    let (model, out) = (model_path(), folder.path().join("client"));
    let arguments = ["--model", text(&model), "--out", text(&out)];
    assert_success(&xtask(&arguments));
    assert_success(&xtask(&[&arguments[..], &["--check"]].concat()));

    let meta = out.join("src/meta.rs");
    let old = fs::read_to_string(&meta).unwrap();
    let new = old.replace("pub static PKG_VERSION", "pub static PACKAGE_VERSION");
    assert_ne!(old, new);
    fs::write(&meta, new).unwrap();
    fs::remove_file(out.join("src/schema.rs")).unwrap();
    fs::write(out.join("src/left.rs"), "").unwrap();
    let before = state(&out);
    let checked = xtask(&[&arguments[..], &["--check"]].concat());
    assert_eq!(checked.status.code(), Some(1));
    let said = String::from_utf8(checked.stdout).unwrap();
    let command = format!("run: cargo xtask codegen {}", arguments.join(" "));
    for words in [
        "differs: ",
        "src/meta.rs\n",
        "-pub static PACKAGE_VERSION",
        "+pub static PKG_VERSION",
        "missing: ",
        "src/schema.rs\n",
        "left over: ",
        "src/left.rs\n",
        &command,
    ] {
        assert!(said.contains(words), "`{words}` is not in:\n{said}");
    }
    assert_eq!(state(&out), before);
}

#[test]
fn broken_model_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let model = folder.path().join("model.json");
    let out = folder.path().join("client");
    let arguments = ["--model", text(&model), "--out", text(&out)];
    fs::copy(model_path(), &model).unwrap();
    assert_success(&xtask(&arguments));
    let before = state(&out);
    let broken = fs::read_to_string(&model).unwrap();
    let broken = broken.replace(
        "\"target\": \"example#Things\"",
        "\"target\": \"example#Thingz\"",
    );
    fs::write(&model, broken).unwrap();
    assert_refused(
        &xtask(&arguments),
        &["`example#Thingz`", "nothing was written"],
    );
    assert_eq!(state(&out), before);
}

#[test]
fn problems_are_json_objects_for_programs() {
    let folder = TempDir::new().unwrap();
    let model = workspace("tests/cases/errors/target_missing/model.json");
    let out = folder.path().join("client");
    let arguments = ["--model", text(&model), "--out", text(&out)];
    let refused = xtask(&[&arguments[..], &["--message-format", "json"]].concat());
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8(refused.stdout).unwrap();
    let problems: Vec<serde_json::Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(problems.len(), 5);
    assert_eq!(problems[0]["remedy"], "did you mean `example#Thing`?");
    assert_eq!(
        String::from_utf8_lossy(&refused.stderr),
        "5 problems; nothing was written\n"
    );
}

#[test]
fn only_what_is_chosen_is_generated() {
    let folder = TempDir::new().unwrap();
    let (model, out) = (model_path(), folder.path().join("client"));
    let arguments = ["--model", text(&model), "--out", text(&out)];
    let only = [&arguments[..], &["--only", "ListPages,ListThings"]].concat();
    assert_success(&xtask(&only));
    let operations = fs::read_to_string(out.join("src/operation.rs")).unwrap();
    assert!(operations.contains("mod list_pages;") && operations.contains("mod list_things;"));
    assert!(!operations.contains("mod list_deep;"));
    let schemas = fs::read_to_string(out.join("src/schema.rs")).unwrap();
    assert!(!schemas.contains("LIST_DEEP") && !schemas.contains("CONTENT"));
    let unknown = [&arguments[..], &["--only", "ListPage"]].concat();
    assert_refused(&xtask(&unknown), &["`ListPage`", "`ListPages`"]);
}

/// What is left out may still be named in the documentation of what is there.
#[test]
fn links_lead_only_to_what_is_generated() {
    let cases = hazards();
    let case = cases.iter().find(|case| case.name == "names_in_prose");
    let mut case = case.expect("the model is among the cases").clone();
    let linked = |case: &Case| {
        let files = case.generate(&partitions()).files;
        let links = files
            .iter()
            .map(|file| file.text.matches("(crate::Client::move)").count());
        links.sum::<usize>()
    };
    assert!(linked(&case) > 3);
    case.config.operations = Operations::Except(vec!["Move".into()]);
    assert_eq!(linked(&case), 0);
}

#[test]
fn unusable_paths_and_names_are_refused() {
    let folder = TempDir::new().unwrap();
    let model = model_path();
    let (model, file) = (text(&model), folder.path().join("file"));
    fs::write(&file, [0xff, 0xfe]).unwrap();
    let (file, below) = (text(&file), file.join("client"));
    let out = folder.path().join("client");
    let (out, below) = (text(&out), text(&below));
    let cases: [(&[&str], &str); 7] = [
        (&["--model", "no/such.json", "--out", out], "no/such.json"),
        (&["--model", file, "--out", out], "UTF-8"),
        (&["--model", model, "--out", file], file),
        (&["--model", model, "--out", below], below),
        (
            &["--model", model, "--out", out, "--name", "7 up"],
            "`7 up`",
        ),
        (&["--check", "ivs", "no-such-service"], "`no-such-service`"),
        (&["--only", "CreateThing"], "`--only`"),
    ];
    for (arguments, words) in cases {
        assert_refused(&xtask(arguments), &[words, "help: "]);
    }
    assert!(!Path::new(out).exists());
}

#[test]
fn client_of_any_model_compiles_outside_of_the_workspace() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("client");
    let model = model_path();
    let arguments = [
        "--model",
        text(&model),
        "--out",
        text(&out),
        "--name",
        "client-of-pages",
    ];
    assert_success(&xtask(&arguments));
    fs::create_dir(folder.path().join(".cargo")).unwrap();
    let settings = scratch::profiles().to_string();
    fs::write(folder.path().join(".cargo/config.toml"), settings).unwrap();
    scratch::lock(&out);
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let checked = scratch::cargo(&out, target, &["check", "--package", "client-of-pages"]);
    assert_success(&checked);
}

/// The files of a client of this version.
fn files(version: &str) -> Vec<File> {
    generated(MODEL, version)
}

/// The files of another client.
fn other_files(version: &str) -> Vec<File> {
    generated("recursive_union", version)
}

fn generated(model: &str, version: &str) -> Vec<File> {
    let case = hazards().into_iter().find(|case| case.name == model);
    let case = case.expect("the model exists");
    let config = ServiceConfig {
        version: version.to_owned(),
        ..ServiceConfig::new("client")
    };
    Case { config, ..case }.generate(&partitions()).files
}

fn model_path() -> PathBuf {
    workspace(&format!("tests/cases/models/{MODEL}/model.json"))
}

/// Runs the command.
fn xtask(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "xtask", "--", "codegen"])
        .args(arguments)
        .current_dir(workspace(""))
        .output()
        .expect("cargo can be run")
}

fn assert_success(output: &Output) {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "it fails:\n{errors}");
}

fn assert_refused(output: &Output, words: &[&str]) {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    for words in words {
        assert!(errors.contains(words), "`{words}` is not in:\n{errors}");
    }
}

/// Every file of a folder: its text, and when it was written.
fn state(folder: &Path) -> BTreeMap<PathBuf, (String, SystemTime)> {
    let mut state = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).unwrap();
            open.extend(entries.map(|entry| entry.unwrap().path()));
        } else {
            let written = fs::metadata(&path).unwrap().modified().unwrap();
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            let name = path.strip_prefix(folder).unwrap().to_owned();
            state.insert(name, (text, written));
        }
    }
    state
}

fn text(path: &Path) -> &str {
    path.to_str().expect("paths of tests are Unicode")
}
