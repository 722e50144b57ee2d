//! Tests that the next run finishes an update that was killed at any moment.
//!
//! A killed process leaves the disk in its current state. So the test copies the workspace before
//! every change of an update: each copy is what a kill would leave.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::rc::Rc;

use clap::Parser as _;
use tempfile::TempDir;
use walkdir::WalkDir;

use super::*;
use generator::write::steps;

const LOG: &str = "generated/client-thing/CHANGELOG.md";
const TABLE: &str = "models/services.toml";

#[test]
fn wherever_an_update_is_killed_the_next_run_makes_it_whole() {
    let base = Workspace::new();
    let whole = base.copy();
    whole.update("breaking").unwrap_or_else(|it| panic!("{it}"));
    let expected = whole.state();
    let moments = base.moments("breaking");
    assert!(moments.len() > 20, "{} moments", moments.len());
    let mut finished = 0;
    for (number, moment) in moments.iter().enumerate() {
        let said = moment.update("breaking");
        let said = said.unwrap_or_else(|it| panic!("moment {number}: {it}"));
        if said.contains("is finished now") {
            finished += 1;
            assert!(
                said.contains("\nTo undo it: git"),
                "moment {number}: {said}"
            );
        }
        assert_same(&moment.state(), &expected, number);
    }
    assert!(finished > 10, "{finished} were finished");
}

#[test]
fn codegen_finishes_an_update_and_a_check_asks_for_it() {
    let base = Workspace::new();
    let whole = base.copy();
    whole.update("additive").unwrap_or_else(|it| panic!("{it}"));
    let expected = whole.state();
    let moments = base.moments("additive");
    let is_begun = |it: &&Workspace| is_pending(it.path()) && it.state()[LOG] == expected[LOG];
    let begun: Vec<_> = moments.iter().filter(is_begun).collect();
    for moment in [begun[0], begun[begun.len() - 1]] {
        let problem = refuse_pending(moment.path()).expect_err("it is cut short");
        assert!(
            problem.to_string().contains("cargo xtask codegen thing"),
            "{problem}"
        );
        let mut arguments = args("additive");
        arguments.dry_run = true;
        update(&arguments, moment.path()).expect_err("there is something to finish");
        let said = finish(moment.path()).unwrap_or_else(|it| panic!("{it}"));
        assert!(
            said.contains("the update of client-thing to 1.5.0"),
            "{said}"
        );
        assert_same(&moment.state(), &expected, 0);
    }
}

#[test]
fn an_update_that_was_taken_back_is_not_finished() {
    let base = Workspace::new();
    for moment in base
        .moments("breaking")
        .iter()
        .filter(|it| is_pending(it.path()))
    {
        moment.git(&["checkout", "--quiet", "--", "."]);
        moment.git(&["clean", "--quiet", "-fd", "--", "generated"]);
        moment
            .update("additive")
            .unwrap_or_else(|it| panic!("{it}"));
        assert!(moment.state()[TABLE].contains("\"1.5.0\""));
        let is_left = |path: &&String| path.contains(".codegen-") || path.contains(".update");
        let state = moment.state();
        assert_eq!(state.keys().find(is_left), None);
    }
}

#[test]
fn what_was_changed_after_the_kill_is_not_lost() {
    let base = Workspace::new();
    let moments = base.moments("breaking");
    let begun = moments.iter().find(|it| it.state()[LOG].contains("2.0.0"));
    let begun = begun.expect("the change log is written at some time");
    fs::write(begun.path().join(LOG), "# By hand\n").expect("it can be written");
    let before = begun.state();
    let problem = begun.update("breaking").expect_err("it would be lost");
    assert!(
        problem.to_string().contains("has been changed since"),
        "{problem}"
    );
    assert_same(&begun.state(), &before, 0);
}

#[test]
fn a_failed_update_leaves_nothing_to_finish() {
    let base = Workspace::new();
    let path = base.path().join("generated/client-thing/src/operation.rs");
    fs::remove_file(&path).expect("it is there");
    fs::create_dir_all(path.join("in_the_way")).expect("it can be made");
    let before = base.state();
    let mut arguments = args("additive");
    arguments.allow_dirty = true;
    update(&arguments, base.path()).expect_err("a folder is in the way");
    assert_same(&base.state(), &before, 0);
}

/// A repository with the client of one small service.
struct Workspace(TempDir);

impl Workspace {
    fn new() -> Self {
        let workspace = Self(TempDir::new().expect("a folder"));
        fs::create_dir_all(workspace.path().join("models")).expect("a folder");
        for (from, to) in [
            ("tests/cases/update/base.json", "models/thing.json"),
            ("tests/cases/update/services.toml", TABLE),
            ("models/partitions.json", "models/partitions.json"),
        ] {
            let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(from);
            fs::copy(from, workspace.path().join(to)).expect("it can be copied");
        }
        workspace.generate();
        workspace.git(&["init", "--quiet", "--template="]);
        workspace.git(&["add", "."]);
        workspace.git(&["commit", "--quiet", "--message=Base"]);
        workspace
    }

    fn generate(&self) {
        let services = Services::read(&self.path().join(TABLE)).expect("a table");
        let (_, config) = services.find("thing").expect("a service");
        let model = fs::read_to_string(self.path().join("models/thing.json")).expect("a model");
        let model = Source::new("models/thing.json", model);
        let partitions = Source::read(self.path().join("models/partitions.json"))
            .and_then(|source| generator::partitions(&source));
        let partitions = partitions.unwrap_or_else(|it| panic!("{it}"));
        let client = generator::generate(&model, config, &partitions);
        let client = client.unwrap_or_else(|it| panic!("{it}"));
        let folder = self.path().join("generated/client-thing");
        client.write(folder).unwrap_or_else(|it| panic!("{it}"));
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=Test", "-c", "user.email=test@example.test"]);
        git.args(["-c", "commit.gpgsign=false"]);
        git.args(arguments).current_dir(self.path());
        let output = git.output().expect("git is installed");
        assert!(output.status.success(), "{output:?}");
    }

    fn copy(&self) -> Self {
        let copy = Self(TempDir::new().expect("a folder"));
        copy_to(self.path(), copy.path());
        copy
    }

    fn update(&self, model: &str) -> Result<String, Diagnostics> {
        let finished = finish(self.path())?;
        let said = update(&args(model), self.path())?;
        Ok(finished + &said)
    }

    /// The workspace before each change of an update, and after the last one.
    fn moments(&self, model: &str) -> Vec<Workspace> {
        let workspace = Rc::new(self.copy());
        let moments = Rc::new(RefCell::new(Vec::new()));
        let (source, seen) = (Rc::clone(&workspace), Rc::clone(&moments));
        let result = steps::observed(
            move || seen.borrow_mut().push(source.copy()),
            || workspace.update(model),
        );
        result.unwrap_or_else(|it| panic!("{it}"));
        moments.borrow_mut().push(workspace.copy());
        moments.take()
    }

    /// All files with their texts.
    fn state(&self) -> BTreeMap<String, String> {
        let files = WalkDir::new(self.path()).into_iter();
        let files = files.filter_entry(|entry| entry.file_name() != ".git");
        let files = files.map(|entry| entry.expect("a file").into_path());
        let files = files.filter(|path| path.is_file());
        let texts = files.map(|path| {
            let text = fs::read_to_string(&path).expect("a text");
            (below(self.path(), &path), text)
        });
        texts.collect()
    }
}

fn copy_to(from: &Path, to: &Path) {
    for entry in WalkDir::new(from) {
        let entry = entry.expect("an entry");
        let target = to.join(entry.path().strip_prefix(from).expect("it is below"));
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(target).expect("a folder"),
            false => drop(fs::copy(entry.path(), target).expect("it can be copied")),
        }
    }
}

fn assert_same(
    found: &BTreeMap<String, String>,
    expected: &BTreeMap<String, String>,
    moment: usize,
) {
    let names = |state: &BTreeMap<String, String>| state.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(found), names(expected), "moment {moment}");
    for (path, text) in expected {
        assert!(
            found[path] == *text,
            "moment {moment}: {path} is another one"
        );
    }
}

#[derive(clap::Parser)]
struct CommandLine {
    #[command(flatten)]
    args: Args,
}

fn args(model: &str) -> Args {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/update");
    let model = cases.join(format!("{model}.json"));
    let model = model.to_str().expect("a path");
    CommandLine::parse_from(["update", "thing", model, "--date", "2026-11-22"]).args
}
