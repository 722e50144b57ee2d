//! Parts of templates that only some clients have.
//!
//! A section consists of the lines between `//~ if bearer` and `//~ end`. `not` negates a
//! condition, and `|` means "or". The marker lines themselves are removed.

use std::borrow::Cow;

use super::file::{Contents, File};
use crate::config::Layout;
use crate::ir::endpoints::LibraryFile;
use crate::ir::{ApiKey, AuthScheme, Client, HostPart, Needed, OperationModule};
use crate::protocol::{Format, Object};

/// The prefix of marker lines.
const MARK: &str = "//~ ";

/// A condition.
type Question = fn(&Client) -> bool;

/// Whether a body is a member whose media type does not follow from the protocol.
fn has_labeled_bodies(client: &Client) -> bool {
    let mut payloads = client
        .operations
        .iter()
        .filter_map(|it| it.payload.as_ref());
    payloads.any(|payload| payload.media_type.is_some())
}

/// The conditions by name.
const WORDS: &[(&str, Question)] = &[
    ("accepts-events", |client| {
        client.operations.iter().any(|it| it.accepts_events)
    }),
    ("account-ids", Client::has_account_ids),
    ("any-root", |client| !client.service.any_root.is_empty()),
    ("api-key", |client| client.service.has(AuthScheme::ApiKey)),
    ("aws", |client| client.service.is_aws),
    ("aws-bearer", |client| {
        client.service.is_aws && client.service.has(AuthScheme::Bearer)
    }),
    ("bare-api-key", |client| {
        let key = client.service.api_key.as_ref();
        key.is_some_and(|key| matches!(key, ApiKey::Header { scheme: None, .. }))
    }),
    ("basic", |client| client.service.has(AuthScheme::Basic)),
    ("bearer", |client| client.service.has(AuthScheme::Bearer)),
    ("checksums", |client| client.has_checksums()),
    ("chunks", Client::has_chunks),
    ("compression", |client| {
        client.needs(OperationModule::Compression)
    }),
    ("database-users", |client| {
        let tokens = client.service.auth_tokens.as_ref();
        tokens.is_some_and(|tokens| tokens.database_users)
    }),
    ("discovery", |client| client.discovery.is_some()),
    ("empty-404", |client| {
        client.service.code_of_empty_404.is_some()
    }),
    ("endpoint-calls", |client| {
        client.endpoints.library.contains(&LibraryFile::Calls)
    }),
    ("endpoint-auth", |client| client.has_endpoint_auth()),
    ("errors-in-success", |client| {
        client.service.errors_in_success
    }),
    ("environment-token", |client| {
        client.service.environment_token.is_some()
    }),
    ("extended-request-id", |client| {
        client.service.extended_request_id
    }),
    ("headers", |client| !client.service.headers.is_empty()),
    ("host-labels", |client| {
        let mut prefixes = client.operations.iter().flat_map(|it| &it.host_prefix);
        prefixes.any(|part| matches!(part, HostPart::Field(_)))
    }),
    ("initial-request", |client| {
        client.needs(OperationModule::InitialRequest)
    }),
    ("initial-response", |client| {
        client.needs(OperationModule::InitialResponse)
    }),
    ("labeled-bodies", has_labeled_bodies),
    ("labeled-bodies-of-others", |client| {
        has_labeled_bodies(client) && client.has_presigning()
    }),
    ("needed-by-endpoints", |client| {
        let mut required = client.operations.iter().flat_map(|it| &it.required);
        required.any(|binding| binding.needed == Needed::NotBlank)
    }),
    ("own-bearer", |client| {
        !client.service.is_aws && client.service.has(AuthScheme::Bearer)
    }),
    ("package", |client| client.package.layout == Layout::Package),
    ("own-signing", |client| client.service.signing.is_some()),
    ("prefixes", Client::has_prefixes),
    ("presigning", |client| client.has_presigning()),
    ("retries", |client| client.service.retries.is_some()),
    ("rpc-v2-cbor", |client| {
        client.service.protocol.protocol.object == Object::RpcV2Cbor
    }),
    ("sends-errors", |client| {
        let mut streams = client.unions.iter().filter_map(|it| it.stream.as_ref());
        streams.any(|stream| stream.is_sent && !stream.errors.is_empty())
    }),
    ("sends-events", |client| {
        client.needs(OperationModule::EventSender)
    }),
    ("sessions", |client| client.sessions.is_some()),
    ("sigv4a", |client| client.has_sigv4a()),
    ("transient-errors", |client| {
        !client.service.transient_errors.is_empty()
    }),
    ("usual-signing", |client| {
        client.service.is_aws && client.service.signing.is_none()
    }),
    ("xml-enums", |client| {
        let format = client.service.protocol.protocol.format;
        format == Format::Xml && !client.enums.is_empty()
    }),
];

/// A file with those sections of its template only that the client has.
pub(super) fn with_sections(mut file: File, client: &Client) -> File {
    if let Contents::Template(Cow::Borrowed(text)) = file.contents {
        file.contents = Contents::Template(chosen(text, client));
    }
    file
}

/// A template with the sections that this client has.
pub(super) fn chosen(text: &'static str, client: &Client) -> Cow<'static, str> {
    parts(text, |word| {
        let known = WORDS.iter().find(|(known, _)| *known == word);
        let (_, applies) = known.unwrap_or_else(|| panic!("templates cannot ask for {word}"));
        applies(client)
    })
}

/// A text with the sections whose conditions hold. Sections can be nested.
///
/// # Panics
///
/// Panics if a section has no end, which is a bug of a template.
fn parts(text: &'static str, holds: impl Fn(&str) -> bool) -> Cow<'static, str> {
    parts_where(text, |condition| is_met(condition, &holds))
}

/// The same for sections that are chosen by their whole condition.
fn parts_where(text: &'static str, is_met: impl Fn(&str) -> bool) -> Cow<'static, str> {
    if !text.contains(MARK) {
        return Cow::Borrowed(text);
    }
    let mut chosen = String::with_capacity(text.len());
    // Whether the condition of each section around a line holds.
    let mut sections = Vec::new();
    for line in text.split_inclusive('\n') {
        match line.trim().strip_prefix(MARK) {
            Some("end") => {
                let ended = sections.pop();
                assert!(ended.is_some(), "no section ends here: {chosen}");
            }
            Some(mark) => {
                let condition = mark.strip_prefix("if ");
                let condition = condition.unwrap_or_else(|| panic!("no section begins by {mark}"));
                sections.push(is_met(condition));
            }
            None if sections.iter().all(|it| *it) => chosen.push_str(line),
            None => {}
        }
    }
    assert!(sections.is_empty(), "a section has no end: {text}");
    Cow::Owned(chosen)
}

fn is_met(condition: &str, holds: impl Fn(&str) -> bool) -> bool {
    match condition.strip_prefix("not ") {
        Some(condition) => !is_met(condition, holds),
        None => condition.split(" | ").any(holds),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::PathBuf;

    use walkdir::WalkDir;

    use super::*;

    #[test]
    fn a_section_is_there_when_its_condition_holds() {
        let text = "a\n    //~ if one\nb\n    //~ end\n//~ if not one | two\nc\n//~ end\nd\n";
        let with = |words: &'static [&str]| parts(text, |word| words.contains(&word));
        assert_eq!(with(&["one"]), "a\nb\nd\n");
        assert_eq!(with(&["two"]), "a\nd\n");
        assert_eq!(with(&[]), "a\nc\nd\n");
        assert!(matches!(parts("a // ~ if", |_| false), Cow::Borrowed(_)));
        let text = "//~ if one\na\n//~ if two\nb\n//~ end\nc\n//~ end\nd\n";
        let with = |words: &'static [&str]| parts(text, |word| words.contains(&word));
        assert_eq!(with(&["one", "two"]), "a\nb\nc\nd\n");
        assert_eq!(with(&["one"]), "a\nc\nd\n");
        assert_eq!(with(&["two"]), "d\n");
    }

    /// All templates, each with its path.
    fn templates() -> impl Iterator<Item = (PathBuf, &'static str)> {
        let folder = WalkDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../templates"));
        let entries = folder
            .into_iter()
            .map(|entry| entry.expect("it can be read"));
        let files = entries.filter(|entry| entry.file_type().is_file());
        files.map(|file| {
            let text = fs::read_to_string(file.path()).expect("it is a text");
            (file.into_path(), &*text.leak())
        })
    }

    /// The tests belong to the crate around a module.
    #[test]
    fn modules_have_no_tests() {
        for (path, text) in templates() {
            // Whatever else a client has or has not.
            let text = parts_where(text, |condition| condition != "package");
            let is_there = text.contains("cfg(test") || text.contains("cfg(all(test");
            assert!(!is_there, "{}", path.display());
        }
    }

    #[test]
    fn templates_ask_for_every_word_and_for_no_other() {
        let asked = RefCell::new(BTreeSet::new());
        for (_, text) in templates() {
            parts(text, |word| {
                asked.borrow_mut().insert(word.to_owned());
                false
            });
        }
        let known = WORDS.iter().map(|(word, _)| (*word).to_owned());
        assert_eq!(asked.into_inner(), known.collect());
    }
}
