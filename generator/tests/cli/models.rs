//! `check`, `inspect` and `diff`: what is said of models.

use super::*;

#[test]
fn check_says_what_is_in_the_way() {
    let good = gen_client(&["check", PAGES]);
    assert_eq!(code(&good), 0);
    assert_eq!(
        stdout(&good),
        format!("{PAGES}: a client can be generated, 5 operations\n")
    );
    let bad = gen_client(&["check", BROKEN]);
    assert_eq!(code(&bad), 1);
    assert_eq!(
        stdout(&bad),
        format!("{BROKEN}: 8 problems; no client can be generated\n")
    );
    assert_eq!(
        stderr(&bad).matches("error: ").count(),
        8,
        "{}",
        stderr(&bad)
    );
    // What comes through a pipe has no colours.
    assert!(!stderr(&bad).contains('\x1b'));
    let part = gen_client(&["check", PARTLY, "--leave-out-unsupported"]);
    assert_eq!(code(&part), 0, "{}", stderr(&part));
    let one = format!("{PARTLY}: a client can be generated, 1 operation, 1 left out\n");
    assert!(stdout(&part).starts_with(&one), "{}", stdout(&part));
    assert!(
        stdout(&part)
            .contains("  left out: WatchThing: `events` of its output is an event stream\n")
    );
    assert_eq!(code(&gen_client(&["check"])), 2);
}

/// Of many models each has a line, and what is all right is counted.
#[test]
fn check_has_a_line_for_each_of_many_models() {
    let models = [PAGES, BROKEN, WARNED, PARTLY, "missing.json"];
    let many = gen_client(&[&["check"], &models[..]].concat());
    assert_eq!(code(&many), 1);
    assert_eq!(stderr(&many), "");
    let expected = [
        format!("{PAGES}: a client can be generated, 5 operations"),
        format!("{BROKEN}: 8 problems: the service has no protocol trait (line 4)"),
        format!("{WARNED}: a client can be generated, 1 operation, 4 warnings"),
        format!(
            "{PARTLY}: 1 problem: `events` of its output is an event stream, which clients do not support for `WatchThing` with `awsQuery`"
        ),
        "missing.json: 1 problem: cannot read the file".to_owned(),
        "2 of 5 clients can be generated".to_owned(),
    ];
    assert_eq!(stdout(&many).lines().count(), expected.len());
    for (line, expected) in stdout(&many).lines().zip(&expected) {
        assert!(line.starts_with(expected), "{line}");
    }
    let fine = gen_client(&["check", PAGES, WARNED]);
    assert_eq!(code(&fine), 0);
    assert!(stdout(&fine).ends_with("\n2 of 2 clients can be generated\n"));

    let verbose = gen_client(&["check", PAGES, BROKEN, WARNED, "--verbose"]);
    assert_eq!(code(&verbose), 1);
    assert_eq!(stderr(&verbose).matches("error: ").count(), 8);
    assert_eq!(stderr(&verbose).matches("warning: ").count(), 4);
    assert!(stdout(&verbose).ends_with("\n2 of 3 clients can be generated\n"));

    let json = gen_client(&["check", BROKEN, WARNED, "--message-format", "json"]);
    assert_eq!(stdout(&json).lines().count(), 12);
    assert!(stderr(&json).ends_with("\n1 of 2 clients can be generated\n"));
}

#[test]
fn diff_suggests_a_version_and_returns_what_breaks() {
    let case = |file| format!("../tests/cases/diff/operation_removed/{file}.json");
    let (old, new) = (case("old"), case("new"));
    let report = gen_client(&["diff", &old, &new, "--version", "1.0.0"]);
    assert_eq!(code(&report), 0, "{}", stderr(&report));
    let expected = "client-new: major (1.0.0 -> 2.0.0)\n";
    assert!(stdout(&report).starts_with(expected), "{}", stdout(&report));
    let exit = |arguments: &[&str]| code(&gen_client(&[&["diff"], arguments].concat()));
    assert_eq!(exit(&[&old, &old, "--exit-code"]), 0);
    assert_eq!(exit(&[&new, &old, "--exit-code"]), 1);
    assert_eq!(exit(&[&old, &new, "--exit-code"]), 2);
    assert_eq!(exit(&[&old, "no/such.json", "--exit-code"]), 3);
    assert_eq!(exit(&[&old, BROKEN]), 3);
    assert_eq!(exit(&[&old]), 3);
    assert_eq!(exit(&["--help"]), 0);
    let json = gen_client(&["diff", &old, &new, "--format", "json"]);
    let json: Value = serde_json::from_str(&stdout(&json)).unwrap();
    assert_eq!(json["changes"][0]["kind"], "operation-removed");
    let problems = gen_client(&["diff", BROKEN, PARTLY, "--message-format", "json"]);
    assert_eq!(stdout(&problems).lines().count(), 8);
    assert!(stderr(&problems).ends_with("8 problems; nothing was compared\n"));
}

#[test]
fn the_protocol_can_be_chosen() {
    let folder = TempDir::new().unwrap();
    let generate = |options: &[&str]| {
        let out = folder.path().join(options.join(" ").replace('#', "_"));
        let arguments = [&["generate", SEVERAL, "--out", text(&out)], options].concat();
        let written = gen_client(&arguments);
        assert_eq!(code(&written), 0, "{}", stderr(&written));
        fs::read_to_string(out.join("Cargo.toml")).unwrap()
    };
    let is_json = |manifest: &str| {
        let [json, xml] =
            ["\naws-smithy-json ", "\naws-smithy-xml "].map(|it| manifest.contains(it));
        assert_ne!(json, xml, "{manifest}");
        json
    };
    assert!(is_json(&generate(&[])));
    assert!(is_json(&generate(&["--protocol", "restJson1"])));
    assert!(!is_json(&generate(&["--protocol", "restXml"])));
    assert!(!is_json(&generate(&[
        "--protocol",
        "aws.protocols#restXml"
    ])));

    let said = stdout(&gen_client(&["inspect", SEVERAL, "--protocol", "restXml"]));
    let both = "  aws.protocols#restJson1: supported\n  \
                aws.protocols#restXml: supported, and spoken by the client\n";
    assert!(said.contains(both), "{said}");
    let json = gen_client(&["inspect", SEVERAL, "--format", "json"]);
    let json: Value = serde_json::from_str(&stdout(&json)).unwrap();
    assert_eq!(json["protocol"], "aws.protocols#restJson1");

    // Names of XML are none of JSON's.
    let (old, new) = (
        folder.path().join("old.json"),
        folder.path().join("new.json"),
    );
    let model = fs::read_to_string(SEVERAL).unwrap();
    fs::write(&old, &model).unwrap();
    fs::write(&new, model.replace("\"thing\"", "\"item\"")).unwrap();
    let differ = |protocol| {
        let arguments = [
            "diff",
            text(&old),
            text(&new),
            "--exit-code",
            "--protocol",
            protocol,
        ];
        code(&gen_client(&arguments))
    };
    assert_eq!([differ("restJson1"), differ("restXml")], [0, 2]);

    let verbs: [&[&str]; 4] = [
        &["check", SEVERAL],
        &["inspect", SEVERAL],
        &["diff", SEVERAL, SEVERAL],
        &["generate", SEVERAL, "--out", text(folder.path())],
    ];
    for verb in verbs {
        let refused = gen_client(&[verb, &["--protocol", "restXlm"]].concat());
        assert_ne!(code(&refused), 0, "{verb:?}");
        let said = stderr(&refused);
        for words in [
            "clients do not support the protocol `restXlm`: the service speaks `restJson1`, `restXml`\n",
            "help: did you mean `restXml`?",
        ] {
            assert!(said.contains(words), "{said}");
        }
    }
}

#[test]
fn inspect_shows_what_is_supported() {
    let shown = gen_client(&["inspect", PARTLY]);
    assert_eq!(code(&shown), 0, "{}", stderr(&shown));
    let text = stdout(&shown);
    for words in [
        "A client can be generated without some operations: `--leave-out-unsupported`.\n",
        "\nOperations (2)\n",
        "\n  GetThing    GET /things\n  WatchThing  GET /events  receives events\n    not supported: `events` of its output is an event stream\n",
        "\n  aws.protocols#awsQuery: supported\n",
    ] {
        assert!(text.contains(words), "`{words}` is not in:\n{text}");
    }
    let json = gen_client(&["inspect", PARTLY, "--format", "json"]);
    let json: Value = serde_json::from_str(&stdout(&json)).unwrap();
    assert_eq!(json["verdict"], "partly-supported");
    assert_eq!(json["service"], "example#Service");
    assert_eq!(json["shapes"]["union"], 1);
    assert_eq!(json["operations"][0]["http"], "GET /things");
    assert_eq!(json["operations"][0]["receives_events"], false);
    assert_eq!(json["operations"][1]["receives_events"], true);
    let traits = json["traits"].as_array().unwrap();
    let level = |id: &str| {
        traits
            .iter()
            .find(|it| it["id"] == id)
            .map(|it| &it["level"])
    };
    assert_eq!(level("smithy.api#streaming").unwrap(), "supported");

    // What is broken can be looked at as long as there is a service.
    let broken = gen_client(&["inspect", BROKEN]);
    assert_eq!(code(&broken), 0);
    let text = stdout(&broken);
    for words in [
        "No client can be generated: `smithy-client-gen check ",
        "\nTraits that are newer than the generator (1)\n  smithy.api#imaginary ",
        "\n  smithy.api#httpDigestAuth: not supported\n",
    ] {
        assert!(text.contains(words), "`{words}` is not in:\n{text}");
    }
    for model in ["json_syntax", "service_missing", "service_choice"] {
        let model = format!("../tests/cases/errors/{model}/model.json");
        let refused = gen_client(&["inspect", &model]);
        assert_eq!(code(&refused), 1);
        assert!(stderr(&refused).ends_with("1 problem; there is nothing to show\n"));
    }
}
