//! Files of tables, such as `services.toml`.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, ValueDeserializer};

use super::faults::{self, Fault};
use crate::diagnostics::{Diagnostics, Place, Span};

/// All valid tables, by name.
pub(super) fn tables<'de, T: Deserialize<'de>>(
    text: &'de str,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<Spanned<String>, T> {
    let (tables, problems) = DeTable::parse_recoverable(text);
    for problem in &problems {
        let (message, remedy) = faults::of_syntax(problem.message());
        error(diagnostics, message, remedy, span_of(problem));
    }
    if !problems.is_empty() {
        return BTreeMap::new();
    }
    let root = std::any::type_name::<T>();
    let root = root.rsplit("::").next().unwrap_or(root);
    let mut read = BTreeMap::new();
    for (name, table) in tables.into_inner() {
        let key = name.span();
        let name = Spanned::new(key.clone(), name.into_inner().into_owned());
        match T::deserialize(ValueDeserializer::from(table)) {
            Ok(table) => {
                read.insert(name, table);
            }
            Err(problem) => {
                let place = span_of(&problem);
                let found = text.get(place.clone()).unwrap_or_default();
                let Fault {
                    message,
                    remedy,
                    in_value,
                } = faults::of_table(name.as_ref(), root, problem.message(), found);
                error(
                    diagnostics,
                    message,
                    remedy,
                    if in_value { place } else { key },
                );
            }
        }
    }
    read
}

fn span_of(error: &toml::de::Error) -> Range<usize> {
    error.span().unwrap_or_default()
}

/// Records a problem at a place of the file.
pub(super) fn error(
    diagnostics: &mut Diagnostics,
    message: impl Into<String>,
    remedy: impl Into<String>,
    place: Range<usize>,
) {
    diagnostics.error(Place::root(), message, remedy);
    diagnostics.at(Some(Span {
        offset: place.start,
        length: place.len(),
    }));
}
