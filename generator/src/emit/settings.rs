//! The settings of a client that do not come from its endpoint rules.

use std::collections::BTreeSet;

use super::file::Contents;
use super::templates::files;
use crate::ir::Client;

/// How the methods of `config::Builder` begin and end; templates are formatted.
const BLOCK: (&str, &str) = ("impl Builder {", "}");

/// How a method of it begins.
const METHOD: &str = "    pub fn ";

/// The names of the setters of `config::Builder` that the client has, but for those of its endpoint
/// rules, without the `set_` that every one of them has as well. Templates bring nearly all of them.
pub(crate) fn settings(client: &Client) -> BTreeSet<String> {
    let texts = files(client)
        .into_iter()
        .filter_map(|file| match file.contents {
            Contents::Template(text) => Some(text),
            Contents::Rust { .. } | Contents::Text(_) => None,
        });
    let of_sessions = client.sessions.iter().map(|it| it.provider.clone());
    let of_templates = texts.flat_map(|text| setters(&text));
    of_templates.chain(of_sessions).collect()
}

/// The setters in a template.
fn setters(text: &str) -> Vec<String> {
    let mut is_inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        is_inside = match is_inside {
            true => line != BLOCK.1,
            false => line == BLOCK.0,
        };
        let name = line
            .strip_prefix(METHOD)
            .filter(|_| is_inside)
            .and_then(|rest| rest.split(['(', '<']).next())
            .filter(|name| !name.starts_with("set_"));
        found.extend(name.map(str::to_owned));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setters_are_those_of_the_builder() {
        let text = "impl Config {\n    pub fn retries(&self) {}\n}\n\nimpl Builder {\n    \
                    pub fn retries(mut self) -> Self {\n        self\n    }\n\n    \
                    pub fn set_retries(&mut self) {}\n\n    fn own() {}\n    \
                    pub fn cache<T>(self) {}\n}\n\npub fn free() {}\n";
        assert_eq!(setters(text), ["retries", "cache"]);
    }
}
