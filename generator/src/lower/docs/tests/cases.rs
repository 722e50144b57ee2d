//! Texts and their conversion, in files below `tests/cases/docs`, one for each hazard.
//!
//! A case is `=== name`, the text, `===>`, and the lines of the result. The environment variable
//! `UPDATE_CASES` replaces the results in the files with the actual ones.

use std::fs;
use std::path::Path;

use super::check;
use crate::lower::docs::markdown;

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/docs");
    let mut failures = Vec::new();
    for file in fs::read_dir(folder).expect("the folder of cases can be listed") {
        let file = file.expect("the folder of cases can be read").path();
        let text = fs::read_to_string(&file).expect("a file of cases can be read");
        let cases: Vec<Case<'_>> = cases_of(text.trim_end()).map(Case::parse).collect();
        failures.extend(cases.iter().filter_map(Case::failure));
        if std::env::var_os("UPDATE_CASES").is_some() {
            let current: Vec<String> = cases.iter().map(Case::current).collect();
            fs::write(&file, current.join("\n") + "\n").expect("a file of cases can be written");
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Splits a file into cases.
fn cases_of(text: &str) -> impl Iterator<Item = &str> {
    let text = text
        .strip_prefix("=== ")
        .expect("a file starts with a case");
    text.split("\n=== ")
}

struct Case<'a> {
    name: &'a str,
    input: &'a str,
    expected: &'a str,
}

impl<'a> Case<'a> {
    fn parse(text: &'a str) -> Self {
        let (name, rest) = text.split_once('\n').expect("a case has a text");
        let (input, expected) = rest.split_once("\n===>").expect("a case has a result");
        Self {
            name,
            input,
            expected,
        }
    }

    fn result(&self) -> String {
        let docs = markdown(self.input);
        docs.lines().iter().flat_map(|line| ["\n", line]).collect()
    }

    fn current(&self) -> String {
        let Self { name, input, .. } = self;
        format!("=== {name}\n{input}\n===>{}", self.result())
    }

    fn failure(&self) -> Option<String> {
        let mut problems = check::problems(self.input);
        let result = self.result();
        if result != self.expected {
            problems.push(format!("expected:\n{}found:\n{result}", self.expected));
        }
        (!problems.is_empty()).then(|| format!("{}: {}", self.name, problems.join("\n")))
    }
}
