//! Tests of the table.

use super::*;

const ONE: &str = r#"{"smithy": "2.0", "shapes": {
    "a#S": {"type": "service", "version": "1", "operations": [{"target": "a#Get"}, {"target": "a#Put"}],
        "traits": {"aws.protocols#restXml": {}}},
    "a#Get": {"type": "operation",
        "traits": {"smithy.api#http": {"method": "GET", "uri": "/"}}},
    "a#Put": {"type": "operation", "input": {"target": "a#Thing"}, "traits": {
        "smithy.api#http": {"method": "PUT", "uri": "/"}}},
    "a#Thing": {"type": "structure", "members": {"any": {"target": "smithy.api#Document"}}}
}}"#;

fn rows(models: &[(&str, &str)], part: &str) -> Vec<Row> {
    let folder = tempfile::tempdir().expect("there is room");
    let inside = folder.path().join("some");
    std::fs::create_dir(&inside).expect("it can be made");
    for (name, text) in models {
        std::fs::write(inside.join(name), text).expect("it can be written");
    }
    let part = part.parse().expect("it is a part");
    let folder = Folder::new(folder.path().to_owned(), None).expect("there are partitions");
    let folders = [folder];
    let files = models::find(&folders, part).expect("they are found");
    models::generate(&files, &Progress::default())
}

#[test]
fn models_go_on_after_one_that_is_refused() {
    let broken = ONE.replace("a#Get\": {", "a#Gone\": {");
    let rows = rows(
        &[("a.json", &broken), ("b.json", ONE), ("c.json", "[]")],
        "1/1",
    );
    let names: Vec<_> = rows
        .iter()
        .map(|row| (row.name.as_str(), row.is_sound()))
        .collect();
    assert_eq!(names, [("some/a", false), ("some/b", true)]);
    let text = table::text(&rows);
    let lines: Vec<_> = text.lines().collect();
    assert!(
        lines[1].contains("some/a") && lines[1].contains("refused: "),
        "{text}"
    );
    assert!(
        lines[2].contains("restXml            2          1"),
        "{text}"
    );
    assert!(lines[2].contains("left out: "), "{text}");
    assert_eq!(
        table::summary(&rows).lines().next(),
        Some("2 models: 1 generated, 1 of them without some operations; 1 refused")
    );
}

#[test]
fn parts_have_all_models_once() {
    let models = ["a.json", "b.json", "c.json"].map(|name| (name, ONE));
    let names = |part| {
        let rows = rows(&models, part);
        rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
    };
    assert_eq!(names("1/2"), ["some/a", "some/c"]);
    assert_eq!(names("2/2"), ["some/b"]);
    for wrong in ["0/2", "3/2", "1", "a/b", "1/0"] {
        assert!(wrong.parse::<Share>().is_err(), "{wrong}");
    }
}

#[test]
fn less_than_the_document_says_is_noticed() {
    let rows = rows(&[("a.json", ONE)], "1/1");
    let document = table::document(&rows);
    assert_eq!(table::lost(&rows, &document), [""; 0]);
    let more = document.replace("| 2 | 1 |", "| 2 | 2 |");
    assert_ne!(more, document);
    assert_eq!(
        table::lost(&rows, &more),
        ["some/a: 1 instead of 2 operations"]
    );
}

#[test]
fn a_client_is_remembered_until_its_text_changes() {
    let folder = tempfile::tempdir().expect("there is room");
    let mut rows = rows(&[("a.json", ONE)], "1/1");
    let mut memory = memory::Memory::read(folder.path(), "lock");
    assert!(!memory.knows("build", &rows[0]));
    memory.keep("build", &rows[0]).expect("it can be written");
    let memory = memory::Memory::read(folder.path(), "lock");
    assert!(memory.knows("build", &rows[0]));
    assert!(!memory.knows("test", &rows[0]));
    assert!(!memory::Memory::read(folder.path(), "newer").knows("build", &rows[0]));
    rows[0].files[0].text.push('\n');
    assert!(!memory.knows("build", &rows[0]));
}

#[test]
fn the_table_for_programs_has_all_that_is_known() {
    let rows = rows(&[("a.json", ONE)], "1/1");
    let json: serde_json::Value = serde_json::from_str(&table::json(&rows)).expect("it is JSON");
    assert_eq!(json[0]["model"], "some/a");
    assert_eq!(json[0]["operations"], 2);
    assert!(json[0]["leftOut"]["Put"].is_string(), "{json}");
    assert!(
        json[0]["refused"].is_null() && json[0]["messages"].is_null(),
        "{json}"
    );
}

#[test]
fn models_in_the_idl_are_found_if_they_have_a_service() {
    let model = "$version: \"2\"
namespace a
use aws.protocols#restXml
@restXml
service S { operations: [Get] }
@http(method: \"GET\", uri: \"/\")
operation Get {}
";
    let shapes = "$version: \"2\"\nnamespace b\nstring Name\n";
    let rows = rows(&[("s.smithy", model), ("t.smithy", shapes)], "1/1");
    let names: Vec<_> = rows
        .iter()
        .map(|row| (row.name.as_str(), row.is_sound()))
        .collect();
    assert_eq!(names, [("some/s", true)]);
}

#[test]
fn a_folder_may_have_the_partitions_of_its_models() {
    #[derive(clap::Parser)]
    struct Command {
        #[command(flatten)]
        args: Args,
    }
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().to_str().expect("the path is a text");
    let named = || {
        let command = <Command as clap::Parser>::parse_from(["reach", path]);
        Folder::named(&command.args)
    };
    assert!(named().is_ok());
    std::fs::write(folder.path().join("partitions.json"), "no JSON").expect("it can be written");
    let problem = named().err().expect("they cannot be read").to_string();
    assert!(problem.contains("partitions.json"), "{problem}");
}
