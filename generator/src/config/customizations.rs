//! Customizations: what single services need and their models do not say.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use serde::Deserialize;
use toml::Spanned;

use super::tables::{error, tables};
use super::{Entry, PresignedBody, ServiceConfig, SessionTerms};
use crate::diagnostics::{Diagnostics, Source};

/// Customizations of services: a table for each service.
///
/// Those of AWS's services are built in (`generator/customizations/`). A file in
/// [`ServiceConfig::customizations`] overrides the built-in ones, key by key: an empty list
/// disables the built-in list. `docs/customizations.md` lists the keys.
///
/// ```
/// use generator::{ServiceConfig, Source};
/// use generator::config::Customizations;
///
/// let file = Source::new("customizations.toml", r#"
/// ["example.weather#Weather"]
/// headers = { "x-client" = "rust" }
/// sensitive = ["City$coordinates"]
/// "#);
/// let mut config = ServiceConfig::new("client-weather");
/// config.customizations.push(Customizations::parse(&file)?);
/// # Ok::<(), generator::Diagnostics>(())
/// ```
#[derive(Clone, Debug)]
pub struct Customizations {
    source: Source,
    /// The service's shape id, SDK id or signing name (after [`SIGNED_AS`]), or `None` for any
    /// service, and its customizations.
    tables: Vec<(Option<String>, Terms)>,
}

/// The prefix of a table that applies to all services with a signing name.
pub(crate) const SIGNED_AS: &str = "sigv4:";

/// The keys of a service's table.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Terms {
    /// Whether the built-in customizations apply as well.
    pub(crate) built_in: Option<bool>,
    /// Headers of every request.
    pub(crate) headers: Option<BTreeMap<Spanned<String>, Spanned<String>>>,
    /// Codes of errors that are retried like a broken connection.
    pub(crate) transient_errors: Option<Vec<String>>,
    /// Errors that are retryable.
    pub(crate) retryable: Option<Vec<Entry>>,
    /// Errors that are the service's fault, whatever their status.
    pub(crate) server_errors: Option<Vec<Entry>>,
    /// Shapes and members that are sensitive.
    pub(crate) sensitive: Option<Vec<Entry>>,
    /// Operations that are never authenticated.
    pub(crate) without_authentication: Option<Vec<Entry>>,
    /// Authentication schemes of the service that its model does not list.
    pub(crate) added_authentication: Option<Vec<Entry>>,
    /// Members that may be absent, whatever the model says.
    pub(crate) optional: Option<Vec<Entry>>,
    /// Members and shapes whose `@default` is ignored.
    pub(crate) without_default: Option<Vec<Entry>>,
    /// Shapes that are dates, but may be invalid in headers of responses.
    pub(crate) lenient_dates: Option<Vec<Entry>>,
    /// Prefixes that come off members in the path.
    pub(crate) strip_prefixes: Option<StripPrefixes>,
    /// The values of path members that are empty or not set, by member name.
    pub(crate) empty_labels: Option<BTreeMap<Entry, String>>,
    /// Operations whose responses may pause.
    pub(crate) without_stalled_stream_protection: Option<Vec<Entry>>,
    /// Operations whose responses the service delays on purpose.
    pub(crate) long_polling: Option<Vec<Entry>>,
    /// Whether responses have a second id of their request.
    pub(crate) extended_request_id: Option<bool>,
    /// Operations whose host is that of the endpoint, without the prefix in the model.
    pub(crate) without_host_prefix: Option<Vec<Entry>>,
    /// Members of inputs that are the URL of the endpoint, by operation.
    pub(crate) endpoint_members: Option<BTreeMap<Entry, Entry>>,
    /// Operations for which users may exclude the body from the signature.
    pub(crate) optional_payload_signing: Option<Vec<Entry>>,
    /// The suffix of the environment variable that contains a bearer token.
    pub(crate) environment_token: Option<String>,
    /// Tokens that databases take for passwords.
    pub(crate) auth_tokens: Option<TokenTerms>,
    /// Members of inputs that are the tree hash of the body, by operation.
    pub(crate) tree_hashes: Option<BTreeMap<Entry, Entry>>,
    /// How calls are retried.
    pub(crate) retries: Option<Retries>,
    /// Operations that can be called without an identity.
    pub(crate) optional_authentication: Option<Vec<Entry>>,
    /// Types of shapes, such as `boolean` or `integer`, whose members are optional unless they are
    /// required, whatever their defaults.
    pub(crate) optional_types: Option<Vec<Entry>>,
    /// Names of path members that the endpoint already contains.
    pub(crate) endpoint_labels: Option<Vec<Entry>>,
    /// Members of the output that say whether there are more pages, by operation.
    pub(crate) more_pages: Option<BTreeMap<Entry, Entry>>,
    /// Shapes whose element has another name than in the model when it is the root of a document.
    pub(crate) any_root: Option<Vec<Entry>>,
    /// The code of errors with the status 404 that have no body.
    pub(crate) code_of_empty_404: Option<String>,
    /// Whether a response may be an error in spite of its status.
    pub(crate) errors_in_success: Option<bool>,
    /// How requests are signed.
    pub(crate) signing: Option<Signing>,
    /// Operations whose requests can be presigned, with what happens to the body.
    pub(crate) presigning: Option<BTreeMap<Entry, PresignedBody>>,
    /// Sessions that some calls are signed with.
    pub(crate) sessions: Option<Spanned<SessionTerms>>,
}

/// Prefixes that come off members in the path.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct StripPrefixes {
    /// The shapes of the members.
    pub(crate) shapes: Vec<Entry>,
    /// The prefixes; the first that matches is removed.
    pub(crate) prefixes: Vec<String>,
}

/// Tokens that databases accept as passwords: requests that are signed and not sent.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct TokenTerms {
    /// The service's name in signatures.
    pub(crate) signed_as: String,
    /// The methods that create tokens, and what each token permits.
    pub(crate) methods: BTreeMap<Spanned<String>, String>,
    /// Whether a token is for one port and one user of the database.
    #[serde(default)]
    pub(crate) database_users: bool,
}

/// How requests are signed with Signature Version 4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Signing {
    /// Whether the path, which is already encoded, is encoded again.
    pub encode_path_twice: bool,
    /// Whether `.` and `..` in the path are resolved.
    pub normalize_path: bool,
    /// Whether a header contains the hash of the body.
    pub hash_in_header: bool,
}

/// How calls are retried, from version 2.1 of the retry behavior on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Retries {
    /// The wait before the second attempt, in milliseconds.
    pub initial_backoff: u64,
    /// The maximum number of attempts, unless the user sets it.
    pub max_attempts: u32,
}

/// The table of one service in one file.
#[derive(Clone, Copy)]
pub(crate) struct Layer<'a> {
    pub(crate) terms: &'a Terms,
    pub(crate) source: &'a Source,
    /// Whether it is built in, so that it may apply to several versions of a model.
    pub(crate) is_built_in: bool,
}

impl Customizations {
    /// Reads a file of customizations.
    ///
    /// # Errors
    ///
    /// Fails if the file cannot be read, is not TOML, or has unknown or wrong keys, with line and
    /// column.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Diagnostics> {
        Self::parse(&Source::read(path)?)
    }

    /// Reads customizations from a text.
    ///
    /// # Errors
    ///
    /// The same as [`read`](Self::read).
    pub fn parse(source: &Source) -> Result<Self, Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        let read = tables::<Terms>(source.text(), &mut diagnostics);
        for terms in read.values() {
            terms.check(&mut diagnostics);
        }
        let tables = read.into_iter();
        let tables = tables.map(|(service, terms)| (Some(service.into_inner()), terms));
        let customizations = Self {
            source: source.clone(),
            tables: tables.collect(),
        };
        let result = diagnostics.into_result(customizations);
        result.map_err(|diagnostics| diagnostics.in_source(source))
    }

    /// Customizations in a service's own table.
    pub(super) fn of_any_service(terms: Terms, source: &Source) -> Self {
        Self {
            source: source.clone(),
            tables: vec![(None, terms)],
        }
    }

    /// The services that have a table.
    #[cfg(test)]
    pub(crate) fn services(&self) -> impl Iterator<Item = &str> {
        self.tables.iter().filter_map(|(name, _)| name.as_deref())
    }

    fn layer(&self, names: &[String]) -> Option<Layer<'_>> {
        let is_meant = |name: &str| names.iter().any(|it| it == name);
        let mut tables = self.tables.iter();
        let (_, terms) = tables.find(|(name, _)| name.as_deref().is_none_or(is_meant))?;
        Some(Layer {
            terms,
            source: &self.source,
            is_built_in: false,
        })
    }
}

impl Terms {
    /// Reports what is wrong for every model.
    pub(super) fn check(&self, diagnostics: &mut Diagnostics) {
        self.check_headers(diagnostics);
        if let Some(sessions) = &self.sessions {
            SessionTerms::check(sessions, diagnostics);
        }
        let tokens = self.auth_tokens.iter();
        for (name, action) in tokens.flat_map(|tokens| &tokens.methods) {
            let is_plain = |text: &str| text.chars().all(|it| it.is_ascii_alphanumeric());
            let (text, span) = (name.as_ref(), name.span());
            if syn::parse_str::<syn::Ident>(text).is_err()
                || ["new", "token"].contains(&text.as_str())
            {
                let message = format!("`{text}` cannot be the name of a method");
                let remedy = "names consist of letters, digits and `_`, and are not keywords, `new` or `token`";
                error(diagnostics, message, remedy, span);
            } else if action.is_empty() || !is_plain(action) {
                let message = format!("`{action}` is not a valid action for the token of `{text}`");
                let remedy = "actions have letters and digits";
                error(diagnostics, message, remedy, span);
            }
        }
    }

    fn check_headers(&self, diagnostics: &mut Diagnostics) {
        for (name, value) in self.headers.iter().flatten() {
            check_header(name, diagnostics);
            if !value.as_ref().chars().all(|it| matches!(it, ' '..='~')) {
                let message = format!("`{}` cannot be the value of a header", value.as_ref());
                let remedy = "values consist of visible ASCII characters and spaces";
                error(diagnostics, message, remedy, value.span());
            }
        }
    }
}

/// Reports an invalid header name.
pub(super) fn check_header(name: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let is_name = |it: char| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it);
    if name.as_ref().is_empty() || !name.as_ref().chars().all(is_name) {
        let message = format!("`{}` is not the name of a header", name.as_ref());
        let remedy = "names have letters, digits and `-`";
        error(diagnostics, message, remedy, name.span());
    }
}

/// The customizations of AWS's services: the files in `customizations/`.
pub(crate) static BUILT_IN: LazyLock<Vec<Customizations>> = LazyLock::new(|| {
    let files = include!(concat!(env!("OUT_DIR"), "/customizations.rs"));
    let read = files.map(|(name, text)| {
        let read = Customizations::parse(&Source::new(name, text));
        read.unwrap_or_else(|problems| panic!("what is built in is sound: {problems}"))
    });
    Vec::from(read)
});

/// All tables of a service, the one with the highest precedence first.
///
/// A service may have several names.
pub(crate) fn layers<'a>(config: &'a ServiceConfig, names: &[String]) -> Vec<Layer<'a>> {
    let own = config.customizations.iter().rev();
    let mut layers: Vec<_> = own.filter_map(|it| it.layer(names)).collect();
    let with_built_in = layers.iter().find_map(|it| it.terms.built_in);
    if with_built_in.unwrap_or(true) {
        let built_in = BUILT_IN.iter();
        let built_in = built_in.filter_map(|it| it.layer(names));
        layers.extend(built_in.map(|layer| Layer {
            is_built_in: true,
            ..layer
        }));
    }
    layers
}
