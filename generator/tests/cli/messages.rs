//! What is printed, and where.

use super::*;

/// Every verb says what it has passed over, and does what it is asked for.
#[test]
fn warnings_are_printed_by_every_verb() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("client");
    let generate = ["generate", WARNED, "--out", text(&out)];
    let verbs: [&[&str]; 4] = [
        &generate,
        &["check", WARNED],
        &["inspect", WARNED],
        &["diff", WARNED, WARNED],
    ];
    for arguments in verbs {
        let done = gen_client(arguments);
        assert_eq!(code(&done), 0, "{}", stderr(&done));
        let said = stderr(&done);
        assert!(
            said.contains("warning: `aws.api#service` has no property `serviceName`"),
            "{arguments:?}: {said}"
        );
    }
    assert!(out.join("src/lib.rs").exists());
    let json = gen_client(&["check", WARNED, "--message-format", "json"]);
    assert_eq!(code(&json), 0);
    let first: Value = serde_json::from_str(stdout(&json).lines().next().unwrap()).unwrap();
    assert_eq!(first["level"], "warning");
}

#[test]
fn messages_are_json_objects_for_programs() {
    let checked = gen_client(&["check", PAGES, BROKEN, "--message-format", "json"]);
    assert_eq!(code(&checked), 1);
    let text = stdout(&checked);
    let messages: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    assert_eq!(messages.len(), 8);
    let fields = [
        "level", "message", "file", "line", "column", "end", "shape", "path", "related", "remedy",
        "rendered",
    ];
    for message in &messages {
        let found: Vec<&String> = message.as_object().unwrap().keys().collect();
        assert_eq!(found, fields);
        assert_eq!(message["level"], "error");
        assert_eq!(message["file"], BROKEN);
        assert!(message["rendered"].as_str().unwrap().starts_with("error: "));
    }
    let missing = &messages[5];
    assert_eq!(missing["message"], "the shape `example#Nam` does not exist");
    assert_eq!(missing["line"], 37);
    assert_eq!(missing["column"], 21);
    assert_eq!(missing["end"]["column"], 34);
    assert_eq!(missing["shape"], "example#GetThingInput$name");
    assert_eq!(
        missing["path"],
        "Service > GetThing > input GetThingInput > name"
    );
    // What is for people does not get between.
    assert!(stderr(&checked).contains("a client can be generated"));
    assert!(stderr(&checked).ends_with("1 of 2 clients can be generated\n"));
}

#[test]
fn quiet_and_verbose() {
    let folder = TempDir::new().unwrap();
    let generate = ["generate", PAGES, "--out", text(folder.path())];
    let verbose = gen_client(&[&generate[..], &["-v"]].concat());
    let library = folder.path().join("src/lib.rs");
    let said = stdout(&verbose);
    let new = format!("\n  new: {}\n", text(&library));
    assert!(said.contains(&new), "{said}");
    fs::write(&library, "").unwrap();
    let check = [&generate[..], &["--check", "--quiet"]].concat();
    let stale = gen_client(&check);
    assert_eq!(code(&stale), 1);
    let said = stdout(&stale);
    assert!(
        said.starts_with("\ngenerated code is out of date; run: "),
        "{said}"
    );
    let old = "../tests/cases/diff/operation_removed/old.json";
    let new = "../tests/cases/diff/operation_removed/new.json";
    let quiet: [(&[&str], i32); 5] = [
        (&["generate", PAGES, "--out", text(folder.path()), "-q"], 0),
        (&check, 0),
        (&["check", PAGES, "-q"], 0),
        (&["inspect", PAGES, "-q"], 0),
        (&["diff", old, new, "-q", "--exit-code"], 2),
    ];
    for (arguments, expected) in quiet {
        let output = gen_client(arguments);
        assert_eq!(
            code(&output),
            expected,
            "{arguments:?}: {}",
            stderr(&output)
        );
        assert_eq!(stdout(&output), "", "{arguments:?}");
        assert_eq!(stderr(&output), "", "{arguments:?}");
    }
    let broken = gen_client(&["check", BROKEN, "-q"]);
    assert!(
        stdout(&broken).contains("8 problems;"),
        "{}",
        stdout(&broken)
    );
    assert_eq!(
        code(&gen_client(&[&generate[..], &["-q", "-v"]].concat())),
        2
    );
}

#[test]
fn completions_name_commands_and_options() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = gen_client(&["completions", shell]);
        assert_eq!(code(&script), 0, "{}", stderr(&script));
        for word in ["generate", "leave-out-unsupported", "protocol"] {
            assert!(stdout(&script).contains(word), "{shell}: {word}");
        }
        // The scripts of the others complete no values.
        let has_values = ["bash", "zsh", "fish"].contains(&shell);
        assert_eq!(
            stdout(&script).contains("awsJson1_0"),
            has_values,
            "{shell}"
        );
    }
    assert_eq!(code(&gen_client(&["completions", "cmd"])), 2);
}

/// A full disk, and a reader that has seen enough.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_said_is_a_failure() {
    let folder = TempDir::new().unwrap();
    let old = "../tests/cases/diff/operation_removed/old.json";
    let generate = ["generate", PAGES, "--out", text(folder.path())];
    let cases: [(&[&str], i32); 9] = [
        (&generate, 1),
        (&["check", PAGES], 1),
        (&["check", BROKEN, "--message-format", "json"], 1),
        (&["inspect", PAGES], 1),
        (&["diff", old, old], 3),
        (&["diff", "--help"], 3),
        (&["completions", "zsh"], 1),
        (&["--help"], 1),
        (&["--version"], 1),
    ];
    for (arguments, expected) in cases {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let failed = command(arguments).stdout(full).output().unwrap();
        assert_eq!(code(&failed), expected, "{arguments:?}");
        assert_eq!(
            stderr(&failed),
            "error: cannot write to stdout: No space left on device (os error 28)\n",
            "{arguments:?}"
        );
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let closed = command(arguments).stdout(writer).output().unwrap();
        assert_eq!(code(&closed), 141, "{arguments:?}");
        assert_eq!(stderr(&closed), "", "{arguments:?}");
    }
    // What was done before is done.
    assert!(folder.path().join("src/lib.rs").exists());
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let json = ["check", PAGES, "--message-format", "json"];
    assert_eq!(code(&command(&json).stderr(full).output().unwrap()), 1);
}

#[cfg(unix)]
#[test]
fn what_is_said_of_a_failed_run_is_true() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let below = folder.path().join("file/client");
    let failed = gen_client(&["generate", PAGES, "--out", text(&below)]);
    assert_eq!(code(&failed), 1);
    assert!(
        stderr(&failed).ends_with("1 problem; nothing was written\n"),
        "{}",
        stderr(&failed)
    );
}

#[test]
fn help_and_wrong_arguments() {
    let help = gen_client(&["--help"]);
    assert_eq!(code(&help), 0);
    for verb in ["generate", "check", "diff", "inspect"] {
        assert!(
            stdout(&help).contains(&format!("\n  {verb} ")),
            "{}",
            stdout(&help)
        );
        let help = gen_client(&[verb, "--help"]);
        assert_eq!(code(&help), 0);
        assert!(
            stdout(&help).contains("--message-format"),
            "{}",
            stdout(&help)
        );
    }
    assert_eq!(code(&gen_client(&[])), 2);
    assert_eq!(code(&gen_client(&["generat"])), 2);
    assert_eq!(
        code(&gen_client(&["check", PAGES, "--message-format", "xml"])),
        2
    );
}
