//! The predicates of sentences about something that has changed.

use generator::diff::{Change, Kind};

use super::clauses::Verb;
use super::paths::code;

/// The predicate for a change, after one subject and after several.
pub fn predicate(change: &Change) -> (Verb, String) {
    let values = Values::of(change);
    if let Some((one, many)) = has_another_value(change.kind) {
        return (Verb::After(one, many), values.codes());
    }
    if let Some((yes, is, is_not)) = is_or_is_not(change.kind) {
        let (verb, words) = if values.after == yes { is } else { is_not };
        return (verb, words.to_owned());
    }
    match change.kind {
        Kind::MemberPlace => (Verb::After("is now in", "are now in"), values.places()),
        Kind::Form => form(&change.path, &values),
        Kind::Pagination => (USES, values.plain()),
        Kind::Waiting => (Verb::After("now polls", "now poll"), values.plain()),
        Kind::Retryability => match values.after.strip_prefix("always") {
            Some(how) => (IS, format!("now always retried{how}")),
            None => (IS, "now retried by code and status only".to_owned()),
        },
        Kind::IdempotencyToken => match values.after {
            "none" => (DOES_NOT_FILL_IN, code(values.before)),
            token => (FILLS_IN, code(token)),
        },
        Kind::Deprecation => match values.after {
            "none" => (IS, "no longer deprecated".to_owned()),
            deprecated => (IS, deprecated.trim_end_matches('.').to_owned()),
        },
        Kind::ServiceDefault => (
            Verb::After("now defaults to", "now default to"),
            format!("{} in the service", values.codes()),
        ),
        Kind::EndpointRules | Kind::EndpointRulesTested => (HAS, "other endpoint rules".to_owned()),
        Kind::EndpointDiscovery | Kind::EndpointDiscoveryRemoved => (
            Verb::After("now finds its endpoint", "now find their endpoints"),
            values.plain(),
        ),
        Kind::EndpointBinding => (
            Verb::After("now finds its endpoint by", "now find their endpoints by"),
            values.codes(),
        ),
        Kind::EndpointBindingAdded => (
            Verb::After(
                "now also finds its endpoint by",
                "now also find their endpoints by",
            ),
            code(values.after),
        ),
        Kind::LengthRequired => (
            Verb::After("no longer sends", "no longer send"),
            "a body of unknown length".to_owned(),
        ),
        Kind::LengthOptional => (
            Verb::After("now also sends", "now also send"),
            "bodies of unknown length".to_owned(),
        ),
        Kind::Handling => handling(&values),
        kind => (Verb::After(":", ":"), kind.what().to_owned()),
    }
}

/// The form of messages: of all, of those of an operation, or of a member's value.
fn form(path: &str, values: &Values<'_>) -> (Verb, String) {
    let is_member = !path.starts_with("Client");
    let verb = match is_member {
        true if values.after.starts_with("a ") => {
            Verb::After("is now written as", "are now written as")
        }
        true => Verb::After("is now written", "are now written"),
        false => SENDS,
    };
    (verb, values.plain())
}

/// What the client does for calls because of customizations.
fn handling(values: &Values<'_>) -> (Verb, String) {
    match (values.before, values.after) {
        ("none", after) => (USES, after.to_owned()),
        (before, "none") => (
            Verb::After("no longer uses", "no longer use"),
            before.to_owned(),
        ),
        _ => (USES, values.plain()),
    }
}

/// For a boolean property: the value that means true, and the predicates for true and false.
fn is_or_is_not(kind: Kind) -> Option<(&'static str, Said, Said)> {
    Some(match kind {
        Kind::DefaultSent => (
            "sent",
            (IS, "now sent even if it has its default value"),
            (IS, "no longer sent if it has its default value"),
        ),
        Kind::FilledIn => (
            "filled in",
            (IS, "filled in if a response lacks it"),
            (IS, "no longer filled in if a response lacks it"),
        ),
        Kind::Sensitivity => (
            "hidden",
            (IS, "hidden in logs and in the output of `Debug`"),
            (IS, "no longer hidden in logs and in the output of `Debug`"),
        ),
        Kind::Compression | Kind::CompressionRemoved => (
            "compressed",
            (SENDS, "compressed requests"),
            (SENDS, "requests without compression"),
        ),
        Kind::UnsignedPayload => (
            "without the body",
            (SENDS, "requests whose signature excludes the body"),
            (SENDS, "requests whose signature covers the body"),
        ),
        Kind::ChecksumRequired | Kind::ChecksumRemoved => (
            "with a checksum",
            (SENDS, "a checksum"),
            (SENDS, "no checksum"),
        ),
        _ => return None,
    })
}

/// A verb and what follows it.
type Said = (Verb, &'static str);

/// The text before a new value.
fn has_another_value(kind: Kind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        Kind::FieldType | Kind::EndpointParameterType => ("is now", "are now"),
        Kind::VariantType => ("now holds", "now hold"),
        Kind::BuildResult => ("now builds", "now build"),
        Kind::PaginatorType => ("now returns", "now return"),
        Kind::Method => ("is now sent with", "are now sent with"),
        Kind::Uri => ("is now sent to", "are now sent to"),
        Kind::TimestampFormat => ("is now written as", "are now written as"),
        Kind::MediaType => ("now sends", "now send"),
        Kind::VariantValue => ("now has the value", "now have the value"),
        Kind::ErrorCode => ("now has the code", "now have the code"),
        Kind::ErrorStatus => ("now has the status", "now have the status"),
        Kind::Protocol | Kind::ProtocolPreferred => {
            ("now uses the protocol", "now use the protocol")
        }
        Kind::Target => ("now names the service", "now name the service"),
        Kind::Authentication | Kind::AuthenticationAdded | Kind::AuthenticationPreferred => {
            ("now authenticates with", "now authenticate with")
        }
        Kind::Checksums => ("now has checksums of", "now have checksums of"),
        Kind::SigningName => ("now signs with the name", "now sign with the name"),
        Kind::SdkId => ("now reads the settings of", "now read the settings of"),
        Kind::EndpointCase | Kind::EndpointCaseOfError => ("now leads to", "now lead to"),
        Kind::EndpointParameterDefault | Kind::Default => ("now defaults to", "now default to"),
        Kind::HostPrefix => (
            "now goes to hosts that begin with",
            "now go to hosts that begin with",
        ),
        Kind::ErrorText => (
            "now reads the message of errors from",
            "now read the message of errors from",
        ),
        Kind::ServiceVersion => ("is now for the API version", "are now for the API version"),
        Kind::Title => ("now calls the service", "now call the service"),
        _ => return None,
    })
}

const IS: Verb = Verb::After("is", "are");
const HAS: Verb = Verb::After("has", "have");
const USES: Verb = Verb::After("now uses", "now use");
const SENDS: Verb = Verb::After("now sends", "now send");
const FILLS_IN: Verb = Verb::After("now fills in a random", "now fill in a random");
const DOES_NOT_FILL_IN: Verb =
    Verb::After("no longer fills in a random", "no longer fill in a random");

/// The old and the new value of a change.
struct Values<'a> {
    before: &'a str,
    after: &'a str,
}

impl<'a> Values<'a> {
    fn of(change: &'a Change) -> Self {
        Self {
            before: change.before.as_deref().unwrap_or("none"),
            after: change.after.as_deref().unwrap_or("none"),
        }
    }

    /// `new` instead of `old`, as code.
    fn codes(&self) -> String {
        let [before, after] = [self.before, self.after].map(|text| match text {
            "none" => "nothing".to_owned(),
            text => code(text),
        });
        format!("{after} rather than {before}")
    }

    /// Two places in a message, with their names as code.
    fn places(&self) -> String {
        format!("the {} rather than the {}", self.after, self.before)
    }

    /// Both as plain text.
    fn plain(&self) -> String {
        format!("{} rather than {}", self.after, self.before)
    }
}
