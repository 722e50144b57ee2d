//! The traits of a shape or member, and how the generator treats each trait it knows.

mod accessors;
mod form;
mod table;
mod values;

use std::borrow::Cow;
use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::ser::{Error as _, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

pub(crate) use self::form::{Fault, describe};
pub use self::table::{Support, support};
pub(crate) use self::table::{
    form, ids, is_auth_scheme, is_misspelled, is_protocol, uses_http_bindings,
};
pub use self::values::{
    AwsService, Deprecated, ErrorKind, Http, HttpApiKeyAuth, HttpChecksum, NumberRange, Paginated,
    Range, Retryable,
};
use super::exact;
pub use crate::protocol::TimestampFormat;

/// The [traits](https://smithy.io/2.0/spec/model.html#traits) applied to a shape or member, in
/// the order of the model: trait id and value.
///
/// The typed accessors assume that values have the form in the table of traits, which resolving
/// checks. A value of another form is treated as absent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traits {
    values: IndexMap<String, Value>,
    /// The texts of values with numbers whose digits exceed those of a [`Value`].
    texts: BTreeMap<String, String>,
}

impl Traits {
    /// No traits.
    pub fn new() -> Self {
        <Self as Default>::default()
    }

    /// Whether the trait is applied.
    pub fn has(&self, id: &str) -> bool {
        self.values.contains_key(id)
    }

    /// The value of a trait.
    pub fn get(&self, id: &str) -> Option<&Value> {
        self.values.get(id)
    }

    /// The value of a trait as JSON with all digits of numbers.
    pub(crate) fn text(&self, id: &str) -> Option<Cow<'_, str>> {
        let value = self.get(id)?;
        let text = self.texts.get(id).map(|text| Cow::Borrowed(text.as_str()));
        Some(text.unwrap_or_else(|| Cow::Owned(value.to_string())))
    }

    /// The value of a trait whose value is a string.
    pub fn string(&self, id: &str) -> Option<&str> {
        self.get(id)?.as_str()
    }

    /// All traits, in the order of the model.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values.iter().map(|(id, value)| (id.as_str(), value))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// All traits with their values, in the order of the model.
    pub(crate) fn entries(&self) -> &IndexMap<String, Value> {
        &self.values
    }

    /// All traits with their values, to change them or their order.
    pub(crate) fn entries_mut(&mut self) -> &mut IndexMap<String, Value> {
        &mut self.values
    }

    /// Sets a trait, replacing one with the same id.
    pub(crate) fn set(&mut self, id: impl Into<String>, value: Value) {
        let id = id.into();
        self.texts.remove(&id);
        self.values.insert(id, value);
    }

    /// The same, for a value that was read from a text.
    pub(super) fn set_read(&mut self, id: &str, value: Value, text: &str) {
        let lacks_digits = exact::lacks_digits(&value, text);
        self.set(id, value);
        if lacks_digits {
            self.texts.insert(id.to_owned(), text.to_owned());
        }
    }

    /// Sets all traits of `other`, replacing those with the same ids.
    pub(crate) fn extend(&mut self, other: &Traits) {
        for (id, value) in &other.values {
            self.set(id, value.clone());
        }
        let texts = other.texts.iter();
        let texts = texts.map(|(id, text)| (id.clone(), text.clone()));
        self.texts.extend(texts);
    }

    /// Removes a trait.
    pub(crate) fn remove(&mut self, id: &str) {
        self.texts.remove(id);
        self.values.shift_remove(id);
    }
}

impl Serialize for Traits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.values.len()))?;
        for (id, value) in &self.values {
            match self.texts.get(id) {
                Some(text) => {
                    let text = RawValue::from_string(text.clone()).map_err(S::Error::custom)?;
                    map.serialize_entry(id, &text)?;
                }
                None => map.serialize_entry(id, value)?,
            }
        }
        map.end()
    }
}
