//! Checks which members are bound to which part of a message.

use std::collections::BTreeMap;

use super::headers::{self, HEADER, PREFIX_HEADERS};
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::check::streaming::is_stream;
use crate::smithy::check::{a, is_number, is_string, kind, members_of};
use crate::smithy::resolve::{Kind, Member, Model, Operation, Shape};
use crate::smithy::traits::is_misspelled;

/// The role of a structure in an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Position {
    Input,
    Output,
    Error,
}

impl Position {
    fn within(self) -> &'static str {
        match self {
            Position::Input => "in an input",
            Position::Output => "in an output",
            Position::Error => "in an error",
        }
    }
}

/// A trait that binds a member to a part of the message.
struct Binding {
    id: &'static str,
    /// The positions in which the binding has a meaning. It is ignored in others.
    positions: &'static [Position],
    fits: fn(&Model, &Kind) -> bool,
    /// What the member must be, as in "it must be ...".
    types: &'static str,
    /// Only one member of a structure may have it.
    once: bool,
}

const REQUEST: &[Position] = &[Position::Input];
const RESPONSE: &[Position] = &[Position::Output, Position::Error];
const ANY: &[Position] = &[Position::Input, Position::Output, Position::Error];

const LABEL: &str = "smithy.api#httpLabel";
const QUERY: &str = "smithy.api#httpQuery";
const PAYLOAD: &str = "smithy.api#httpPayload";

const BINDINGS: &[Binding] = &[
    Binding {
        id: LABEL,
        positions: REQUEST,
        fits: |_, kind| is_simple(kind),
        types: "a string, number, boolean or timestamp",
        once: false,
    },
    Binding {
        id: QUERY,
        positions: REQUEST,
        fits: is_simple_or_list,
        types: "a string, number, boolean or timestamp, or a list of these",
        once: false,
    },
    Binding {
        id: "smithy.api#httpQueryParams",
        positions: REQUEST,
        fits: is_map_of_strings_or_lists,
        types: "a map of strings, or of lists of strings",
        once: true,
    },
    Binding {
        id: HEADER,
        positions: ANY,
        fits: is_simple_or_list,
        types: "a string, number, boolean or timestamp, or a list of these",
        once: false,
    },
    Binding {
        id: PREFIX_HEADERS,
        positions: ANY,
        fits: is_map_of_strings,
        types: "a map of strings",
        once: true,
    },
    Binding {
        id: PAYLOAD,
        positions: ANY,
        fits: |_, kind| is_payload(kind),
        types: "a string, blob, structure, union or document",
        once: true,
    },
    Binding {
        id: "smithy.api#httpResponseCode",
        positions: RESPONSE,
        fits: |_, kind| matches!(kind, Kind::Integer | Kind::IntEnum(_)),
        types: "an integer",
        once: true,
    },
];

/// Whether a member is bound to something other than a part of the body.
pub(crate) fn is_bound(member: &Member) -> bool {
    BINDINGS.iter().any(|binding| member.traits.has(binding.id))
}

/// Checks the members of a structure in a position. `operation` is one that uses it there.
pub(super) fn check(
    model: &Model,
    shape: &Shape,
    position: Position,
    operation: &Operation,
    diagnostics: &mut Diagnostics,
) {
    let mut checking = Checking {
        model,
        shape,
        position,
        diagnostics,
    };
    for member in members_of(Some(shape)) {
        checking.member(member);
    }
    checking.payload(operation);
    for binding in BINDINGS.iter().filter(|binding| binding.once) {
        checking.once(binding);
    }
    checking.unique(HEADER, "header", |member| {
        member.traits.http_header().map(str::to_ascii_lowercase)
    });
    headers::check(model, shape, position, checking.diagnostics);
    if position == Position::Input {
        checking.unique(QUERY, "query parameter", |member| {
            member.traits.http_query().map(str::to_owned)
        });
    }
}

struct Checking<'c> {
    model: &'c Model,
    shape: &'c Shape,
    position: Position,
    diagnostics: &'c mut Diagnostics,
}

impl<'c> Checking<'c> {
    fn member(&mut self, member: &Member) {
        let bound = self.bindings(member);
        if let [first, second, ..] = bound.as_slice() {
            self.diagnostics.error(
                self.place(member),
                format!(
                    "`{}` is bound twice, by `{}` and by `{}`",
                    member.name, first.id, second.id
                ),
                "remove one of the traits",
            );
        }
        for binding in bound {
            let kind = kind(self.model, member);
            if let Some(kind) = kind.filter(|kind| !(binding.fits)(self.model, kind)) {
                self.diagnostics.error(
                    self.place(member).r#trait(binding.id),
                    format!("`{}` is applied to {}", binding.id, self.a(kind)),
                    format!("the member must target {}", binding.types),
                );
            }
            let is_needed = binding.id == LABEL && !member.traits.required();
            if is_needed && !is_misspelled(&member.traits, "smithy.api#required") {
                self.diagnostics.error(
                    self.place(member),
                    format!("`{}` is part of the URI and is not required", member.name),
                    "give it `smithy.api#required`: a URI cannot leave a part out",
                );
            }
        }
    }

    fn place(&self, member: &Member) -> Place {
        Place::shape(&self.shape.id).member(&member.name)
    }

    /// The bindings of a member that mean something in this position.
    fn bindings(&self, member: &Member) -> Vec<&'static Binding> {
        let here = BINDINGS
            .iter()
            .filter(|binding| binding.positions.contains(&self.position));
        here.filter(|binding| member.traits.has(binding.id))
            .collect()
    }

    /// Checks that no other member would be in the body beside a payload.
    fn payload(&mut self, operation: &Operation) {
        let members = members_of(Some(self.shape));
        let payload = members.iter().find(|member| member.traits.http_payload());
        for member in members {
            let stream = self.model.shapes.get(&member.target).is_some_and(is_stream);
            match payload {
                Some(payload) if self.bindings(member).is_empty() => {
                    self.homeless(member, payload);
                }
                // Events are checked with streams.
                _ if stream && kind(self.model, member).is_some_and(is_union) => {}
                _ if stream && !member.traits.http_payload() => self.diagnostics.error(
                    self.place(member),
                    format!(
                        "`{}` is a stream, and not the whole body of `{}`",
                        member.name, operation.name
                    ),
                    format!("give it `{PAYLOAD}`: nothing else can stream"),
                ),
                _ => {}
            }
        }
    }

    /// Reports a member that has no place because of a payload.
    fn homeless(&mut self, member: &Member, payload: &Member) {
        let (name, payload_name) = (&member.name, &payload.name);
        let mut ignored = BINDINGS.iter().filter(|it| member.traits.has(it.id));
        let why = ignored.next().map_or_else(String::new, |binding| {
            format!(
                ", and `{}` has no effect {}",
                binding.id,
                self.position.within()
            )
        });
        let elsewhere = match self.position {
            Position::Input => "to a header, to the query or to the URI",
            Position::Output | Position::Error => "to a header",
        };
        self.diagnostics.error(
            self.place(member),
            format!(
                "there is no place for `{name}` in the message: `{payload_name}` is the whole \
                 body{why}"
            ),
            format!("bind `{name}` {elsewhere}, or remove `{PAYLOAD}` from `{payload_name}`"),
        );
        let place = self.place(payload).r#trait(PAYLOAD);
        self.diagnostics.see(place, format!("`{payload_name}`"));
    }

    fn once(&mut self, binding: &Binding) {
        if !binding.positions.contains(&self.position) {
            return;
        }
        let members = members_of(Some(self.shape)).iter();
        let mut names = members
            .filter(|member| member.traits.has(binding.id))
            .map(|member| &member.name);
        if let (Some(first), Some(second)) = (names.next(), names.next()) {
            self.diagnostics.error(
                Place::shape(&self.shape.id)
                    .member(second)
                    .r#trait(binding.id),
                format!("both `{first}` and `{second}` have `{}`", binding.id),
                "leave it to one member of the structure",
            );
            let first_place = Place::shape(&self.shape.id).member(first);
            let what = format!("that of `{first}`");
            self.diagnostics.see(first_place.r#trait(binding.id), what);
        }
    }

    fn unique(&mut self, id: &str, noun: &str, name: impl Fn(&Member) -> Option<String>) {
        let mut seen: BTreeMap<String, &'c str> = BTreeMap::new();
        for member in members_of(Some(self.shape)) {
            let Some(part) = name(member) else {
                continue;
            };
            if let Some(first) = seen.insert(part.clone(), &member.name) {
                self.diagnostics.error(
                    self.place(member).r#trait(id),
                    format!(
                        "`{first}` and `{}` are bound to one {noun}, `{part}`",
                        member.name
                    ),
                    format!("bind one of them to another {noun}"),
                );
                let first_place = Place::shape(&self.shape.id).member(first).r#trait(id);
                self.diagnostics
                    .see(first_place, format!("that of `{first}`"));
            }
        }
    }

    /// A type with its element type, because that is usually what is wrong with lists and maps.
    fn a(&self, kind: &Kind) -> String {
        let element = match kind {
            Kind::List(member) | Kind::Map { value: member, .. } => {
                self.model.shapes.get(&member.target)
            }
            _ => None,
        };
        match element {
            Some(element) => format!("{} of {} values", a(kind), element.kind.name()),
            None => a(kind),
        }
    }
}

fn is_union(kind: &Kind) -> bool {
    matches!(kind, Kind::Union(_))
}

fn is_payload(kind: &Kind) -> bool {
    is_string(kind)
        || is_union(kind)
        || matches!(kind, Kind::Blob | Kind::Structure(_) | Kind::Document)
}

pub(super) fn is_simple(kind: &Kind) -> bool {
    is_string(kind) || is_number(kind) || matches!(kind, Kind::Boolean | Kind::Timestamp)
}

/// Whether the elements of a list or map have a suitable type. A target that does not exist has
/// been reported.
fn holds(model: &Model, member: &Member, fits: impl Fn(&Kind) -> bool) -> bool {
    kind(model, member).is_none_or(fits)
}

fn is_simple_or_list(model: &Model, kind: &Kind) -> bool {
    match kind {
        Kind::List(member) => holds(model, member, is_simple),
        kind => is_simple(kind),
    }
}

fn is_map_of_strings(model: &Model, kind: &Kind) -> bool {
    match kind {
        Kind::Map { value, .. } => holds(model, value, is_string),
        _ => false,
    }
}

fn is_map_of_strings_or_lists(model: &Model, kind: &Kind) -> bool {
    let string_or_list = |kind: &Kind| match kind {
        Kind::List(member) => holds(model, member, is_string),
        kind => is_string(kind),
    };
    match kind {
        Kind::Map { value, .. } => holds(model, value, string_or_list),
        _ => false,
    }
}
