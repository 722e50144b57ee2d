//! The traits of a shape or member, and how the generator treats each trait it knows.

mod accessors;
mod form;
mod table;
mod values;

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

pub(crate) use self::form::{Fault, describe};
pub use self::table::{Support, support};
pub(crate) use self::table::{
    form, ids, is_auth_scheme, is_misspelled, is_protocol, uses_http_bindings,
};
pub use self::values::{
    AwsService, Deprecated, ErrorKind, Http, NumberRange, Paginated, Range, Retryable,
    TimestampFormat,
};

/// The [traits](https://smithy.io/2.0/spec/model.html#traits) applied to a shape or member, in
/// the order of the model: trait id and value.
///
/// The typed accessors assume that values have the form that the table of traits gives them,
/// which [`resolve`](super::resolve()) checks; a value of another form reads as absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Traits(IndexMap<String, Value>);

impl Traits {
    /// No traits.
    pub fn new() -> Self {
        Self(IndexMap::new())
    }

    /// Whether the trait is applied.
    pub fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// The value of a trait.
    pub fn get(&self, id: &str) -> Option<&Value> {
        self.0.get(id)
    }

    /// The value of a trait whose value is a string.
    pub fn string(&self, id: &str) -> Option<&str> {
        self.get(id)?.as_str()
    }

    /// All traits, in the order of the model.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(id, value)| (id.as_str(), value))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All traits with their values, in the order of the model.
    pub(crate) fn entries(&self) -> &IndexMap<String, Value> {
        &self.0
    }

    /// All traits with their values, to change them or their order.
    pub(crate) fn entries_mut(&mut self) -> &mut IndexMap<String, Value> {
        &mut self.0
    }

    /// Applies a trait, in place of an earlier one of the same id.
    pub(crate) fn set(&mut self, id: impl Into<String>, value: Value) {
        self.0.insert(id.into(), value);
    }

    /// Applies all traits of `other`, in place of those of the same id.
    pub(crate) fn extend(&mut self, other: &Traits) {
        for (id, value) in &other.0 {
            self.0.insert(id.clone(), value.clone());
        }
    }

    /// Takes a trait away.
    pub(crate) fn remove(&mut self, id: &str) {
        self.0.shift_remove(id);
    }
}
