//! What git does not have is not lost, and the rest can be taken back.

use std::fs;
use std::process::Command;

use super::workspace::{LOG, TABLE, Workspace};

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
        said.ends_with("\nIt is not in git, so it cannot be undone.\n"),
        "{said}"
    );
}
