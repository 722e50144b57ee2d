//! Compares paginators.

use super::change::Changes;
use super::kind::Kind;
use super::spell::{self, NewNames};
use super::{Side, Sides};
use crate::ir::{Operation, Paginator, PathStep, Type};

/// Compares how an operation is paginated.
pub(super) fn compare(
    sides: &Sides<'_>,
    path: &str,
    old: &Operation,
    new: &Operation,
    changes: &mut Changes,
) {
    let into = format!("{path}().into_paginator()");
    match (&old.paginator, &new.paginator) {
        (None, None) => {}
        (Some(_), None) => changes.add(Kind::PaginatorRemoved, into),
        (None, Some(_)) => changes.add(Kind::PaginatorAdded, into),
        (Some(old), Some(new)) => paginator(sides, &into, old, new, changes),
    }
}

fn paginator(
    sides: &Sides<'_>,
    path: &str,
    old: &Paginator,
    new: &Paginator,
    changes: &mut Changes,
) {
    let size = |side: &Side, paginator: &Paginator, names: &NewNames| {
        let size = paginator.page_size.as_ref()?;
        Some(spell::ty(&side.client, &size.ty, names))
    };
    let items = |side: &Side, paginator: &Paginator, names: &NewNames| {
        let items = paginator.items.as_ref()?;
        Some(spell::ty(&side.client, element(&items.collection), names))
    };
    let none = NewNames::new();
    let (before, after) = (
        size(sides.old, old, &sides.names),
        size(sides.new, new, &none),
    );
    method(&format!("{path}.page_size()"), before, after, changes);
    let (before, after) = (
        items(sides.old, old, &sides.names),
        items(sides.new, new, &none),
    );
    method(&format!("{path}.items()"), before, after, changes);
    changes.differ(Kind::Pagination, path, members(old), members(new));
    if let (Some(old), Some(new)) = (&old.page_size, &new.page_size) {
        let path = format!("{path}.page_size()");
        changes.differ(
            Kind::Pagination,
            path,
            old.field.as_str(),
            new.field.as_str(),
        );
    }
    if let (Some(old), Some(new)) = (&old.items, &new.items) {
        let path = format!("{path}.items()");
        changes.differ(Kind::Pagination, path, way(&old.path), way(&new.path));
    }
}

/// Compares an optional method by the type that it takes or returns.
fn method(path: &str, before: Option<String>, after: Option<String>, changes: &mut Changes) {
    match (before, after) {
        (None, None) => {}
        (Some(before), None) => changes.removed(Kind::PaginatorMethodRemoved, path, before),
        (None, Some(after)) => changes.added(Kind::PaginatorMethodAdded, path, after),
        (Some(before), Some(after)) => changes.differ(Kind::PaginatorType, path, before, after),
    }
}

/// The type of an item of a page: an element of a list, or a value with its key.
fn element(collection: &Type) -> &Type {
    match collection {
        Type::List(element) => element,
        other => other,
    }
}

/// The members that every paginator uses.
fn members(paginator: &Paginator) -> String {
    let Paginator {
        input_token,
        token_type: _,
        output_token,
        more_pages,
        page_size: _,
        items: _,
    } = paginator;
    let members = format!("{input_token} from {}", way(output_token));
    match more_pages {
        Some(flag) => format!("{members} while {}", flag.field),
        None => members,
    }
}

fn way(steps: &[PathStep]) -> String {
    let steps: Vec<_> = steps.iter().map(|step| step.field.as_str()).collect();
    steps.join(".")
}
