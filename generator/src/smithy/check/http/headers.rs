//! Checks the names of headers.

use super::bindings::Position;
use super::method::is_token;
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::check::members_of;
use crate::smithy::check::suppressions::is_suppressed;
use crate::smithy::resolve::{Member, Model, Shape};

pub(super) const HEADER: &str = "smithy.api#httpHeader";
pub(super) const PREFIX_HEADERS: &str = "smithy.api#httpPrefixHeaders";

/// Headers of requests that the HTTP client or the signature sets.
const RESERVED: [&str; 2] = ["authorization", "host"];

/// Headers about the connection and the message, not about the operation.
const OF_HTTP: [&str; 15] = [
    "authorization",
    "connection",
    "content-length",
    "expect",
    "host",
    "max-forwards",
    "proxy-authenticate",
    "server",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "www-authenticate",
    "x-forwarded-for",
];

/// Smithy's event for a binding to one of those, which models can suppress.
const HEADER_EVENT: &str = "HttpHeaderTrait";

const NAMES_OF_HEADERS: &str =
    "names of headers consist of letters, digits and some punctuation, such as `-`";

/// Checks the headers that members of a structure are bound to.
pub(super) fn check(
    model: &Model,
    shape: &Shape,
    position: Position,
    diagnostics: &mut Diagnostics,
) {
    let mut checking = Checking {
        model,
        shape,
        position,
        diagnostics,
    };
    for member in members_of(Some(shape)) {
        checking.header(member);
    }
    checking.prefixes();
}

struct Checking<'c> {
    model: &'c Model,
    shape: &'c Shape,
    position: Position,
    diagnostics: &'c mut Diagnostics,
}

impl Checking<'_> {
    fn place(&self, member: &Member) -> Place {
        Place::shape(&self.shape.id).member(&member.name)
    }

    /// Checks the name of a header, or the prefix of a map.
    fn header(&mut self, member: &Member) {
        let prefix = member.traits.string(PREFIX_HEADERS);
        if let Some(prefix) = prefix.filter(|prefix| !prefix.is_empty() && !is_token(prefix)) {
            self.diagnostics.error(
                self.place(member).r#trait(PREFIX_HEADERS),
                format!("`{prefix}` cannot be the prefix of headers"),
                NAMES_OF_HEADERS,
            );
        }
        // An empty name has been reported.
        let Some(header) = member.traits.http_header().filter(|it| !it.is_empty()) else {
            return;
        };
        let is_one_of = |names: &[&str]| names.iter().any(|it| header.eq_ignore_ascii_case(it));
        let name = &member.name;
        let (message, remedy) = if !is_token(header) {
            (
                format!("`{header}` is not the name of a header"),
                NAMES_OF_HEADERS.to_owned(),
            )
        } else if self.position == Position::Input && is_one_of(&RESERVED) {
            (
                format!("`{name}` is bound to the header `{header}`, which clients set"),
                "bind it to another header".to_owned(),
            )
        } else if is_one_of(&OF_HTTP)
            && !is_suppressed(self.model, &self.shape.id, &member.traits, HEADER_EVENT)
        {
            (
                format!("`{name}` is bound to the header `{header}`, which HTTP reserves"),
                format!(
                    "bind it to another header; if this is intended, suppress it with \
                     `smithy.api#suppress` and `{HEADER_EVENT}`"
                ),
            )
        } else {
            return;
        };
        let place = self.place(member).r#trait(HEADER);
        self.diagnostics.error(place, message, remedy);
    }

    /// Checks that no header is in a map with a prefix and also a member.
    fn prefixes(&mut self) {
        let members = members_of(Some(self.shape));
        let prefixed = members.iter().find_map(|member| {
            let prefix = member.traits.string(PREFIX_HEADERS)?;
            // An empty prefix means all headers except those of other members.
            (!prefix.is_empty()).then_some((member, prefix))
        });
        let Some((map, prefix)) = prefixed else {
            return;
        };
        for member in members {
            let header = member.traits.http_header().unwrap_or_default();
            let begins = header
                .get(..prefix.len())
                .is_some_and(|it| it.eq_ignore_ascii_case(prefix));
            if begins {
                self.diagnostics.error(
                    self.place(member).r#trait(HEADER),
                    format!(
                        "`{}` is bound to the header `{header}`, which `{}` takes with all that \
                         begin with `{prefix}`",
                        member.name, map.name
                    ),
                    "bind it to a header without the prefix, or take another prefix",
                );
                let place = self.place(map).r#trait(PREFIX_HEADERS);
                self.diagnostics.see(place, "the prefix");
            }
        }
    }
}
