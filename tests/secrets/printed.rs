//! Collects texts, and searches them.

use std::error::Error;
use std::fmt::{Debug, Display};

use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// All printed texts, with their origin.
#[derive(Default)]
pub struct Printed(Vec<(String, String)>);

impl Printed {
    /// Prints with `Debug`.
    pub fn debug(&mut self, what: &str, value: &dyn Debug) {
        self.add(what, format!("{value:?}"));
        self.add(what, format!("{value:#?}"));
    }

    /// Prints with `Display`.
    pub fn display(&mut self, what: &str, value: &dyn Display) {
        self.add(what, value.to_string());
    }

    /// Prints in all ways that an error and its causes can be printed.
    pub fn error(&mut self, what: &str, error: &(dyn Error + 'static)) {
        self.display(what, &DisplayErrorContext(error));
        let mut cause = Some(error);
        while let Some(error) = cause {
            self.debug(what, &error);
            self.display(what, &error);
            cause = error.source();
        }
    }

    /// Prints an error's metadata.
    pub fn meta(&mut self, what: &str, error: &impl ProvideErrorMetadata) {
        self.debug(what, error.meta());
        self.display(what, error.meta());
        self.display(what, &error.message().unwrap_or_default());
    }

    /// Adds texts that were collected elsewhere.
    pub fn add_all(&mut self, what: &str, texts: Vec<String>) {
        texts.into_iter().for_each(|text| self.add(what, text));
    }

    fn add(&mut self, what: &str, text: String) {
        self.0.push((what.to_owned(), text));
    }

    /// Checks that no text contains a secret.
    pub fn check(&self, secrets: &[&str]) {
        let found = self
            .0
            .iter()
            .filter(|(_, text)| secrets.iter().any(|it| text.contains(it)));
        let found: Vec<_> = found
            .map(|(what, text)| format!("{what}: {text}"))
            .collect();
        assert!(
            found.is_empty(),
            "{} of {} texts:\n{}",
            found.len(),
            self.0.len(),
            found.join("\n")
        );
        println!("{} texts", self.0.len());
    }
}
