//! Whether a document is the output of an operation. The page of a proxy has none of its members
//! either, and must not be taken for an output that is empty.

use aws_smithy_schema::serde::SerdeError;
use aws_smithy_xml::decode::Document;

/// Refuses a document with another root, or whose first element is another one.
pub(super) fn check(body: &[u8], root: &str, first: Option<&str>) -> Result<(), SerdeError> {
    let invalid = |error| SerdeError::invalid_input(format!("{error}"));
    let wrong = |name| SerdeError::invalid_input(format!("there is no element `{name}`"));
    let mut document = Document::try_from(body).map_err(invalid)?;
    let mut found = document.root_element().map_err(invalid)?;
    if !found.start_el().matches(root) {
        return Err(wrong(root));
    }
    let Some(first) = first else {
        return Ok(());
    };
    match found.next_tag() {
        Some(tag) if tag.start_el().matches(first) => Ok(()),
        _ => Err(wrong(first)),
    }
}
