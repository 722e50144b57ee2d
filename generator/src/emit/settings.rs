//! The settings of a client that do not come from its endpoint rules.

use std::collections::BTreeSet;

use super::file::Contents;
use super::templates::files;
use crate::ir::Client;

/// The lines around the methods of `config::Builder` in templates, which are formatted.
const BLOCK: (&str, &str) = ("impl Builder {", "}");

/// The beginning of a method in such a block.
const METHOD: &str = "    pub fn ";

/// The names of the setters of `config::Builder`, without those of the endpoint rules and without
/// the variants with `set_`. Nearly all of them are in templates.
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
