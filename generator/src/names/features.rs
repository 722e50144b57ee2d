//! Cargo features, and the macros that stand for several of them.

use proc_macro2::Ident;

use super::{ConstName, OperationName, TypeName, ident, kebab};

/// The manifest of every client.
const MANIFEST: &str = include_str!("../../../templates/Cargo.toml.in");

/// The name of a cargo feature.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeatureName(String);

impl FeatureName {
    /// The feature that turns all operations on.
    pub const ALL: &str = "operations";

    /// The feature that leaves out the operations whose own feature is off.
    pub const SELECTED: &str = "selected-operations";

    /// `create-channel`, for the operation `CreateChannel`.
    pub fn of_operation(name: &str) -> Self {
        let kebab = kebab(name);
        Self(if Self::taken().any(|taken| taken == kebab) {
            // No other operation has an underscore.
            format!("{kebab}_operation")
        } else {
            kebab
        })
    }

    /// The features that every client has.
    pub fn taken() -> impl Iterator<Item = &'static str> {
        let features = MANIFEST.split_once("[features]\n");
        let features = features.and_then(|(_, rest)| rest.split_once("\n["));
        let lines = features.map_or("", |(features, _)| features).lines();
        let rows = lines.filter(|line| !line.starts_with('#'));
        let names = rows.filter_map(|row| Some(row.split_once(" = ")?.0));
        names.chain([Self::ALL, Self::SELECTED])
    }

    /// `create-channel`
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name of a macro around items that only some operations need.
///
/// Modules of operations are written in small letters and a type's name begins with a capital one, so
/// that these names are apart whatever the model calls its shapes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GateName(String);

impl GateName {
    /// `with_create_channel`, for an operation.
    pub fn of_operation(name: &OperationName) -> Self {
        Self(format!("with_{}", name.module()))
    }

    /// `with_Channel`, for a type.
    pub fn of_type(name: &TypeName) -> Self {
        Self(format!("with_{}", name.as_str()))
    }

    /// `with_error_NotFound`, for an error.
    pub fn of_error(name: &TypeName) -> Self {
        Self(format!("with_error_{}", name.as_str()))
    }

    /// `with_schema_ROWS`, for a schema without a type.
    pub fn of_schema(name: &ConstName) -> Self {
        Self(format!("with_schema_{}", name.as_str()))
    }

    /// `with_Channel`
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `with_Channel`
    pub fn ident(&self) -> Ident {
        ident(&self.0)
    }
}
