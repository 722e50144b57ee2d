//! XML documents: reads them, and checks whether one is the output of an operation.

use std::sync::LazyLock;

use aws_smithy_schema::codec::Codec;
use aws_smithy_schema::prelude;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_xml::codec::{XmlCodec, XmlCodecSettings};
use aws_smithy_xml::decode::Document;

/// The codec that reads documents.
pub(super) static CODEC: LazyLock<XmlCodec> = LazyLock::new(codec);

/// Refuses documents that are not well-formed: half a response must not look like a whole one.
/// Lists and maps have only the elements with the name in the model.
pub(super) fn codec() -> XmlCodec {
    let settings = XmlCodecSettings::builder()
        .validate_document(true)
        .strict_collection_element_names(true);
    XmlCodec::new(settings.build())
}

/// Refuses incomplete documents.
pub(super) fn check(body: &[u8]) -> Result<(), SerdeError> {
    let mut document = CODEC.create_deserializer(body);
    document.read_struct(&prelude::UNIT, &mut |_, _| Ok(()))
}

/// Refuses a document whose root or first element has another name. The error page of a proxy has
/// none of an output's members, and must not be read as an empty output.
pub(super) fn check_root(body: &[u8], root: &str, first: Option<&str>) -> Result<(), SerdeError> {
    let invalid = |error| SerdeError::invalid_input(format!("{error}"));
    let wrong = |name| SerdeError::invalid_input(format!("there is no element `{name}`"));
    // The scope of an element reads to the element's end when it is dropped.
    let mut document = Document::try_from(body).map_err(invalid)?;
    let found = document.next_start_element();
    if !found.is_some_and(|found| found.matches(root)) {
        return Err(wrong(root));
    }
    let Some(first) = first else {
        return Ok(());
    };
    match document.next_start_element() {
        Some(tag) if tag.depth() == 1 && tag.matches(first) => Ok(()),
        _ => Err(wrong(first)),
    }
}
