//! Errors and their details.
//!
//! A call fails with an [`SdkError`]: the request could not be built or sent, the response could
//! not be read, or the service answered with an error of its own, which is then in
//! [`SdkError::ServiceError`]. [`ProvideErrorMetadata`] gives code and message of the latter,
//! [`DisplayErrorContext`] prints an error with all of its causes.

use std::error::Error;
use std::fmt;

pub use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::result;
pub use aws_smithy_runtime_api::client::result::ConnectorError;
pub use aws_smithy_types::error::display::DisplayErrorContext;
pub use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
pub use aws_smithy_types::error::operation::BuildError;

use crate::config::http::HttpResponse;

/// What a call returns when it fails.
pub type SdkError<E, R = HttpResponse> = result::SdkError<E, R>;

/// The error of parsing a string that is not a value of the enum.
#[derive(Debug)]
pub struct UnknownVariantError {
    pub(crate) value: String,
}

impl fmt::Display for UnknownVariantError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown enum variant: '{}'", self.value)
    }
}

impl Error for UnknownVariantError {}

pub(crate) mod sealed_unhandled {
    //! Errors that the service's model does not know.

    use std::fmt;

    use aws_smithy_types::retry::ErrorKind;

    use crate::error::{BoxError, ErrorMetadata};

    /// An error for which this crate has no type.
    ///
    /// The error that contains it has the code and the message; see
    /// [`ProvideErrorMetadata`](crate::error::ProvideErrorMetadata).
    pub struct Unhandled {
        pub(crate) source: BoxError,
        pub(crate) meta: ErrorMetadata,
        /// Whether the request may be retried, if the error is in the model and only its members
        /// could not be read.
        pub(crate) retry: Option<ErrorKind>,
    }

    impl Unhandled {
        pub(crate) fn new(source: BoxError, meta: Option<ErrorMetadata>) -> Self {
            Self {
                source,
                meta: meta.unwrap_or_default(),
                retry: None,
            }
        }

        /// Creates an error from its metadata.
        pub(crate) fn generic(meta: ErrorMetadata) -> Self {
            Self::new(meta.clone().into(), Some(meta))
        }

        /// Prints the metadata of the error, for `Display` of the enum that contains it.
        pub(crate) fn describe(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            match self.meta.code() {
                Some(code) => write!(f, "unhandled error ({code})"),
                None => f.write_str("unhandled error"),
            }
        }
    }

    impl fmt::Debug for Unhandled {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.debug_struct("Unhandled")
                .field("source", &self.source)
                .field("meta", &self.meta)
                .finish()
        }
    }
}

pub(crate) mod known {
    //! The errors of all operations.

    use std::error::Error;
    use std::fmt;

    use aws_smithy_types::error::metadata::ProvideErrorMetadata;
    use aws_smithy_types::retry::ErrorKind;

    use super::sealed_unhandled::Unhandled;
    use crate::error::ErrorMetadata;

    /// An error in the service's model.
    pub(crate) trait Modeled: Error + ProvideErrorMetadata + 'static {
        /// Whether the request may be retried, according to the model.
        fn retry_kind(&self) -> Option<ErrorKind>;
    }

    /// An error of any operation: an error of the model, or another one.
    pub(crate) type Known<'a> = Result<&'a dyn Modeled, &'a Unhandled>;

    pub(crate) fn meta(error: Known<'_>) -> &ErrorMetadata {
        match error {
            Ok(error) => error.meta(),
            Err(error) => &error.meta,
        }
    }

    pub(crate) fn source(error: Known<'_>) -> Option<&(dyn Error + 'static)> {
        match error {
            Ok(error) => Some(error),
            Err(error) => Some(&*error.source),
        }
    }

    pub(crate) fn retry_kind(error: Known<'_>) -> Option<ErrorKind> {
        match error {
            Ok(error) => error.retry_kind(),
            Err(error) => error.retry,
        }
    }

    pub(crate) fn display(error: Known<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match error {
            Ok(error) => fmt::Display::fmt(error, f),
            Err(error) => error.describe(f),
        }
    }
}
