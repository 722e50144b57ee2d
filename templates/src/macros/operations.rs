//! Operations: their builders, their outputs, and checks before a call.

/// Makes a unit structure an operation of the service with these names.
macro_rules! operation {
    ($operation:ident = $service:literal $name:literal) => {
        impl $operation {
            #[doc = ::std::concat!("Creates a new `", $name, "`.")]
            #[inline]
            pub fn new() -> Self {
                Self
            }
        }

        impl crate::operation::runtime::Specified for $operation {
            const SPEC: &'static crate::operation::runtime::OperationSpec = {
                static KEPT: crate::operation::runtime::Kept = crate::operation::runtime::Kept::new(
                    &KEPT,
                    ::std::concat!($service, ".", $name),
                    ::std::module_path!(),
                );
                &crate::operation::runtime::OperationSpec::new::<$operation>($name, &KEPT)
            };
        }

        impl aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin for $operation {
            #[inline]
            fn config(&self) -> ::std::option::Option<aws_smithy_types::config_bag::FrozenLayer> {
                ::std::option::Option::Some(
                    <Self as crate::operation::runtime::Specified>::SPEC.config(),
                )
            }

            #[inline]
            fn runtime_components(
                &self,
                _: &aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder,
            ) -> ::std::borrow::Cow<
                '_,
                aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder,
            > {
                <Self as crate::operation::runtime::Specified>::SPEC.components()
            }
        }
    };
}

/// Defines a fluent builder. The methods for its members, which have documentation, follow the use of
/// this macro.
///
/// The operation and its output are in the module above, even if other types have these names here.
macro_rules! fluent_builder {
    ($builder:ident of $($rest:tt)*) => {
        fluent_builder!(#[derive(Clone, Debug)] $builder of $($rest)*);
    };
    (#[$derive:meta] $builder:ident of $inner:ident sends $operation:ident
        => $output:ident, $error:ident $(, pages $paginator:ident)? {}) => {
        #[doc = ::std::concat!(
            "Builds and sends a request to [`", ::std::stringify!($operation), "`](struct@super::",
            ::std::stringify!($operation), ").",
        )]
        #[$derive]
        pub struct $builder {
            handle: ::std::sync::Arc<crate::client::Handle>,
            inner: $inner,
            config_override: ::std::option::Option<crate::config::Builder>,
        }

        impl $builder {
            #[inline]
            pub(crate) fn new(handle: ::std::sync::Arc<crate::client::Handle>) -> Self {
                Self {
                    handle,
                    inner: ::std::default::Default::default(),
                    config_override: ::std::option::Option::None,
                }
            }

            /// Sends the request and returns the response.
            ///
            /// Transient failures and throttling are retried as the client's configuration says.
            ///
            /// # Errors
            ///
            #[doc = ::std::concat!(
                "The service's own errors are in [`", ::std::stringify!($error), "`](super::",
                ::std::stringify!($error), "); ",
                "[`SdkError`](crate::error::SdkError) tells them from requests that could not be ",
                "made or sent, and from responses that could not be read.",
            )]
            #[inline]
            pub fn send(
                self,
            ) -> impl ::std::future::Future<Output = ::std::result::Result<
                super::$output,
                aws_smithy_runtime_api::client::result::SdkError<
                    super::$error,
                    aws_smithy_runtime_api::client::orchestrator::HttpResponse,
                >,
            >> {
                crate::operation::runtime::call(
                    super::$operation,
                    self.handle,
                    self.inner.build(),
                    self.config_override,
                )
            }

            $(/// Lists page by page: call `send` on the result to get a stream of pages.
            #[inline]
            pub fn into_paginator(self) -> super::paginator::$paginator {
                super::paginator::$paginator::new(self.handle, self.inner)
            })?

            /// Lets the request be changed before it is sent: its configuration, interceptors and
            /// the HTTP request itself.
            #[inline]
            pub fn customize(
                self,
            ) -> crate::client::customize::CustomizableOperation<
                super::$output,
                super::$error,
                Self,
            > {
                crate::client::customize::CustomizableOperation::new(self)
            }

            /// Returns the input as set so far.
            #[inline]
            pub fn as_input(&self) -> &$inner {
                &self.inner
            }
        }

        impl crate::client::customize::internal::CustomizableSend<super::$output, super::$error>
            for $builder
        {
            #[inline]
            fn send(
                self,
                config_override: crate::config::Builder,
            ) -> crate::client::customize::internal::BoxFuture<
                crate::client::customize::internal::SendResult<super::$output, super::$error>,
            > {
                crate::operation::runtime::boxed_call(
                    super::$operation,
                    self.handle,
                    self.inner.build(),
                    config_override,
                )
            }
        }

        impl $inner {
            /// Sends a request with this input.
            ///
            /// # Errors
            ///
            #[doc = ::std::concat!("As [`", ::std::stringify!($builder), "::send`] does.")]
            #[inline]
            pub fn send_with(
                self,
                client: &crate::Client,
            ) -> impl ::std::future::Future<Output = ::std::result::Result<
                super::$output,
                aws_smithy_runtime_api::client::result::SdkError<
                    super::$error,
                    aws_smithy_runtime_api::client::orchestrator::HttpResponse,
                >,
            >> {
                crate::operation::runtime::call(
                    super::$operation,
                    ::std::sync::Arc::clone(&client.handle),
                    self.build(),
                    ::std::option::Option::None,
                )
            }
        }
    };
}

/// Implements an output's access to the metadata of its response.
macro_rules! operation_output {
    ($output:ident) => {
        impl crate::operation::runtime::OperationOutput for $output {
            #[inline]
            fn set_response_metadata(
                &mut self,
                metadata: crate::response_metadata::ResponseMetadata,
            ) {
                self._response_metadata = metadata;
            }
        }

        impl aws_types::request_id::RequestId for $output {
            #[inline]
            fn request_id(&self) -> ::std::option::Option<&str> {
                self._response_metadata.request_id()
            }
        }

        //~ if extended-request-id
        impl crate::extended_request_id::RequestIdExt for $output {
            #[inline]
            fn extended_request_id(&self) -> ::std::option::Option<&str> {
                self._response_metadata.extended_request_id()
            }
        }

        //~ end
        impl crate::response_metadata::ProvideResponseMetadata for $output {
            #[inline]
            fn response_metadata(&self) -> crate::response_metadata::ResponseMetadata {
                self._response_metadata.clone()
            }
        }
    };
}

/// Checks that a member is set without which there is no request.
macro_rules! check_present {
    ($input:ident.$field:ident, $name:literal) => {
        if $input.$field.is_none() {
            return missing!($name);
        }
    };
}

/// Checks a string that becomes a part of the path, the query or the host.
macro_rules! check_not_empty {
    ($input:ident.$field:ident, $name:literal) => {
        match &$input.$field {
            ::std::option::Option::Some(value)
                if !::std::convert::AsRef::<str>::as_ref(value).is_empty() => {}
            _ => return missing!($name),
        }
    };
}
//~ if needed-by-endpoints

/// Checks a string that the endpoint depends on.
macro_rules! check_not_blank {
    ($input:ident.$field:ident, $name:literal) => {
        match &$input.$field {
            ::std::option::Option::Some(value)
                if !::std::convert::AsRef::<str>::as_ref(value)
                    .trim()
                    .is_empty() => {}
            _ => return missing!($name),
        }
    };
}
//~ end

/// Returns the error for a request without this member.
macro_rules! missing {
    ($name:literal) => {
        ::std::result::Result::Err(
            aws_smithy_types::error::operation::BuildError::missing_field(
                $name,
                "cannot be empty or unset",
            ),
        )
    };
}
