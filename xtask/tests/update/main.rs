//! What `cargo xtask update` writes, says and refuses, in a workspace of its own.
//!
//! `tests/cases/update` has the model that is there, new ones, and what is expected of each: the
//! report and the change log. `UPDATE_EXPECTED=1 cargo test -p xtask --test update` writes that.
//! Read it before it is committed.

mod git;
mod words;
mod workspace;

use std::fs;
use std::path::Path;

use self::workspace::{LOG, MODEL, TABLE, Workspace, case, expect, root};

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
        problems.contains("there is already a section `1.5.0`"),
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
