use std::env;
use std::process::{self, Command};

use super::*;

/// `tests/parity` of the workspace.
fn lists() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/parity")
}

fn set(items: &[&str]) -> BTreeSet<String> {
    items.iter().map(|item| item.to_string()).collect()
}

/// The sample contains an item of every kind, private modules, renames, globs and aliases.
#[test]
fn lists_the_public_items_of_the_sample() {
    let sample = lists().join("sample");
    let out = env::temp_dir().join(format!("xtask-parity-{}", process::id()));
    let status = Command::new(env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into()))
        .args([
            "--edition",
            "2024",
            "--crate-name",
            "sample",
            "-Z",
            "unstable-options",
        ])
        .args(["--output-format", "json", "--out-dir"])
        .args([&out, &sample.join("lib.rs")])
        .env("RUSTC_BOOTSTRAP", "1")
        .status()
        .unwrap();
    assert!(status.success());
    let items = items::list(&rustdoc::read(&out.join("sample.json")).unwrap());
    fs::remove_dir_all(out).unwrap();

    let expected = lines(&read(&sample.join("items.txt")).unwrap());
    let missing: Vec<_> = expected.difference(&items).collect();
    let extra: Vec<_> = items.difference(&expected).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "missing {missing:#?}\nextra {extra:#?}"
    );
}

#[test]
fn a_missing_item_is_missing_unless_it_is_allowed() {
    let official = set(&["fn crate::a", "fn crate::b", "fn crate::c", "fn crate::cc"]);
    let ours = set(&["fn crate::a", "fn crate::d"]);
    let mut allow =
        AllowList::parse("# Not needed.\nfn crate::[bc]\n# Gone.\nfn crate::e").unwrap();
    let difference = Difference::between(&official, &ours, |item| allow.allows(item));
    assert_eq!(difference.missing, ["fn crate::cc"]);
    assert_eq!(difference.extra, set(&["fn crate::d"]));
    assert_eq!(
        difference.summary(),
        "parity: 1 of 4 items (25.0 %), 2 allowed, 1 missing, 1 extra",
    );
    assert_eq!(allow.stale().collect::<Vec<_>>(), [4]);
}

#[test]
fn a_pattern_needs_its_own_reason() {
    let rows = [
        ("fn a", Some(1)),
        ("#\nfn a", Some(2)),
        ("# Reason.\n\nfn a", Some(3)),
        ("# Reason.\nfn a\nfn b", Some(3)),
        ("# Reason.\nfn (", Some(2)),
        ("# Reason.\n# More of it.\nfn a\n\n# Other.\nfn b", None),
    ];
    for (text, line) in rows {
        let error = AllowList::parse(text).err().map(|error| error.to_string());
        let is_expected = match (&error, line) {
            (Some(error), Some(line)) => error.starts_with(&format!("line {line}")),
            (error, line) => error.is_none() && line.is_none(),
        };
        assert!(is_expected, "{text:?} gave {error:?}");
    }
}

#[test]
fn crates_are_those_with_a_list() {
    let all = services(&lists()).unwrap();
    assert_eq!(all, ["ivs", "ivs-realtime", "ivschat"]);
    let choice = |names: &[&str]| {
        choose(
            &names
                .iter()
                .map(|name| name.to_string())
                .collect::<Vec<_>>(),
            &all,
        )
    };
    assert_eq!(choice(&[]).unwrap(), all);
    assert_eq!(
        choice(&["ivschat", "client-ivs", "client-ivs"]).unwrap(),
        ["ivs", "ivschat"]
    );
    assert!(
        choice(&["client-s3"])
            .unwrap_err()
            .to_string()
            .contains("client-ivs-realtime")
    );
}

#[test]
fn the_allow_list_of_the_project_is_well_formed() {
    AllowList::parse(&read(&lists().join("allow.txt")).unwrap()).unwrap();
}
