//! The hand-written pages, and the commands in them.
//!
//! The tests of `generator` use this as well: each package can run its own program only.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// A page.
pub struct Page {
    /// From the workspace's folder, such as `docs/using.md`.
    pub path: PathBuf,
    pub text: String,
}

/// All pages that are written by hand.
pub fn pages() -> Vec<Page> {
    let docs = fs::read_dir(root().join("docs")).unwrap();
    let docs = docs.map(|entry| Path::new("docs").join(entry.unwrap().file_name()));
    let docs = docs.filter(|path| path.extension().is_some_and(|it| it == "md"));
    let others = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"].map(PathBuf::from);
    let mut paths: Vec<_> = docs.chain(others).collect();
    paths.sort();
    let read = |path: PathBuf| Page {
        text: fs::read_to_string(root().join(&path)).unwrap(),
        path,
    };
    paths.into_iter().map(read).collect()
}

/// The workspace's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

impl Page {
    /// Commands of this program, as words: those of `sh` and `console` blocks, and code in the text.
    pub fn commands(&self, program: &[&str]) -> Vec<Vec<String>> {
        let mut commands = Vec::new();
        let mut language = String::new();
        for event in Parser::new_ext(&self.text, Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    language = info.into_string();
                }
                Event::Text(text) if language == "sh" => {
                    commands.extend(text.lines().map(words));
                }
                Event::Text(text) if language == "console" => {
                    let lines = text.lines().filter_map(|line| line.strip_prefix("$ "));
                    commands.extend(lines.map(words));
                }
                Event::End(_) => language.clear(),
                Event::Code(code) => commands.push(words(&code)),
                _ => {}
            }
        }
        commands.retain(|words| is_of(words, program));
        commands
    }

    /// Compares what `console` blocks show below a command of this program with what it prints.
    ///
    /// `UPDATE_EXPECTED=1` writes what it prints.
    pub fn compare_outputs(&self, program: &[&str], run: impl Fn(&[String]) -> Output) {
        let mut text = self.text.clone();
        let blocks = Parser::new(&self.text).into_offset_iter();
        let blocks = blocks.filter_map(|(event, range)| match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info == "console" => {
                Some(range)
            }
            _ => None,
        });
        let blocks: Vec<_> = blocks.collect();
        // From the last one on, so that the places of the others stay right.
        for range in blocks.into_iter().rev() {
            let lines = self.text[range.clone()].lines();
            let command = lines
                .skip(1)
                .find_map(|line| line.trim_start().strip_prefix("$ "));
            let command = command.unwrap_or_else(|| panic!("{}: no `$`", self.path.display()));
            let words = words(command);
            if !is_of(&words, program) {
                continue;
            }
            let output = run(&words[program.len()..]);
            let printed = [output.stderr, output.stdout].concat();
            let printed = String::from_utf8(printed).unwrap();
            let block = format!("```console\n$ {command}\n{}\n```", printed.trim_end());
            text.replace_range(range, &block);
        }
        if std::env::var_os("UPDATE_EXPECTED").is_some() && text != self.text {
            fs::write(root().join(&self.path), &text).unwrap();
        } else if let Some((shown, printed)) =
            self.text.lines().zip(text.lines()).find(|(a, b)| a != b)
        {
            panic!(
                "{}: a command prints something else; see CONTRIBUTING.md\n  \
                 page:    {shown}\n  command: {printed}",
                self.path.display()
            );
        } else {
            assert_eq!(text, self.text, "{}", self.path.display());
        }
    }
}

/// The words of a command, up to what a shell does with it.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for char in command.chars().chain([' ']) {
        match (char, quote) {
            ('\'' | '"', None) => quote = Some(char),
            (_, Some(open)) if char == open => quote = None,
            (' ', None) if word.is_empty() => {}
            (' ', None) => words.push(std::mem::take(&mut word)),
            _ => word.push(char),
        }
    }
    let ends = |word: &String| ["|", "&&", ">", "#"].iter().any(|it| word.starts_with(it));
    let end = words.iter().position(ends).unwrap_or(words.len());
    words.truncate(end);
    words
}

/// Whether a command is one of this program.
fn is_of(words: &[String], program: &[&str]) -> bool {
    words.len() >= program.len() && words.iter().zip(program).all(|(word, name)| word == name)
}
