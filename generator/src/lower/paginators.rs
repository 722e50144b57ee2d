//! Lowers `@paginated`.

use super::Context;
use crate::ir::{Items, PageSize, Paginator, PathStep, Presence, Type};
use crate::lower::presence::presence;
use crate::names::FieldName;
use crate::smithy::{Operation, Shape, ShapeId};

/// How an operation is paginated; `None` if it is not, or not fully described.
///
/// The service's settings are defaults for the operation's. The check of the model has verified
/// that all members exist and have the right types.
pub(super) fn paginator(context: &Context<'_>, operation: &Operation) -> Option<Paginator> {
    let of_operation = operation.traits.paginated()?;
    let of_service = context.model.service.traits.paginated().unwrap_or_default();
    let input_token = of_operation.input_token.or(of_service.input_token)?;
    let output_token = of_operation.output_token.or(of_service.output_token)?;
    let page_size = of_operation.page_size.or(of_service.page_size);
    let items = of_operation.items.or(of_service.items);
    let input = context.model.shape(operation.input.as_ref()?);
    let output = context.model.shape(operation.output.as_ref()?);
    let token_member = input.member(&input_token)?;
    let (output_token, _) = path(context, output, &output_token)?;
    let items = items.and_then(|items| {
        let (path, (owner, member)) = path(context, output, &items)?;
        let member = context.model.shape(&owner).member(&member)?;
        let collection = context.shapes.member_type(context.model, &owner, member);
        Some(Items {
            path,
            is_complex: is_complex(&collection),
            collection,
        })
    });
    let page_size = page_size.and_then(|name| {
        let member = input.member(&name)?;
        let ty = context.shapes.member_type(context.model, &input.id, member);
        Some(PageSize {
            field: FieldName::new(member.rust_name()),
            ty,
        })
    });
    Some(Paginator {
        token_type: context
            .shapes
            .member_type(context.model, &input.id, token_member),
        input_token: FieldName::new(token_member.rust_name()),
        output_token,
        more_pages: more_pages(context, operation, output),
        page_size,
        items,
    })
}

/// Whether clippy reports the type of a stream of items as complex. The weight of each part grows
/// with its depth. The stream and the result enclose the items; the error is beside them.
fn is_complex(collection: &Type) -> bool {
    const MOST: usize = 250 - (1 + 2 + 3 + 4 + 4) * 10;
    fn score(ty: &Type, depth: usize) -> usize {
        let inside = match ty {
            Type::List(inner) | Type::Sparse(inner) | Type::Boxed(inner) => score(inner, depth + 1),
            Type::Map(key, value) => score(key, depth + 1) + score(value, depth + 1),
            _ => 0,
        };
        10 * depth + inside
    }
    let item = match collection {
        Type::List(element) => element,
        // An entry is a pair, which has the same weight as a map.
        map => map,
    };
    score(item, 3) > MOST
}

/// The flag that says whether there is another page, for services whose last page has a token.
fn more_pages(context: &Context<'_>, operation: &Operation, output: &Shape) -> Option<PathStep> {
    let name = context.customized.more_pages.get(&operation.id)?;
    let (mut steps, _) = path(context, output, name)?;
    steps.pop()
}

/// A path such as `result.items`, step by step, and the member at its end.
fn path(
    context: &Context<'_>,
    start: &Shape,
    path: &str,
) -> Option<(Vec<PathStep>, (ShapeId, String))> {
    let mut shape = start;
    let mut steps = Vec::new();
    let mut end = None;
    for name in path.split('.') {
        let member = shape.member(name)?;
        let target = context.model.target(member);
        let optional = presence(member, target) == Presence::Optional;
        steps.push(PathStep {
            field: FieldName::new(member.rust_name()),
            optional,
        });
        end = Some((shape.id.clone(), name.to_owned()));
        shape = target;
    }
    Some((steps, end?))
}
