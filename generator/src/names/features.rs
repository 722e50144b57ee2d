//! Names of cargo features, and of macros for several of them.

use proc_macro2::Ident;

use super::{ConstName, OperationName, TypeName, ident, kebab};

/// The manifest of every client.
const MANIFEST: &str = include_str!("../../../templates/Cargo.toml.in");

/// The name of a cargo feature.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeatureName(String);

impl FeatureName {
    /// The feature that enables all operations.
    pub const ALL: &str = "operations";

    /// The feature that disables operations whose own feature is not enabled.
    pub const SELECTED: &str = "selected-operations";

    /// `create-channel`, for the operation `CreateChannel`.
    pub fn of_operation(name: &str) -> Self {
        let kebab = kebab(name);
        Self(if Self::taken().any(|taken| taken == kebab) {
            // No other feature of an operation contains an underscore.
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
/// Modules of operations are in lower case and names of types begin with a capital, so these names
/// never clash.
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
