//! Checks status codes of successes and errors.

use super::HTTP;
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::check::suppressions::is_suppressed;
use crate::smithy::resolve::{Model, Operation};
use crate::smithy::traits::ErrorKind;

/// Smithy's event for the problem, which models can suppress.
const EVENT: &str = "HttpResponseCodeSemantics";

/// Checks the code of a success: clients treat any other as an error.
pub(super) fn of_success(operation: &Operation, code: u16, diagnostics: &mut Diagnostics) {
    if !(200..300).contains(&code) {
        diagnostics.error(
            Place::shape(&operation.id).r#trait(HTTP).key("code"),
            format!("the code of a success is {code}"),
            "it must be from 200 to 299",
        );
    }
}

/// Checks that the codes of errors agree with `smithy.api#error`.
pub(super) fn of_errors(model: &Model, diagnostics: &mut Diagnostics) {
    const HTTP_ERROR: &str = "smithy.api#httpError";
    for shape in model.shapes.values() {
        let code = shape.traits.get(HTTP_ERROR).and_then(|it| it.as_i64());
        let (Some(code), Some(kind)) = (code, shape.traits.error()) else {
            continue;
        };
        let (blamed, codes) = match kind {
            ErrorKind::Client => ("client", 400..500),
            ErrorKind::Server => ("server", 500..600),
        };
        let is_fine = codes.contains(&code);
        if is_fine || is_suppressed(model, &shape.id, &shape.traits, EVENT) {
            continue;
        }
        diagnostics.error(
            Place::shape(&shape.id).r#trait(HTTP_ERROR),
            format!("the code of an error of the {blamed} is {code}"),
            format!(
                "it must be from {} to {}; if this is intended, suppress it with \
                 `smithy.api#suppress` and `{EVENT}`",
                codes.start,
                codes.end - 1
            ),
        );
        let place = Place::shape(&shape.id).r#trait("smithy.api#error");
        diagnostics.see(place, "who is to blame");
    }
}
