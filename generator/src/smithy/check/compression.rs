//! Compressed requests; see
//! <https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait>.

use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::resolve::Model;

const COMPRESSION: &str = "smithy.api#requestCompression";

/// The encodings that Smithy allows and clients support.
const ENCODINGS: [&str; 1] = ["gzip"];

pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for operation in &model.operations {
        let value = operation.traits.get(COMPRESSION);
        let Some(encodings) = value.and_then(|it| it.get("encodings")?.as_array()) else {
            continue;
        };
        let place = Place::shape(&operation.id)
            .r#trait(COMPRESSION)
            .key("encodings");
        let remedy = format!("name `{}`: there is no other", ENCODINGS.join("`, `"));
        if encodings.is_empty() {
            diagnostics.error(
                place.clone(),
                "no encoding of requests is listed",
                remedy.as_str(),
            );
        }
        for (index, encoding) in encodings.iter().enumerate() {
            // An element of another type has been reported.
            let Some(name) = encoding.as_str() else {
                continue;
            };
            if !ENCODINGS.iter().any(|it| it.eq_ignore_ascii_case(name)) {
                diagnostics.error(
                    place.clone().index(index),
                    format!("`{name}` is not an encoding of requests"),
                    remedy.as_str(),
                );
            }
        }
    }
}
