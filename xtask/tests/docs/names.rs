//! What ARCHITECTURE.md and CONTRIBUTING.md name exists: files, items and tests.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;

use pulldown_cmark::{Event, Options, Parser};
use walkdir::WalkDir;

use super::pages::{pages, root};

/// Names that are not in the repository's hand-written files.
const OTHERS: [&str; 14] = [
    // Of other programs and crates.
    "AWS_BEARER_TOKEN_VAULTS",
    "LOG_SENSITIVE_BODIES",
    "LOG_SIGNABLE_BODY",
    "preserve_order",
    "raw_value",
    // Examples of names.
    "_2",
    "closesString",
    "tests/parity/allow/aws-sdk-sqs.txt",
    // Files of clients whose models have tests.
    "src/conformance/events.rs",
    "src/conformance/outputs.rs",
    "src/conformance/requests.rs",
    // Written when a command runs.
    "models/.update.json",
    "target/parity",
    "target/reach",
];

#[test]
fn pages_for_maintainers_name_what_exists() {
    let sources = Sources::read();
    let mut unknown = Vec::new();
    for page in pages() {
        if !page.path.ends_with("ARCHITECTURE.md") && !page.path.ends_with("CONTRIBUTING.md") {
            continue;
        }
        for event in Parser::new_ext(&page.text, Options::ENABLE_TABLES) {
            if let Event::Code(code) = event
                && !OTHERS.contains(&&*code)
                && !sources.have(&code)
            {
                unknown.push(format!("{}: `{code}`", page.path.display()));
            }
        }
    }
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}

/// A key that is missing here is one that nobody finds.
#[test]
fn pages_list_all_keys_of_customizations() {
    let code = root().join("generator/src/config/customizations.rs");
    let code = fs::read_to_string(code).unwrap();
    let (_, terms) = code.split_once("struct Terms {").unwrap();
    let (terms, _) = terms.split_once("\n}").unwrap();
    let keys = terms.lines().filter_map(|line| {
        let (name, _) = line.trim().strip_prefix("pub(crate) ")?.split_once(':')?;
        Some(name.replace('_', "-"))
    });
    let keys: Vec<_> = keys.collect();
    assert!(keys.len() > 20, "{keys:?}");
    let texts: Vec<_> = pages().into_iter().map(|page| page.text).collect();
    let is_listed = |key: &&String| {
        let row = format!("| `{key} = ");
        texts.iter().any(|text| text.contains(&row))
    };
    let missing: Vec<_> = keys.iter().filter(|key| !is_listed(key)).collect();
    assert!(missing.is_empty(), "not listed: {missing:?}");
}

/// What there is to name.
struct Sources {
    /// Files and folders, from the workspace's folder.
    paths: HashSet<PathBuf>,
    /// Words of the texts.
    words: HashSet<String>,
}

impl Sources {
    fn read() -> Self {
        let mut sources = Self {
            paths: HashSet::new(),
            words: HashSet::new(),
        };
        let root = root();
        let is_hand_written = |name: &OsStr| name != "target" && name != ".git";
        let entries = WalkDir::new(&root).into_iter();
        for entry in entries.filter_entry(|entry| is_hand_written(entry.file_name())) {
            let path = entry.unwrap().into_path();
            let extension = path.extension().and_then(OsStr::to_str);
            let path_here = path.strip_prefix(&root).unwrap();
            let has_code = matches!(extension, Some("rs" | "toml" | "in"));
            if has_code && !path_here.starts_with("generated") {
                let text = fs::read_to_string(&path).unwrap();
                let words = text.split(|char: char| !char.is_alphanumeric() && char != '_');
                sources.words.extend(words.map(str::to_owned));
            }
            sources.paths.insert(path_here.to_owned());
        }
        sources
    }

    /// Whether there is such a path, or are all of these words.
    ///
    /// Commands, values and placeholders are not looked up.
    fn have(&self, code: &str) -> bool {
        if code.contains([' ', '<', '*', '…', '@', '=', '-', '{', '#', '$']) {
            return true;
        }
        let is_file = [".rs", ".toml", ".md", ".json", ".txt", ".in"];
        let is_file = is_file.iter().any(|end| code.ends_with(end));
        let path = code.trim_end_matches('/');
        let is_path = is_file || code.contains('/');
        let has_path = || path.starts_with('.') || self.paths.iter().any(|it| it.ends_with(path));
        let mut words = code.split(|char: char| !char.is_alphanumeric() && char != '_');
        let is_number = |word: &str| word.starts_with(|char: char| char.is_ascii_digit());
        let mut has_words = || words.all(|word| is_number(word) || self.words.contains(word));
        if is_path {
            has_path()
        } else {
            has_words() || has_path()
        }
    }
}
