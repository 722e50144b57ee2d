//! Links lead somewhere, on the pages of the repository and in the book.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::pages::{Page, pages, root};

#[test]
fn links_lead_to_files_and_headings() {
    let pages: Vec<_> = pages().into_iter().map(with_includes).collect();
    let headings: BTreeMap<_, _> = pages
        .iter()
        .map(|page| (page.path.as_path(), headings(&page.text)))
        .collect();
    let mut problems = Vec::new();
    for page in &pages {
        let (links, broken) = links(&page.text);
        let broken = broken.into_iter();
        let mut found: Vec<_> = broken.map(|it| format!("[{it}] is not defined")).collect();
        for link in links.iter().filter(|link| !link.contains("://")) {
            found.extend(problem(page, link, &headings).map(|it| format!("{link}: {it}")));
        }
        let path = page.path.display();
        problems.extend(found.iter().map(|problem| format!("{path}: {problem}")));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_book_has_every_page() {
    let docs = pages().into_iter().map(|page| page.path);
    let docs: BTreeSet<_> = docs.filter(|path| path.starts_with("docs")).collect();
    let summary = Path::new("docs/SUMMARY.md");
    let text = fs::read_to_string(root().join(summary)).unwrap();
    let listed = links(&text)
        .0
        .into_iter()
        .map(|it| Path::new("docs").join(it));
    let listed: BTreeSet<_> = listed.chain([summary.to_owned()]).collect();
    assert_eq!(listed, docs);
}

/// What is wrong with a link that stays in the repository.
fn problem(
    page: &Page,
    link: &str,
    headings: &BTreeMap<&Path, BTreeSet<String>>,
) -> Option<String> {
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let folder = page.path.parent().unwrap_or(Path::new(""));
    let target = match path {
        "" => page.path.clone(),
        _ => normal(&folder.join(path)),
    };
    if !root().join(&target).exists() {
        return Some("there is no such file".to_owned());
    }
    if page.path.starts_with("docs") && !target.starts_with("docs") {
        return Some("the book does not have it: name it without a link".to_owned());
    }
    let is_there = anchor.is_empty()
        || headings
            .get(target.as_path())
            .is_some_and(|headings| headings.contains(anchor));
    (!is_there).then(|| "there is no such heading".to_owned())
}

/// The page with what it includes, as mdbook does it: `{{#include path:anchor}}`.
fn with_includes(mut page: Page) -> Page {
    while let Some(start) = page.text.find("{{#include ") {
        let length = page.text[start..].find("}}").unwrap();
        let inner = &page.text[start + "{{#include ".len()..start + length];
        let (path, anchor) = inner.split_once(':').unwrap();
        let path = root().join("docs").join(path);
        let text = fs::read_to_string(&path).unwrap();
        let (_, text) = text
            .split_once(&format!("<!-- ANCHOR: {anchor} -->\n"))
            .unwrap();
        let (text, _) = text
            .split_once(&format!("<!-- ANCHOR_END: {anchor} -->\n"))
            .unwrap();
        page.text.replace_range(start..start + length + 2, text);
    }
    page
}

/// Where links lead, and those that use a name which is not defined.
fn links(text: &str) -> (Vec<String>, Vec<String>) {
    let mut broken = Vec::new();
    // A word in brackets is no link; `[words][name]` is meant as one.
    let note = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            broken.push(link.reference.to_string());
        }
        None
    };
    let options = Options::ENABLE_TABLES;
    let events = Parser::new_with_broken_link_callback(text, options, Some(note));
    let links = events.filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            Some(dest_url.to_string())
        }
        _ => None,
    });
    let links = links.collect();
    (links, broken)
}

/// The names that GitHub and mdbook give to headings.
fn headings(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                heading.iter_mut().for_each(|it| it.push_str(&text));
            }
            Event::End(TagEnd::Heading(_)) => names.extend(heading.take().map(|it| name(&it))),
            _ => {}
        }
    }
    names
}

fn name(heading: &str) -> String {
    let chars = heading.chars().filter_map(|char| match char {
        ' ' => Some('-'),
        '-' | '_' => Some(char),
        _ => char.is_alphanumeric().then(|| char.to_ascii_lowercase()),
    });
    chars.collect()
}

/// The path without `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => drop(normal.pop()),
            _ => normal.push(component),
        }
    }
    normal
}
