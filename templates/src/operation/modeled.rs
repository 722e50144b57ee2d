//! Errors in the service's model.

use std::fmt;

use aws_smithy_schema::serde::SerdeError;
use aws_smithy_types::error::metadata::ErrorMetadata;
use aws_smithy_types::retry::ErrorKind;

use super::typed::ErrorResponse;
use crate::error::sealed_unhandled::Unhandled;
use crate::reader::Reader;
use crate::serde::{self, Structure};

/// An error structure of the model.
pub(crate) trait ModeledError: Structure {
    /// Whether the request may be retried, according to the model.
    const RETRY: Option<ErrorKind> = None;

    /// Sets the error's metadata in the builder, and the message if it has none.
    fn describe(builder: &mut Self::Builder, meta: ErrorMetadata);

    /// Hides sensitive parts of the error's metadata.
    fn printed(meta: ErrorMetadata) -> ErrorMetadata {
        meta
    }
}

/// Reads an error. If that fails, returns the metadata that is known.
pub(crate) fn read<E: ModeledError>(
    response: &ErrorResponse<'_>,
    meta: ErrorMetadata,
) -> Result<E, Unhandled> {
    let unreadable = |error: SerdeError, meta| Unhandled {
        retry: E::RETRY,
        ..Unhandled::new(error.into(), Some(E::printed(meta)))
    };
    match members::<E>(response) {
        Ok(mut builder) => {
            E::describe(&mut builder, meta.clone());
            E::finish(builder).map_err(|error| unreadable(error, meta))
        }
        Err(error) => Err(unreadable(error, meta)),
    }
}

fn members<E: ModeledError>(response: &ErrorResponse<'_>) -> Result<E::Builder, SerdeError> {
    let mut de = response.members()?;
    serde::read_members::<E>(&mut Reader::of_response(&mut *de))
}

/// Prints an error as its name and the service's message.
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
