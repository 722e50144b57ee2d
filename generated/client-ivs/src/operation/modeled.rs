//! Errors that the service's model has.

use std::fmt;

use aws_smithy_schema::serde::SerdeError;
use aws_smithy_types::error::metadata::ErrorMetadata;

use super::typed::ErrorResponse;
use crate::json::Reader;
use crate::serde::{self, Structure};

/// An error structure of the model.
pub(crate) trait ModeledError: Structure {
    /// Gives the builder the error's metadata, and its message where it has none.
    fn describe(builder: &mut Self::Builder, meta: ErrorMetadata);
}

/// Reads an error.
pub(crate) fn read<E: ModeledError>(
    response: &ErrorResponse<'_>,
    meta: ErrorMetadata,
) -> Result<E, SerdeError> {
    let mut de = response.members()?;
    let mut builder = serde::read_members::<E>(&mut Reader::of(&mut *de))?;
    E::describe(&mut builder, meta);
    E::finish(builder)
}

/// Prints an error as its name and the service's words.
pub(crate) fn display(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    message: Option<&str>,
) -> fmt::Result {
    f.write_str(name)?;
    match message {
        Some(message) => write!(f, ": {message}"),
        None => Ok(()),
    }
}
