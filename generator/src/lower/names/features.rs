//! Cargo features.

use std::fmt;

use super::kebab;

/// The name of a cargo feature.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeatureName(String);

/// The features that every client has.
const FEATURES: [&str; 12] = [
    "aws-config",
    "behavior-version-latest",
    "default",
    "default-https-client",
    "gated-tests",
    "legacy-https-client",
    "legacy-test-util",
    "operations",
    "rt-tokio",
    "rustls",
    "serde",
    "test-util",
];

impl FeatureName {
    /// `create-channel`, for the operation `CreateChannel`.
    pub fn of_operation(name: &str) -> Self {
        let kebab = kebab(name);
        Self(if FEATURES.contains(&kebab.as_str()) {
            // No other operation has an underscore.
            format!("{kebab}_operation")
        } else {
            kebab
        })
    }

    /// `_ChannelSummary`, for a type: the underscore says that it is not for users.
    pub fn of_type(name: &str) -> Self {
        Self(format!("_{name}"))
    }

    /// `_error_NotFound`, for an error, which may be called as a type is.
    pub fn of_error(name: &str) -> Self {
        Self(format!("_error_{name}"))
    }

    /// `create-channel`
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FeatureName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
