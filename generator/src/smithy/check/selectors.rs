//! Checks where traits are applied; see the [selectors](https://smithy.io/2.0/trait-index.html)
//! that Smithy defines them with.
//!
//! Checks only traits that clients use, and only uses that clients could not implement. HTTP
//! bindings have their own checks of targets.

use std::collections::BTreeSet;

use super::{a, is_number, is_string, kind};
use crate::diagnostics::{Diagnostics, Place};
use crate::shape_id::ShapeId;
use crate::smithy::resolve::{Kind, Member, Model, Shape};
use crate::smithy::traits::Traits;

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    let errors = model.operations.iter().flat_map(|it| &it.errors);
    let errors: BTreeSet<&ShapeId> = errors.collect();
    let mut checking = Checking { diagnostics };
    let service = &model.service;
    checking.traits(&service.traits, &Site::Service, || {
        Place::shape(&service.id)
    });
    for operation in &model.operations {
        let place = || Place::shape(&operation.id);
        checking.traits(&operation.traits, &Site::Operation, place);
    }
    for shape in model.shapes.values() {
        let site = match errors.contains(&shape.id) {
            true => Site::Error(shape),
            false => Site::Shape(shape),
        };
        checking.traits(&shape.traits, &site, || Place::shape(&shape.id));
        for member in shape.members() {
            let site = Site::Member(shape, kind(model, member));
            checking.traits(&member.traits, &site, || place_of(shape, member));
        }
    }
}

fn place_of(shape: &Shape, member: &Member) -> Place {
    Place::shape(&shape.id).member(&member.name)
}

struct Checking<'c> {
    diagnostics: &'c mut Diagnostics,
}

impl Checking<'_> {
    fn traits(&mut self, traits: &Traits, site: &Site<'_>, place: impl Fn() -> Place) {
        for (id, _) in traits.iter() {
            let Some(selector) = selector(id).filter(|selector| !selector.selects(site)) else {
                continue;
            };
            self.diagnostics.error(
                place().r#trait(id).the_key(),
                format!("`{id}` is applied to {}", site.describe(selector)),
                format!("remove it: it belongs on {}", selector.describe()),
            );
        }
    }
}

/// What a trait is applied to.
enum Site<'m> {
    Service,
    Operation,
    Shape(&'m Shape),
    /// A shape that operations return as an error. If it lacks `@error`, that has been reported.
    Error(&'m Shape),
    /// A member of a shape, and its target.
    Member(&'m Shape, Option<&'m Kind>),
}

/// Where a trait may be applied.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Selector {
    Service,
    Operation,
    ServiceOrOperation,
    Structure,
    Error,
    List,
    ListOrMap,
    BlobOrUnion,
    PlainString,
    StructureMember,
    NamedMember,
    EnumMember,
    /// Values, and members with such values.
    Sized,
    Number,
    String,
    Timestamp,
}

fn selector(id: &str) -> Option<Selector> {
    match id {
        "smithy.waiters#waitable"
        | "aws.protocols#httpChecksum"
        | "aws.api#clientDiscoveredEndpoint" => return Some(Selector::Operation),
        "aws.api#clientEndpointDiscovery" => return Some(Selector::Service),
        "aws.api#clientEndpointDiscoveryId" => return Some(Selector::StructureMember),
        _ => {}
    }
    Some(match id.strip_prefix("smithy.api#")? {
        "http"
        | "readonly"
        | "idempotent"
        | "endpoint"
        | "optionalAuth"
        | "httpChecksumRequired"
        | "requestCompression"
        | "examples" => Selector::Operation,
        "paginated" | "auth" => Selector::ServiceOrOperation,
        "input" | "output" | "error" => Selector::Structure,
        "httpError" | "retryable" => Selector::Error,
        "uniqueItems" => Selector::List,
        "sparse" => Selector::ListOrMap,
        "streaming" => Selector::BlobOrUnion,
        "enum" => Selector::PlainString,
        "required" | "default" | "clientOptional" | "addedDefault" | "idempotencyToken"
        | "hostLabel" | "httpLabel" | "httpQuery" | "httpQueryParams" | "httpHeader"
        | "httpPrefixHeaders" | "httpPayload" | "httpResponseCode" => Selector::StructureMember,
        "jsonName" => Selector::NamedMember,
        "enumValue" => Selector::EnumMember,
        "length" => Selector::Sized,
        "range" => Selector::Number,
        "pattern" => Selector::String,
        "timestampFormat" => Selector::Timestamp,
        _ => return None,
    })
}

impl Selector {
    fn selects(self, site: &Site<'_>) -> bool {
        match site {
            Site::Service => matches!(self, Selector::Service | Selector::ServiceOrOperation),
            Site::Operation => matches!(self, Selector::Operation | Selector::ServiceOrOperation),
            Site::Error(_) if self == Selector::Error => true,
            Site::Shape(shape) | Site::Error(shape) => self.selects_shape(shape),
            Site::Member(shape, target) => match self {
                Selector::StructureMember => matches!(shape.kind, Kind::Structure(_)),
                Selector::NamedMember => {
                    matches!(shape.kind, Kind::Structure(_) | Kind::Union(_))
                }
                // A target that does not exist has been reported.
                _ => self.is_of_values() && target.is_none_or(|kind| self.selects_values(kind)),
            },
        }
    }

    fn selects_shape(self, shape: &Shape) -> bool {
        match (self, &shape.kind) {
            (Selector::Structure, Kind::Structure(_)) => true,
            (Selector::Error, Kind::Structure(_)) => shape.traits.has("smithy.api#error"),
            (Selector::List, Kind::List(_)) => true,
            (Selector::ListOrMap, Kind::List(_) | Kind::Map { .. }) => true,
            (Selector::BlobOrUnion, Kind::Blob | Kind::Union(_)) => true,
            // With the trait, it is an enum.
            (Selector::PlainString, kind) => is_string(kind),
            // Simple types, lists and maps can have defaults as well, for members that target them.
            (Selector::StructureMember, _) => shape.traits.has("smithy.api#default"),
            (_, kind) => self.is_of_values() && self.selects_values(kind),
        }
    }

    fn is_of_values(self) -> bool {
        matches!(
            self,
            Selector::Sized | Selector::Number | Selector::String | Selector::Timestamp
        )
    }

    fn selects_values(self, kind: &Kind) -> bool {
        match self {
            Selector::Sized => {
                is_string(kind) || matches!(kind, Kind::Blob | Kind::List(_) | Kind::Map { .. })
            }
            Selector::Number => is_number(kind),
            Selector::String => is_string(kind),
            Selector::Timestamp => matches!(kind, Kind::Timestamp),
            _ => false,
        }
    }

    fn describe(self) -> &'static str {
        match self {
            Selector::Service => "services",
            Selector::Operation => "operations",
            Selector::ServiceOrOperation => "services and operations",
            Selector::Structure => "structures",
            Selector::Error => "structures with `smithy.api#error`",
            Selector::List => "lists",
            Selector::ListOrMap => "lists and maps",
            Selector::BlobOrUnion => "blobs and unions",
            Selector::PlainString => "strings",
            Selector::StructureMember => "members of structures",
            Selector::NamedMember => "members of structures and unions",
            Selector::EnumMember => "members of enums",
            Selector::Sized => "strings, blobs, lists and maps",
            Selector::Number => "numbers",
            Selector::String => "strings",
            Selector::Timestamp => "timestamps",
        }
    }
}

impl Site<'_> {
    /// A description of what the selector concerns.
    fn describe(&self, selector: Selector) -> String {
        match self {
            Site::Service => "a service".to_owned(),
            Site::Operation => "an operation".to_owned(),
            Site::Shape(shape) if selector == Selector::Error => {
                format!("{} without `smithy.api#error`", a(&shape.kind))
            }
            Site::Shape(shape) | Site::Error(shape) => a(&shape.kind),
            Site::Member(_, Some(target)) if selector.is_of_values() => {
                format!("a member that targets {}", a(target))
            }
            Site::Member(shape, _) => format!("a member of {}", a(&shape.kind)),
        }
    }
}
