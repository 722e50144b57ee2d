//! The texts that problems are in.

use std::sync::Arc;

use super::Origins;

/// A model's text and the name shown for it in diagnostics.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    /// The files that the model was merged from, if the text itself is not a file.
    pub(super) origins: Option<Arc<Origins>>,
    /// The model in which problems are shown, if it is another one.
    pub(super) shown: Option<Arc<Source>>,
}

impl Source {
    /// Creates a source from a text and the name that diagnostics show, usually a path.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            origins: None,
            shown: None,
        }
    }

    /// Creates a model that was merged from files.
    pub(crate) fn of_files(name: &str, text: String, origins: Origins) -> Self {
        Self {
            name: name.to_owned(),
            text,
            origins: Some(Arc::new(origins)),
            shown: None,
        }
    }

    /// Replaces the text. Problems are shown at the places of their shapes in the unchanged model.
    pub fn changed(&self, text: impl Into<String>) -> Self {
        Self {
            shown: Some(Arc::new(self.clone())),
            ..Self::new(&self.name, text)
        }
    }

    /// The same model with another name.
    pub fn named(self, name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..self
        }
    }

    /// The name shown in diagnostics.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }
}
