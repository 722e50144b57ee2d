//! What `cargo xtask update` writes, says and refuses, in a workspace of its own.
//!
//! `tests/cases/update` has the model that is there, new ones, and what is expected of each: the
//! report and the change log. `UPDATE_EXPECTED=1 cargo test -p xtask --test update` writes that.
//! Read it before it is committed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use similar::TextDiff;
use tempfile::TempDir;

const LOG: &str = "generated/client-thing/CHANGELOG.md";
const MODEL: &str = "models/thing.json";
const TABLE: &str = "models/services.toml";

#[test]
fn additions_and_breaking_changes_are_reported_as_expected() {
    for (case, version) in [("additive", "1.5.0"), ("breaking", "2.0.0")] {
        let workspace = Workspace::new();
        let before = workspace.state();
        let report = workspace.succeeds(case, &["--dry-run"]);
        expect(&format!("{case}.txt"), &report);
        workspace.succeeds(case, &[]);
        expect(&format!("{case}.CHANGELOG.md"), &workspace.read(LOG));
        let table = workspace.read(TABLE);
        let line = format!("version   =   \"{version}\" # After the version, too.\n");
        assert!(table.contains(&line), "{table}");
        let others = |text: &str| text.replace(version, "").replace("1.4.2", "");
        assert_eq!(others(&table), others(&before[Path::new(TABLE)]));
        let manifest = workspace.read("generated/client-thing/Cargo.toml");
        assert!(manifest.contains(&format!("version = \"{version}\"")));
        let checked = workspace.run(&["codegen", "thing", "--check"]);
        assert!(checked.status.success(), "{checked:?}");
        // The second time there is nothing left to do.
        let after = workspace.state();
        let again = workspace.succeeds(case, &[]);
        assert!(again.ends_with("nothing to do\n"), "{again}");
        assert_eq!(workspace.state(), after);
    }
}

#[test]
fn the_model_gets_new_facts_and_keeps_our_words_and_order() {
    let workspace = Workspace::new();
    workspace.succeeds("additive", &[]);
    let model = workspace.read(MODEL);
    assert!(
        !model.contains("own words"),
        "theirs are left out:\n{model}"
    );
    let base = fs::read_to_string(case("base.json")).unwrap();
    let diff = TextDiff::from_lines(&base, &model);
    let removed = diff.iter_all_changes().filter(|change| {
        // After the last of a list there was no comma.
        let is_end = change.value().trim_start().starts_with('}');
        change.tag() == similar::ChangeTag::Delete && !is_end
    });
    let removed: Vec<_> = removed.map(|change| change.value()).collect();
    assert!(removed.is_empty(), "{removed:?}");
    assert!(
        model.contains("Like the sea."),
        "words in traits stay:\n{model}"
    );
}

#[test]
fn a_model_that_says_the_same_changes_nothing() {
    let workspace = Workspace::new();
    let before = workspace.state();
    for case in ["base", "identical", "other_words"] {
        let said = workspace.succeeds(case, &[]);
        assert!(said.ends_with("nothing to do\n"), "{case}: {said}");
        assert_eq!(workspace.state(), before, "{case}");
    }
}

#[test]
fn what_nobody_notices_is_taken_without_a_version() {
    let workspace = Workspace::new();
    let base = fs::read_to_string(case("base.json")).unwrap();
    let new = workspace.path("new.json");
    fs::write(&new, base.replace("\"code\": 200", "\"code\": 201")).unwrap();
    let before = (workspace.read(LOG), workspace.read(TABLE));
    let output = workspace.run(&["update", "thing", new.to_str().unwrap()]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("\nThe version stays 1.4.2.\n"), "{said}");
    assert!(workspace.read(MODEL).contains("\"code\": 201"));
    assert_eq!((workspace.read(LOG), workspace.read(TABLE)), before);
}

#[test]
fn words_are_taken_if_they_are_ours() {
    let workspace = Workspace::new();
    let report = workspace.succeeds("other_words", &["--take-documentation"]);
    assert!(
        report.starts_with("client-thing: patch (1.4.2 -> 1.4.3)\n"),
        "{report}"
    );
    assert!(
        report.contains("\n- Documentation: the words about 21 items.\n"),
        "{report}"
    );
    let model = workspace.read(MODEL);
    assert!(
        model.contains("own words") && !model.contains("Makes a thing."),
        "{model}"
    );
}

/// What has another name and is the same otherwise keeps its words and its place, and is no mended
/// documentation.
#[test]
fn words_go_along_with_new_names() {
    let base = fs::read_to_string(case("names.json")).unwrap();
    let names = [
        ("FindItem", "SearchItem"),
        ("ItemList", "AList"),
        ("PlainEnum", "AKind"),
        ("LargeValue", "BIG"),
        ("LevelEnum", "ALevel"),
        ("FirstLevel", "ONE"),
        ("LostError", "AbsentError"),
        ("PlainUnion", "AWay"),
        ("WordText", "AText"),
        ("oldMember", "aMember"),
        ("oldList", "aList"),
        ("oldVariant", "aVariant"),
        ("#Item\"", "#AThing\""),
    ];
    let renamed = |text: &str| {
        let names = names.iter();
        names.fold(text.to_owned(), |text, (old, new)| {
            // Only ids and members have new names: words are not changed by them.
            let lines = text
                .lines()
                .map(|line| match line.contains("#documentation") {
                    true => format!("{line}\n"),
                    false => format!("{}\n", line.replace(old, new)),
                });
            lines.collect()
        })
    };
    let workspace = Workspace::of("names.json");
    let new = workspace.path("new.json");
    let theirs = renamed(&base).replace("documentation\": \"", "documentation\": \"Theirs: ");
    fs::write(&new, theirs).unwrap();
    let output = workspace.run(&[
        "update",
        "thing",
        new.to_str().unwrap(),
        "--date",
        "2026-11-22",
    ]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    expect("names.CHANGELOG.md", &workspace.read(LOG));
    let (expected, found) = (renamed(&base), workspace.read(MODEL));
    let diff = TextDiff::from_lines(&expected, &found);
    let diff = diff.unified_diff().header("expected", "found").to_string();
    assert!(diff.is_empty(), "{diff}");
    for words in [
        "Fixed",
        "ocumentation (",
        "without documentation",
        "Documented as before",
    ] {
        assert!(!said.contains(words), "`{words}` is in:\n{said}");
    }
}

#[test]
fn a_broken_model_changes_nothing() {
    let workspace = Workspace::new();
    let before = workspace.state();
    let output = workspace.update("broken", &[]);
    let problems = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{problems}");
    for words in [
        "did you mean `example#Thing`?",
        "broken.json:",
        "2 problems; nothing was written",
    ] {
        assert!(problems.contains(words), "`{words}` is not in:\n{problems}");
    }
    assert_eq!(workspace.state(), before);
}

#[test]
fn a_dry_run_says_the_same_and_changes_nothing() {
    let workspace = Workspace::new();
    let before = workspace.state();
    let dry = workspace.succeeds("additive", &["--dry-run"]);
    assert_eq!(workspace.state(), before);
    let end = "\nnothing was written (--dry-run)\n";
    let said = dry.strip_suffix(end).unwrap_or_else(|| panic!("{dry}"));
    let wet = workspace.succeeds("additive", &[]);
    assert!(wet.starts_with(said), "{dry}\n{wet}");
}

#[test]
fn what_cannot_be_written_changes_nothing() {
    for path in [
        "src/operation/list_things.rs",
        "src/operation.rs",
        "CHANGELOG.md",
    ] {
        let workspace = Workspace::new();
        let path = workspace.path("generated/client-thing").join(path);
        let _ = fs::remove_file(&path);
        fs::create_dir(&path).unwrap();
        fs::write(path.join("in_the_way.txt"), "").unwrap();
        let before = workspace.state();
        let output = workspace.update("additive", &[]);
        let problems = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{}: {output:?}",
            path.display()
        );
        assert!(problems.contains("nothing was written"), "{problems}");
        assert_eq!(workspace.state(), before, "{}", path.display());
    }
}

#[test]
fn uncommitted_changes_are_not_lost() {
    for (path, change) in [
        (LOG, Change::Edit),
        (TABLE, Change::Edit),
        (LOG, Change::Rename),
    ] {
        let workspace = Workspace::committed();
        match change {
            Change::Edit => {
                let text = workspace.read(path);
                fs::write(workspace.path(path), format!("{text}# Not committed.\n")).unwrap();
            }
            Change::Rename => workspace.git(&["mv", path, "generated/client-thing/target"]),
        }
        let before = workspace.state();
        let output = workspace.update("additive", &[]);
        let problems = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{problems}");
        for words in [
            path,
            "uncommitted changes",
            "--allow-dirty",
            "nothing was written",
        ] {
            assert!(problems.contains(words), "`{words}` is not in:\n{problems}");
        }
        assert_eq!(workspace.state(), before);
        let said = workspace.succeeds("additive", &["--allow-dirty"]);
        assert!(!said.contains("git checkout"), "{said}");
        assert!(
            said.contains(&format!("uncommitted changes: {path}\n")),
            "{said}"
        );
    }
}

enum Change {
    Edit,
    Rename,
}

#[test]
fn the_undo_command_takes_back_the_update_and_nothing_else() {
    for (case, others) in [
        ("additive", &[][..]),
        ("breaking", &[]),
        ("breaking", &["Cargo.lock", "target/notes.txt"]),
    ] {
        let workspace = Workspace::new();
        for other in ["generated/client-thing/Cargo.lock", "models/other.json"] {
            fs::write(workspace.path(other), "").unwrap();
        }
        workspace.commit();
        fs::write(workspace.path("models/other.json"), "Not committed.").unwrap();
        for other in others {
            let path = workspace.path("generated/client-thing").join(other);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "Not committed.").unwrap();
        }
        let before = workspace.state();
        let said = workspace.succeeds(case, &[]);
        assert_ne!(workspace.state(), before);
        let (_, undo) = said
            .split_once("\nTo undo it: ")
            .unwrap_or_else(|| panic!("{said}"));
        let mut shell = Command::new("sh");
        let output = shell.args(["-c", undo]).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        assert_eq!(workspace.state(), before, "{undo}");
    }
}

#[test]
fn without_git_nothing_is_said_of_undoing() {
    let workspace = Workspace::new();
    let said = workspace.succeeds("additive", &[]);
    assert!(
        said.ends_with("\nThere is no git that could take it back.\n"),
        "{said}"
    );
}

#[test]
fn the_version_can_be_chosen() {
    let workspace = Workspace::new();
    workspace.succeeds("additive", &["--version", "1.7.0"]);
    assert!(workspace.read(LOG).contains("\n## 1.7.0 - 2026-11-22\n"));
    assert!(workspace.read(TABLE).contains("\"1.7.0\""));

    let workspace = Workspace::new();
    let before = workspace.state();
    for (arguments, words) in [
        (["--version", "1.4.2"], "1.4.2 does not come after 1.4.2"),
        (["--version", "1.3"], "three numbers"),
        (["--date", "today"], "2026-11-22"),
    ] {
        let output = workspace.update("additive", &arguments);
        let problems = String::from_utf8_lossy(&output.stderr);
        assert!(
            !output.status.success() && problems.contains(words),
            "{problems}"
        );
    }
    assert_eq!(workspace.state(), before);
}

#[test]
fn a_change_log_is_continued_and_never_repeats_a_version() {
    let workspace = Workspace::new();
    let log = workspace.path(LOG);
    fs::write(
        &log,
        "# Ours\n\n## Unreleased\n\n### Changed\n\n- By hand.\n\n## 1.4.2\n\n- Old.\n",
    )
    .unwrap();
    workspace.succeeds("additive", &[]);
    let text = workspace.read(LOG);
    let start = "# Ours\n\n## 1.5.0 - 2026-11-22\n\n### Changed\n\n- By hand.\n- `create_thing`";
    assert!(text.starts_with(start), "{text}");
    assert!(text.ends_with("\n\n## 1.4.2\n\n- Old.\n"), "{text}");

    let workspace = Workspace::new();
    fs::write(workspace.path(LOG), "# Ours\n\n## 1.5.0\n").unwrap();
    let before = workspace.state();
    let output = workspace.update("additive", &[]);
    let problems = String::from_utf8_lossy(&output.stderr);
    assert!(
        problems.contains("there is a section `1.5.0` already"),
        "{problems}"
    );
    assert_eq!(workspace.state(), before);
}

#[test]
fn names_that_do_not_exist_are_refused() {
    let workspace = Workspace::new();
    let model = case("additive.json");
    let model = model.to_str().unwrap();
    let another = root().join("models/ivs.json");
    let another = another.to_str().unwrap();
    for (arguments, words) in [
        (["update", "thin", model], "did you mean `thing`?"),
        (
            ["update", "client-thingy", model],
            "did you mean `client-thing`?",
        ),
        (
            ["update", "weather", model],
            "the services are other, thing",
        ),
        (["update", "thing", "no/such.json"], "no/such.json"),
        (["update", "other", model], "models/other.json"),
        (
            ["update", "thing", another],
            "this is the model of `com.amazonaws.ivs#",
        ),
    ] {
        let output = workspace.run(&arguments);
        let problems = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{problems}");
        assert!(problems.contains(words), "`{words}` is not in:\n{problems}");
    }
}

#[test]
fn configured_names_may_be_about_the_new_model_alone() {
    let workspace = Workspace::new();
    let configure = |lines: &str| {
        let table = fs::read_to_string(case("services.toml")).unwrap();
        fs::write(workspace.path(TABLE), format!("{table}{lines}")).unwrap();
    };
    configure("rename = { ListThings = \"BrowseThings\" }\n");
    let report = workspace.succeeds("additive", &["--dry-run"]);
    assert!(report.contains("Client::browse_things"), "{report}");
    configure("except = [\"ReadThing\"]\n");
    let report = workspace.succeeds("breaking", &["--dry-run"]);
    assert!(!report.contains("read_thing"), "{report}");
    configure("operations = [\"CreateThing\", \"GetThing\"]\n");
    let output = workspace.update("breaking", &[]);
    let problems = String::from_utf8_lossy(&output.stderr);
    assert!(
        problems.contains("the service has no operation `GetThing`"),
        "{problems}"
    );
    assert!(problems.contains("services.toml:14:30"), "{problems}");
}

/// A workspace with the client of one small service.
struct Workspace(TempDir);

impl Workspace {
    fn new() -> Self {
        Self::of("base.json")
    }

    fn of(model: &str) -> Self {
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
    fn committed() -> Self {
        let workspace = Self::new();
        workspace.commit();
        workspace
    }

    fn commit(&self) {
        self.git(&["init", "--quiet", "--template="]);
        self.git(&["add", "."]);
        self.git(&["commit", "--quiet", "--message=Base"]);
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=Test", "-c", "user.email=test@example.test"]);
        git.args(arguments).current_dir(self.0.path());
        let output = git.output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn update(&self, model: &str, arguments: &[&str]) -> Output {
        let model = case(&format!("{model}.json"));
        let mut all = vec!["update", "thing", model.to_str().unwrap()];
        if !arguments.contains(&"--date") {
            all.extend(["--date", "2026-11-22"]);
        }
        self.run(&[&all, arguments].concat())
    }

    /// What an update says that succeeds, whatever the way to the models.
    fn succeeds(&self, model: &str, arguments: &[&str]) -> String {
        let output = self.update(model, arguments);
        let problems = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{problems}");
        let said = String::from_utf8(output.stdout).unwrap();
        said.replace(case("").to_str().unwrap(), "")
    }

    fn run(&self, arguments: &[&str]) -> Output {
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
    fn state(&self) -> BTreeMap<PathBuf, String> {
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
fn expect(file: &str, found: &str) {
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

fn case(file: &str) -> PathBuf {
    root().join("tests/cases/update").join(file)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
