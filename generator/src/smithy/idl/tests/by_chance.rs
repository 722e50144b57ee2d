//! Randomly broken texts, and large ones.

use std::fmt::Write as _;

use super::{cases, files, shared};
use crate::diagnostics::{Diagnostics, Source};
use crate::smithy;

/// `IDL_FUZZ_SECONDS=600` tries for ten minutes.
#[test]
fn no_text_makes_the_parser_panic() {
    let seconds = std::env::var("IDL_FUZZ_SECONDS").ok();
    let seconds = seconds.and_then(|it| it.parse::<u64>().ok());
    let mut texts: Vec<String> = files(&cases(""), "smithy")
        .iter()
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    if let Some(folder) = shared("idl/valid") {
        texts.extend(
            files(&folder, "smithy")
                .iter()
                .map(|it| std::fs::read_to_string(it).unwrap()),
        );
    }
    let start = std::time::Instant::now();
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let mut round = 0_u64;
    loop {
        let is_done = match seconds {
            Some(seconds) => start.elapsed().as_secs() >= seconds,
            None => round == 3_000,
        };
        if is_done {
            break;
        }
        round += 1;
        let text = random.mutated(&texts);
        if let Ok(source) = Source::parse("fuzzed.smithy", text.clone()) {
            let mut diagnostics = Diagnostics::new();
            if let Some(ast) = smithy::parse(&source, &mut diagnostics) {
                smithy::assemble(&ast, None, &mut diagnostics);
            }
            diagnostics.in_source(&source);
        }
    }
    println!("{round} texts");
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }

    /// A text with up to eight changes: parts are removed, repeated, or taken from other texts.
    fn mutated(&mut self, texts: &[String]) -> String {
        const PIECES: [&str; 22] = [
            "{", "}", "[", "]", "(", ")", "\"", "\"\"\"", "\\", "\\u", "@", "$", "#", ":=", "=",
            "\n", "\r\n", "///", "é", "with [", "apply ", "for ",
        ];
        let mut text: Vec<char> = texts[self.below(texts.len())].chars().collect();
        for _ in 0..=self.below(8) {
            let from = self.below(text.len() + 1);
            let to = (from + self.below(12)).min(text.len());
            let new: Vec<char> = match self.below(4) {
                0 => Vec::new(),
                1 => PIECES[self.below(PIECES.len())].chars().collect(),
                2 => text[from..to].repeat(2),
                _ => {
                    let other: Vec<char> = texts[self.below(texts.len())].chars().collect();
                    let start = self.below(other.len() + 1);
                    other.into_iter().skip(start).take(20).collect()
                }
            };
            text.splice(from..to, new);
        }
        text.into_iter().collect()
    }
}

/// `IDL_MEGABYTES=10` tries a larger text. Use `--nocapture` and `--release` to see the time.
#[test]
fn work_grows_with_the_text() {
    let megabytes = std::env::var("IDL_MEGABYTES")
        .ok()
        .and_then(|it| it.parse::<usize>().ok());
    let size = megabytes.map_or(100_000, |it| it * 1_000_000);
    let mut text = "$version: \"2.0\"\nnamespace large\n".to_owned();
    let mut count = 0;
    while text.len() < size {
        count += 1;
        let _ = write!(
            text,
            "/// The structure {count}, which has members.\nstructure S{count} {{\n    /// A name.\n    \
             @required\n    @length(min: 1, max: 20)\n    name: String\n    other: S{count}\n}}\n\n"
        );
    }
    let start = std::time::Instant::now();
    let source = Source::parse("large.smithy", text).unwrap();
    println!("{count} shapes in {:?}", start.elapsed());
    assert!(source.text().contains(&format!("\"large#S{count}\"")));
}
