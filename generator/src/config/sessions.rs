//! What is said of sessions: the service gives credentials for one thing and a short time.

use serde::Deserialize;
use toml::Spanned;

use super::Entry;
use super::customizations::check_header;
use super::tables::error;
use crate::diagnostics::Diagnostics;

/// The key `sessions`. A table without keys says that there are none, and no other may be
/// incomplete.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct SessionTerms {
    /// The auth scheme of endpoints that want a session.
    pub(crate) scheme: Option<Entry>,
    /// The operation that opens a session.
    pub(crate) operation: Option<Entry>,
    /// The member of its input that says what the session is for.
    pub(crate) input: Option<Entry>,
    /// The member of its output that has the credentials.
    pub(crate) credentials: Option<Entry>,
    /// The header that has the token of the session.
    pub(crate) token_header: Option<Spanned<String>>,
    /// The setting of the client that takes other credentials in the place of those of sessions.
    pub(crate) provider: Option<Spanned<String>>,
    /// The setting of the client that does without sessions.
    pub(crate) disabled_by: Option<Entry>,
    /// The variable of the environment that sets the same.
    pub(crate) variable: Option<String>,
    /// The key of profiles that sets the same.
    pub(crate) profile: Option<String>,
    /// What the user agent says of a session, as the runtime calls it; there need not be anything.
    pub(crate) feature: Option<Spanned<String>>,
}

impl SessionTerms {
    /// Reports keys that are missing, and names that nothing can have.
    pub(super) fn check(terms: &Spanned<Self>, diagnostics: &mut Diagnostics) {
        let (place, terms) = (terms.span(), terms.as_ref());
        let keys = terms.keys();
        let missing = keys.iter().filter(|(_, is_there)| !is_there);
        let missing: Vec<_> = missing.map(|(key, _)| *key).collect();
        let is_empty = missing.len() == keys.len() && terms.feature.is_none();
        if !missing.is_empty() && !is_empty {
            let message = format!("`sessions` is without `{}`", missing.join("`, `"));
            let remedy = "name all parts of it, or none: docs/customizations.md lists them";
            error(diagnostics, message, remedy, place);
        }
        if let Some(name) = &terms.token_header {
            check_header(name, diagnostics);
        }
        for name in terms.provider.iter().chain(&terms.feature) {
            if syn::parse_str::<syn::Ident>(name.as_ref()).is_err() {
                let message = format!("`{}` cannot be a name in Rust", name.as_ref());
                let remedy = "names have letters, digits and `_`, and are not keywords";
                error(diagnostics, message, remedy, name.span());
            }
        }
    }

    /// The keys that are needed, and whether they are there.
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
