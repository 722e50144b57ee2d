//! Rewrites errors of the TOML library for authors of files.

use crate::smithy::suggest::did_you_mean;

/// A problem in a table.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) remedy: String,
    /// Whether the place of the problem is a key or value, and not the whole table.
    pub(super) in_value: bool,
}

/// A text that is not TOML: message and remedy.
pub(super) fn of_syntax(problem: &str) -> (String, String) {
    let remedy = match problem {
        _ if problem.contains("string, expected `\"`") => "close the string with `\"`",
        _ if problem.contains("duplicate key") => "remove one of the two",
        _ => "correct the line; https://toml.io/en/v1.0.0 describes the format",
    };
    (format!("this is not TOML: {problem}"), remedy.to_owned())
}

/// A table that does not have the form of `root`. `found` is the wrong text.
pub(super) fn of_table(table: &str, root: &str, problem: &str, found: &str) -> Fault {
    let fault = |message: String, remedy: String| Fault {
        message: format!("`[{table}]`: {message}"),
        remedy,
        in_value: true,
    };
    let mut quoted = problem.split('`').skip(1).step_by(2);
    let named = quoted.next().unwrap_or_default();
    if problem.ends_with(&format!("expected struct {root}")) {
        return Fault {
            message: format!("`{table}` is not in a table"),
            remedy: "put it below the header of a service's table, such as `[ivs]`".to_owned(),
            in_value: false,
        };
    }
    if problem.starts_with("missing field") {
        return Fault {
            in_value: false,
            ..fault(
                format!("`{named}` is missing"),
                format!("add `{named} = \"…\"` to the table"),
            )
        };
    }
    if problem.starts_with("unknown field") {
        let known: Vec<&str> = quoted.collect();
        return fault(
            format!("there is no key `{named}`"),
            did_you_mean(named, known.iter().copied())
                .unwrap_or_else(|| format!("remove it; the keys are `{}`", known.join("`, `"))),
        );
    }
    if problem.starts_with("unknown variant") {
        let known: Vec<String> = quoted.map(|value| format!("`{value}`")).collect();
        return fault(
            format!("`{named}` is not a value of this key"),
            format!("use {}", known.join(" or ")),
        );
    }
    let expected = problem
        .split_once("expected ")
        .map_or("", |(_, expected)| expected);
    let (message, remedy) = of_value(expected, found);
    fault(message.unwrap_or_else(|| problem.to_owned()), remedy)
}

/// A value whose type is not that of the key: message and remedy.
fn of_value(expected: &str, found: &str) -> (Option<String>, String) {
    let (is_not, remedy) = match expected {
        "a string" => (
            "is not a string",
            match found.contains(['[', '{', '"', '\'']) {
                true => "write a single string in quotes".to_owned(),
                false => format!("put it in quotes: `\"{found}\"`"),
            },
        ),
        "a sequence" => (
            "is not an array",
            format!("put it in brackets: `[{found}]`"),
        ),
        "u32" | "u64" => (
            "is not a whole number",
            "write a number without quotes, such as `25`".to_owned(),
        ),
        "a boolean" => (
            "is neither true nor false",
            "write `true` or `false`, without quotes".to_owned(),
        ),
        _ if expected == "a map" || expected.starts_with("struct ") => (
            "is not a table",
            "write keys and values in braces, such as `{ Thing = \"NewThing\" }`".to_owned(),
        ),
        _ => {
            let remedy = "write a value of the type that is expected";
            return (None, remedy.to_owned());
        }
    };
    (Some(format!("`{found}` {is_not}")), remedy)
}
