//! The customization `sessions`: the service issues short-lived credentials for one resource.

use serde::Deserialize;
use toml::Spanned;

use super::Entry;
use super::customizations::check_header;
use super::tables::error;
use crate::diagnostics::Diagnostics;

/// The key `sessions`. An empty table means that there are no sessions; any other must be complete.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct SessionTerms {
    /// The auth scheme of endpoints that require a session.
    pub(crate) scheme: Option<Entry>,
    /// The operation that opens a session.
    pub(crate) operation: Option<Entry>,
    /// The member of its input that names the resource of the session.
    pub(crate) input: Option<Entry>,
    /// The member of its output that contains the credentials.
    pub(crate) credentials: Option<Entry>,
    /// The header that contains the token of the session.
    pub(crate) token_header: Option<Spanned<String>>,
    /// The client's setting for other credentials, which replace those of sessions.
    pub(crate) provider: Option<Spanned<String>>,
    /// The client's setting that disables sessions.
    pub(crate) disabled_by: Option<Entry>,
    /// The environment variable for the same setting.
    pub(crate) variable: Option<String>,
    /// The key in profiles for the same setting.
    pub(crate) profile: Option<String>,
    /// The runtime's name for the feature in the user agent, if there is one.
    pub(crate) feature: Option<Spanned<String>>,
}

impl SessionTerms {
    /// Reports missing keys and invalid names.
    pub(super) fn check(terms: &Spanned<Self>, diagnostics: &mut Diagnostics) {
        let (place, terms) = (terms.span(), terms.as_ref());
        let keys = terms.keys();
        let missing = keys.iter().filter(|(_, is_there)| !is_there);
        let missing: Vec<_> = missing.map(|(key, _)| *key).collect();
        let is_empty = missing.len() == keys.len() && terms.feature.is_none();
        if !missing.is_empty() && !is_empty {
            let message = format!("`sessions` lacks `{}`", missing.join("`, `"));
            let remedy = "name all parts of it, or none: docs/customizations.md lists them";
            error(diagnostics, message, remedy, place);
        }
        if let Some(name) = &terms.token_header {
            check_header(name, diagnostics);
        }
        for name in terms.provider.iter().chain(&terms.feature) {
            if syn::parse_str::<syn::Ident>(name.as_ref()).is_err() {
                let message = format!("`{}` cannot be a name in Rust", name.as_ref());
                let remedy = "names consist of letters, digits and `_`, and are not keywords";
                error(diagnostics, message, remedy, name.span());
            }
        }
    }

    /// The required keys, and whether each is present.
    fn keys(&self) -> [(&'static str, bool); 9] {
        [
            ("scheme", self.scheme.is_some()),
            ("operation", self.operation.is_some()),
            ("input", self.input.is_some()),
            ("credentials", self.credentials.is_some()),
            ("token-header", self.token_header.is_some()),
            ("provider", self.provider.is_some()),
            ("disabled-by", self.disabled_by.is_some()),
            ("variable", self.variable.is_some()),
            ("profile", self.profile.is_some()),
        ]
    }
}
