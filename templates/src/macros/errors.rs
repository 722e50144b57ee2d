//! Errors of the model, of operations and of the service.

/// Implements the methods and traits of an error structure that do not depend on its members.
///
/// A `message` may be `sensitive`, or have an `other` type than text, or both: `hidden`. The runtime
/// prints the metadata, which therefore must not contain a sensitive message.
macro_rules! modeled_error {
    ($error:ident, $builder:ty
        $(, retry = $retry:ident)? $(, message = $message:ident)?) => {
        impl $builder {
            /// Sets the error's code, message and request id.
            #[inline]
            pub fn meta(
                mut self,
                meta: aws_smithy_types::error::metadata::ErrorMetadata,
            ) -> Self {
                self.meta = meta;
                self
            }

            /// Sets or clears the error's code, message and request id.
            #[inline]
            pub fn set_meta(
                &mut self,
                meta: ::std::option::Option<aws_smithy_types::error::metadata::ErrorMetadata>,
            ) -> &mut Self {
                self.meta = meta.unwrap_or_default();
                self
            }
        }

        impl crate::operation::modeled::ModeledError for $error {
            $(const RETRY: ::std::option::Option<aws_smithy_types::retry::ErrorKind> =
                ::std::option::Option::Some(aws_smithy_types::retry::ErrorKind::$retry);)?

            #[inline]
            fn describe(
                builder: &mut $builder,
                meta: aws_smithy_types::error::metadata::ErrorMetadata,
            ) {
                modeled_error!(@describe builder meta $($message)?);
                builder.meta = <Self as crate::operation::modeled::ModeledError>::printed(meta);
            }

            $(modeled_error!(@printed $message);)?
        }

        impl crate::error::known::Modeled for $error {
            #[inline]
            fn retry_kind(
                &self,
            ) -> ::std::option::Option<aws_smithy_types::retry::ErrorKind> {
                <Self as crate::operation::modeled::ModeledError>::RETRY
            }
        }

        impl ::std::fmt::Display for $error {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let message = modeled_error!(@message self $($message)?);
                crate::operation::modeled::display(f, ::std::stringify!($error), message)
            }
        }

        impl ::std::error::Error for $error {}

        impl aws_smithy_types::error::metadata::ProvideErrorMetadata for $error {
            #[inline]
            fn meta(&self) -> &aws_smithy_types::error::metadata::ErrorMetadata {
                &self.meta
            }
        }

        impl aws_types::request_id::RequestId for $error {
            #[inline]
            fn request_id(&self) -> ::std::option::Option<&str> {
                self.meta.request_id()
            }
        }

        //~ if extended-request-id
        impl crate::extended_request_id::RequestIdExt for $error {
            #[inline]
            fn extended_request_id(&self) -> ::std::option::Option<&str> {
                crate::response_metadata::extended_request_id(&self.meta)
            }
        }

        //~ end
        impl crate::response_metadata::ProvideResponseMetadata for $error {
            #[inline]
            fn response_metadata(&self) -> crate::response_metadata::ResponseMetadata {
                crate::response_metadata::of_error(&self.meta)
            }
        }
    };
    (@describe $builder:ident $meta:ident other) => {};
    (@describe $builder:ident $meta:ident hidden) => {};
    (@describe $builder:ident $meta:ident $($sensitive:ident)?) => {
        if $builder.message.is_none() {
            $builder.message = $meta.message().map(::std::borrow::ToOwned::to_owned);
        }
    };
    (@printed other) => {};
    (@printed $sensitive:ident) => {
        #[inline]
        fn printed(
            meta: aws_smithy_types::error::metadata::ErrorMetadata,
        ) -> aws_smithy_types::error::metadata::ErrorMetadata {
            meta.into_builder().message("*** Sensitive Data Redacted ***").build()
        }
    };
    (@message $this:ident other) => {
        $this.meta.message()
    };
    (@message $this:ident $sensitive:ident) => {
        ::std::option::Option::Some("*** Sensitive Data Redacted ***")
    };
    (@message $this:ident) => {
        ::std::convert::Into::<::std::option::Option<&str>>::into($this.message())
    };
}

//~ if sends-events
/// Converts the error that a user's stream of events ends with: member => variant.
macro_rules! sent_error {
    ($name:ident { $($member:literal => $variant:ident),* $(,)? }) => {
        impl crate::operation::event_sender::SentError for $name {
            fn modeled(
                &self,
            ) -> ::std::option::Option<
                ::std::result::Result<
                    aws_smithy_types::event_stream::Message,
                    aws_smithy_schema::serde::SerdeError,
                >,
            > {
                match self {
                    $(Self::$variant(error) => ::std::option::Option::Some(
                        crate::operation::event_writer::exception(
                            $member,
                            &crate::serde::Members(error),
                        ),
                    ),)*
                    Self::Unhandled(_) => ::std::option::Option::None,
                }
            }
        }
    };
}

//~ end
/// Implements an operation's error enum. Each row has the code, if any, the variant, and the method
/// that tests for it.
macro_rules! operation_error {
    ($name:ident { $($($($code:literal)|+ =>)? $variant:ident $is:ident),* $(,)? }) => {
        impl $name {
            /// Wraps any error as an unhandled one.
            #[inline]
            pub fn unhandled(
                err: impl ::std::convert::Into<
                    ::std::boxed::Box<
                        dyn ::std::error::Error
                            + ::std::marker::Send
                            + ::std::marker::Sync
                            + 'static,
                    >,
                >,
            ) -> Self {
                Self::Unhandled(crate::error::sealed_unhandled::Unhandled::new(
                    err.into(),
                    ::std::option::Option::None,
                ))
            }

            /// Returns an unhandled error with this metadata.
            #[inline]
            pub fn generic(err: aws_smithy_types::error::metadata::ErrorMetadata) -> Self {
                Self::Unhandled(crate::error::sealed_unhandled::Unhandled::generic(err))
            }

            /// Returns the error's code, message and request id.
            #[inline]
            pub fn meta(&self) -> &aws_smithy_types::error::metadata::ErrorMetadata {
                crate::error::known::meta(crate::operation::runtime::OperationError::known(self))
            }

            $(
                #[doc = ::std::concat!("Whether this is [`Self::", ::std::stringify!($variant), "`].")]
                #[inline]
                pub fn $is(&self) -> bool {
                    ::std::matches!(self, Self::$variant(_))
                }
            )*
        }

        impl crate::operation::runtime::OperationError for $name {
            #[inline]
            fn read(
                _code: &str,
                meta: aws_smithy_types::error::metadata::ErrorMetadata,
                _response: &crate::operation::typed::ErrorResponse<'_>,
            ) -> ::std::result::Result<Self, crate::error::sealed_unhandled::Unhandled> {
                match _code {
                    $($($($code)|+ => {
                        crate::operation::modeled::read(_response, meta).map(Self::$variant)
                    })?)*
                    _ => ::std::result::Result::Err(
                        crate::error::sealed_unhandled::Unhandled::generic(meta),
                    ),
                }
            }

            #[inline]
            fn of_unhandled(error: crate::error::sealed_unhandled::Unhandled) -> Self {
                Self::Unhandled(error)
            }

            #[inline]
            fn known(&self) -> crate::error::known::Known<'_> {
                match self {
                    $(Self::$variant(error) => ::std::result::Result::Ok(error),)*
                    Self::Unhandled(error) => ::std::result::Result::Err(error),
                }
            }
        }

        impl ::std::error::Error for $name {
            #[inline]
            fn source(&self) -> ::std::option::Option<&(dyn ::std::error::Error + 'static)> {
                crate::error::known::source(crate::operation::runtime::OperationError::known(self))
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                crate::error::known::display(crate::operation::runtime::OperationError::known(self), f)
            }
        }

        impl aws_smithy_types::retry::ProvideErrorKind for $name {
            #[inline]
            fn code(&self) -> ::std::option::Option<&str> {
                aws_smithy_types::error::metadata::ProvideErrorMetadata::code(self)
            }

            #[inline]
            fn retryable_error_kind(
                &self,
            ) -> ::std::option::Option<aws_smithy_types::retry::ErrorKind> {
                crate::error::known::retry_kind(crate::operation::runtime::OperationError::known(self))
            }
        }

        impl aws_smithy_types::error::metadata::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &aws_smithy_types::error::metadata::ErrorMetadata {
                $name::meta(self)
            }
        }

        impl aws_smithy_runtime_api::client::result::CreateUnhandledError for $name {
            #[inline]
            fn create_unhandled_error(
                source: ::std::boxed::Box<
                    dyn ::std::error::Error
                        + ::std::marker::Send
                        + ::std::marker::Sync
                        + 'static,
                >,
                meta: ::std::option::Option<aws_smithy_types::error::metadata::ErrorMetadata>,
            ) -> Self {
                Self::Unhandled(crate::error::sealed_unhandled::Unhandled::new(source, meta))
            }
        }

        impl aws_types::request_id::RequestId for $name {
            #[inline]
            fn request_id(&self) -> ::std::option::Option<&str> {
                self.meta().request_id()
            }
        }

        //~ if extended-request-id
        impl crate::extended_request_id::RequestIdExt for $name {
            #[inline]
            fn extended_request_id(&self) -> ::std::option::Option<&str> {
                crate::response_metadata::extended_request_id(self.meta())
            }
        }

        //~ end
        impl crate::response_metadata::ProvideResponseMetadata for $name {
            #[inline]
            fn response_metadata(&self) -> crate::response_metadata::ResponseMetadata {
                crate::response_metadata::of_error(self.meta())
            }
        }

        impl ::std::convert::From<$name> for crate::Error {
            #[inline]
            fn from(error: $name) -> Self {
                match error {
                    $($name::$variant(error) => Self::$variant(error),)*
                    $name::Unhandled(error) => Self::Unhandled(error),
                }
            }
        }
    };
}

/// Defines the type without values that replaces the errors of operations that are left out.
macro_rules! absent_error {
    ($name:ident) => {
        /// An error that cannot occur, because the operations that return it are left out.
        #[derive(Debug)]
        pub enum $name {}

        impl ::std::fmt::Display for $name {
            fn fmt(&self, _: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match *self {}
            }
        }

        impl ::std::error::Error for $name {}

        impl aws_smithy_types::error::metadata::ProvideErrorMetadata for $name {
            fn meta(&self) -> &aws_smithy_types::error::metadata::ErrorMetadata {
                match *self {}
            }
        }
    };
}

/// Implements the service's error enum.
macro_rules! service_error {
    ($name:ident { $($variant:ident),* $(,)? }) => {
        impl $name {
            /// Returns the error's code, message and request id.
            #[inline]
            fn metadata(&self) -> &aws_smithy_types::error::metadata::ErrorMetadata {
                match self {
                    $(Self::$variant(error) => {
                        aws_smithy_types::error::metadata::ProvideErrorMetadata::meta(error)
                    })*
                    Self::Unhandled(error) => &error.meta,
                }
            }
        }

        impl ::std::error::Error for $name {
            #[inline]
            fn source(&self) -> ::std::option::Option<&(dyn ::std::error::Error + 'static)> {
                match self {
                    $(Self::$variant(error) => ::std::error::Error::source(error),)*
                    Self::Unhandled(error) => ::std::option::Option::Some(&*error.source),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(Self::$variant(error) => ::std::fmt::Display::fmt(error, f),)*
                    Self::Unhandled(error) => error.describe(f),
                }
            }
        }

        impl aws_smithy_types::error::metadata::ProvideErrorMetadata for $name {
            #[inline]
            fn meta(&self) -> &aws_smithy_types::error::metadata::ErrorMetadata {
                self.metadata()
            }
        }

        impl aws_types::request_id::RequestId for $name {
            #[inline]
            fn request_id(&self) -> ::std::option::Option<&str> {
                self.metadata().request_id()
            }
        }

        //~ if extended-request-id
        impl crate::extended_request_id::RequestIdExt for $name {
            #[inline]
            fn extended_request_id(&self) -> ::std::option::Option<&str> {
                crate::response_metadata::extended_request_id(self.metadata())
            }
        }

        //~ end
        impl crate::response_metadata::ProvideResponseMetadata for $name {
            #[inline]
            fn response_metadata(&self) -> crate::response_metadata::ResponseMetadata {
                crate::response_metadata::of_error(self.metadata())
            }
        }

        impl ::std::convert::From<aws_smithy_types::error::operation::BuildError> for $name {
            #[inline]
            fn from(error: aws_smithy_types::error::operation::BuildError) -> Self {
                Self::Unhandled(crate::error::sealed_unhandled::Unhandled::new(
                    error.into(),
                    ::std::option::Option::None,
                ))
            }
        }

        // One conversion for the errors of all operations.
        impl<E, R> ::std::convert::From<
            aws_smithy_runtime_api::client::result::SdkError<E, R>,
        > for $name
        where
            E: ::std::convert::Into<$name>
                + ::std::error::Error
                + aws_smithy_types::error::metadata::ProvideErrorMetadata
                + ::std::marker::Send
                + ::std::marker::Sync
                + 'static,
            R: ::std::fmt::Debug + ::std::marker::Send + ::std::marker::Sync + 'static,
        {
            #[inline]
            fn from(error: aws_smithy_runtime_api::client::result::SdkError<E, R>) -> Self {
                use aws_smithy_types::error::metadata::ProvideErrorMetadata as _;
                match error {
                    aws_smithy_runtime_api::client::result::SdkError::ServiceError(context) => {
                        context.into_err().into()
                    }
                    error => {
                        let meta = error.meta().clone();
                        Self::Unhandled(crate::error::sealed_unhandled::Unhandled::new(
                            error.into(),
                            ::std::option::Option::Some(meta),
                        ))
                    }
                }
            }
        }
    };
}
