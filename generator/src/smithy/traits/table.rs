//! The table of traits: every known trait, how the generator treats it, and the form of its value.
//!
//! The table contains all traits of Smithy and AWS as of the end of 2026. See the [trait
//! index](https://smithy.io/2.0/trait-index.html).

mod aws;
mod smithy;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Traits;
use super::form::Form;
use crate::smithy::suggest::closest;

/// How the generator treats a trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// Generated clients implement it.
    Supported,
    /// It does not concern clients.
    Irrelevant,
    /// Clients must implement it, but generated ones do not: a model that needs it is refused.
    Unsupported {
        /// The remedy.
        remedy: &'static str,
    },
}

/// How the generator treats a trait; `None` if the table does not know it.
pub fn support(trait_id: &str) -> Option<Support> {
    Some(row(trait_id)?.support)
}

/// The form of a trait's value; `None` if the table does not know the trait.
pub(crate) fn form(trait_id: &str) -> Option<Form> {
    Some(row(trait_id)?.form)
}

/// Whether a trait names a protocol of a service.
pub(crate) fn is_protocol(trait_id: &str) -> bool {
    row(trait_id).is_some_and(|row| matches!(row.role, Role::Protocol | Role::HttpProtocol))
}

/// Whether a trait names a protocol that needs `smithy.api#http` on every operation.
pub(crate) fn uses_http_bindings(trait_id: &str) -> bool {
    row(trait_id).is_some_and(|row| row.role == Role::HttpProtocol)
}

/// Whether a trait names an authentication scheme.
pub(crate) fn is_auth_scheme(trait_id: &str) -> bool {
    row(trait_id).is_some_and(|row| row.role == Role::Auth)
}

/// Whether an unknown trait may be a misspelling of this one. The unknown trait is reported, so
/// problems caused by the absence of this one need not be.
pub(crate) fn is_misspelled(traits: &Traits, trait_id: &str) -> bool {
    let unknown = traits.iter().filter(|(id, _)| row(id).is_none());
    let mut meant = unknown.filter_map(|(id, _)| closest(id, ids()));
    meant.any(|id| id == trait_id)
}

/// A row of the table.
struct Row {
    support: Support,
    form: Form,
    role: Role,
}

/// The role of a trait on a service.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Plain,
    /// A protocol that does not use `smithy.api#http`: RPC.
    Protocol,
    /// A protocol that uses `smithy.api#http`.
    HttpProtocol,
    Auth,
}

/// The ids of all traits that the table knows.
pub(crate) fn ids() -> impl Iterator<Item = &'static str> {
    BY_ID.keys().map(String::as_str)
}

fn row(trait_id: &str) -> Option<&'static Row> {
    BY_ID.get(trait_id)
}

static BY_ID: LazyLock<BTreeMap<String, Row>> = LazyLock::new(|| {
    let tables = TABLES.iter();
    let lines =
        tables.flat_map(|(namespace, lines)| lines.iter().map(move |line| (namespace, line)));
    lines
        .map(|(namespace, (name, support, form, role))| {
            let row = Row {
                support: *support,
                form: *form,
                role: *role,
            };
            (format!("{namespace}#{name}"), row)
        })
        .collect()
});

/// The rows by namespace, in the order of the specification's chapters.
const TABLES: &[(&str, &[Line])] = &[
    ("smithy.api", smithy::PRELUDE),
    ("smithy.rules", smithy::RULES),
    ("smithy.protocols", smithy::PROTOCOLS),
    ("smithy.test", smithy::TESTS),
    ("smithy.waiters", smithy::WAITERS),
    ("smithy.ai", &[no("prompts")]),
    ("smithy.contracts", &[no("conditions")]),
    (
        "smithy.mqtt",
        &[no("publish"), no("subscribe"), no("topicLabel")],
    ),
    ("smithy.openapi", &[no("specificationExtension")]),
    (
        "smithy.synthetic",
        &[no("generated"), no("originalShapeId")],
    ),
    ("aws.api", aws::API),
    ("aws.auth", aws::AUTH),
    ("aws.protocols", aws::PROTOCOLS),
    ("aws.customizations", aws::CUSTOMIZATIONS),
    ("aws.endpoints", aws::ENDPOINTS),
    ("aws.apigateway", aws::APIGATEWAY),
    ("aws.cloudformation", aws::CLOUDFORMATION),
    ("aws.iam", aws::IAM),
];

type Line = (&'static str, Support, Form, Role);

/// A supported trait.
const fn yes(name: &'static str, form: Form) -> Line {
    (name, Support::Supported, form, Role::Plain)
}

/// A trait that does not concern clients; its value is not checked.
const fn no(name: &'static str) -> Line {
    (name, Support::Irrelevant, Form::Any, Role::Plain)
}

/// A protocol. `protocol.rs` decides which are supported.
const fn protocol(name: &'static str) -> Line {
    (name, Support::Supported, Form::AnyObject, Role::Protocol)
}

const fn http_protocol(name: &'static str) -> Line {
    (
        name,
        Support::Supported,
        Form::AnyObject,
        Role::HttpProtocol,
    )
}

/// A supported authentication scheme.
const fn scheme(name: &'static str, form: Form) -> Line {
    (name, Support::Supported, form, Role::Auth)
}

/// An unsupported scheme, which is refused only if a service or operation has no other.
const fn other_scheme(name: &'static str) -> Line {
    let support = Support::Unsupported {
        remedy: "leave out the operations that have no other authentication",
    };
    (name, support, Form::AnyObject, Role::Auth)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_trait_stands_twice() {
        let lines = TABLES.iter().flat_map(|(_, lines)| lines.iter());
        let by_id = TABLES.iter().flat_map(|(namespace, lines)| {
            lines
                .iter()
                .map(move |(name, ..)| format!("{namespace}#{name}"))
        });
        assert_eq!(
            by_id.collect::<std::collections::BTreeSet<_>>().len(),
            lines.count()
        );
    }

    #[test]
    fn roles() {
        assert!(
            is_protocol("aws.protocols#restJson1") && uses_http_bindings("aws.protocols#restXml")
        );
        assert!(is_protocol("smithy.protocols#rpcv2Cbor"));
        assert!(!uses_http_bindings("smithy.protocols#rpcv2Cbor"));
        assert!(is_auth_scheme("aws.auth#sigv4a") && !is_auth_scheme("smithy.api#auth"));
        assert_eq!(support("aws.auth#sigv4"), Some(Support::Supported));
        assert_eq!(support("example#thing"), None);
    }
}
