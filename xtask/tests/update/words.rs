//! What becomes of the words in models.

use std::fs;

use similar::TextDiff;

use super::workspace::{LOG, MODEL, Workspace, case, expect};

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
fn words_are_taken_if_they_are_ours() {
    let workspace = Workspace::new();
    let report = workspace.succeeds("other_words", &["--take-documentation"]);
    assert!(
        report.starts_with("client-thing: patch (1.4.2 -> 1.4.3)\n"),
        "{report}"
    );
    assert!(
        report.contains("\n- Documentation of 21 items.\n"),
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
        "  documentation (",
        "\nDocumentation (",
        "New, without documentation",
        "Documentation unchanged",
    ] {
        assert!(!said.contains(words), "`{words}` is in:\n{said}");
    }
}
