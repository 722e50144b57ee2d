//! Implementations that hold no information beyond a table of names.
//!
//! Paths are spelled out, because a model may call a shape `Option` or `Result`.

/// Binds a structure to its builder and its schema: position of the member => field.
///
/// `required` marks members that are filled in when a response leaves them out.
macro_rules! structure {
    ($name:ident, $builder:path, $schema:path {
        $($index:literal => $field:ident $($required:ident)?),* $(,)?
    }) => {
        impl aws_smithy_schema::serde::SerializableStruct for $name {
            fn schema(&self) -> &aws_smithy_schema::Schema<'_> {
                &$schema
            }

            fn serialize_members(
                &self,
                _ser: &mut dyn aws_smithy_schema::serde::ShapeSerializer,
            ) -> ::std::result::Result<(), aws_smithy_schema::serde::SerdeError> {
                let _members = $schema.members();
                $(crate::serde::Slot::put(&self.$field, _ser, _members[$index])?;)*
                ::std::result::Result::Ok(())
            }
        }

        impl crate::serde::Structure for $name {
            type Builder = $builder;

            const SCHEMA: &'static aws_smithy_schema::Schema<'static> = &$schema;

            fn read_member(
                _builder: &mut Self::Builder,
                member: &aws_smithy_schema::Schema<'_>,
                _de: &mut dyn aws_smithy_schema::serde::ShapeDeserializer,
            ) -> ::std::result::Result<(), aws_smithy_schema::serde::SerdeError> {
                match member.member_index() {
                    $(::std::option::Option::Some($index) => {
                        crate::serde::get(&mut _builder.$field, _de, member)
                    })*
                    // The codec passes over what is not read.
                    _ => ::std::result::Result::Ok(()),
                }
            }

            fn finish(
                mut _builder: Self::Builder,
            ) -> ::std::result::Result<Self, aws_smithy_schema::serde::SerdeError> {
                $($(structure!(@$required _builder.$field);)?)*
                crate::serde::Built::built(_builder.build())
            }
        }

        impl crate::serde::Shape for $name {
            fn read(
                de: &mut dyn aws_smithy_schema::serde::ShapeDeserializer,
                _schema: &aws_smithy_schema::Schema<'_>,
            ) -> ::std::result::Result<Self, aws_smithy_schema::serde::SerdeError> {
                <Self as crate::serde::Structure>::finish(crate::serde::read_members::<Self>(de)?)
            }

            fn write(
                &self,
                ser: &mut dyn aws_smithy_schema::serde::ShapeSerializer,
                schema: &aws_smithy_schema::Schema<'_>,
            ) -> ::std::result::Result<(), aws_smithy_schema::serde::SerdeError> {
                crate::serde::write_structure(self, ser, schema)
            }

            fn absent() -> ::std::option::Option<Self> {
                <Self as crate::serde::Structure>::finish(::std::default::Default::default()).ok()
            }
        }

        serde_feature!($name);
    };
    (@required $builder:ident.$field:ident) => {
        crate::serde::correct(&mut $builder.$field)
    };
}

/// Binds a union to its schema: position of the member => variant.
///
/// `unit` marks variants that carry no value.
macro_rules! union {
    ($name:ident, $schema:path { $($index:literal => $variant:ident $($unit:ident)?),* $(,)? }) => {
        impl aws_smithy_schema::serde::SerializableStruct for $name {
            fn schema(&self) -> &aws_smithy_schema::Schema<'_> {
                &$schema
            }

            fn serialize_members(
                &self,
                ser: &mut dyn aws_smithy_schema::serde::ShapeSerializer,
            ) -> ::std::result::Result<(), aws_smithy_schema::serde::SerdeError> {
                let members = $schema.members();
                match self {
                    $(union!(@pattern value $variant $($unit)?) => {
                        union!(@write value ser members[$index] $($unit)?)
                    })*
                    Self::Unknown => {
                        ::std::result::Result::Err(aws_smithy_schema::serde::SerdeError::custom(
                            ::std::concat!(
                                "cannot send `", ::std::stringify!($name),
                                "::Unknown`: it stands for a value this client does not know",
                            ),
                        ))
                    }
                }
            }
        }

        impl crate::serde::Shape for $name {
            fn read(
                de: &mut dyn aws_smithy_schema::serde::ShapeDeserializer,
                _schema: &aws_smithy_schema::Schema<'_>,
            ) -> ::std::result::Result<Self, aws_smithy_schema::serde::SerdeError> {
                let mut value = ::std::option::Option::None;
                de.read_struct(&$schema, &mut |member, de| {
                    let variant = match member.member_index() {
                        $(::std::option::Option::Some($index) => {
                            union!(@read $variant de member $($unit)?)
                        })*
                        _ => Self::Unknown,
                    };
                    match value.replace(variant) {
                        ::std::option::Option::None => ::std::result::Result::Ok(()),
                        ::std::option::Option::Some(_) => ::std::result::Result::Err(
                            aws_smithy_schema::serde::SerdeError::invalid_input(
                                "encountered mixed variants in union",
                            ),
                        ),
                    }
                })?;
                value.ok_or_else(|| {
                    aws_smithy_schema::serde::SerdeError::invalid_input(
                        "Union did not contain a valid variant.",
                    )
                })
            }

            fn write(
                &self,
                ser: &mut dyn aws_smithy_schema::serde::ShapeSerializer,
                schema: &aws_smithy_schema::Schema<'_>,
            ) -> ::std::result::Result<(), aws_smithy_schema::serde::SerdeError> {
                crate::serde::write_structure(self, ser, schema)
            }

            fn absent() -> ::std::option::Option<Self> {
                ::std::option::Option::Some(Self::Unknown)
            }
        }

        serde_feature!($name);
    };
    (@pattern $value:ident $variant:ident unit) => { Self::$variant };
    (@pattern $value:ident $variant:ident) => { Self::$variant($value) };
    (@write $value:ident $ser:ident $members:ident[$index:literal] unit) => {
        $ser.write_struct($members[$index], &crate::serde::Unit)
    };
    (@write $value:ident $ser:ident $members:ident[$index:literal]) => {
        crate::serde::Shape::write($value, $ser, $members[$index])
    };
    (@read $variant:ident $de:ident $member:ident unit) => {{
        $de.read_struct($member, &mut |_, _| ::std::result::Result::Ok(()))?;
        Self::$variant
    }};
    (@read $variant:ident $de:ident $member:ident) => {
        Self::$variant(crate::serde::Shape::read($de, $member)?)
    };
}

/// Binds a string enum's variants to their values.
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// The value as the service spells it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.0.as_str(),
                }
            }

            /// All values that this crate knows, as the service spells them.
            pub const fn values() -> &'static [&'static str] {
                &[$($value),*]
            }

            /// Parses a value that this crate knows.
            ///
            /// # Errors
            ///
            /// When the value is another one; `From<&str>` takes those as `Unknown`.
            pub fn try_parse(
                value: &str,
            ) -> ::std::result::Result<Self, crate::error::UnknownVariantError> {
                match Self::from(value) {
                    Self::Unknown(_) => ::std::result::Result::Err(
                        crate::error::UnknownVariantError { value: value.to_owned() },
                    ),
                    known => ::std::result::Result::Ok(known),
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown(
                        crate::primitives::sealed_enum_unknown::UnknownVariantValue(
                            other.to_owned(),
                        ),
                    ),
                }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
                ::std::result::Result::Ok(Self::from(value))
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl crate::serde::Key for $name {
            fn of(key: ::std::string::String) -> Self {
                Self::from(key.as_str())
            }

            fn key(&self) -> &str {
                self.as_str()
            }
        }

        impl crate::serde::Shape for $name {
            fn read(
                de: &mut dyn aws_smithy_schema::serde::ShapeDeserializer,
                schema: &aws_smithy_schema::Schema<'_>,
            ) -> ::std::result::Result<Self, aws_smithy_schema::serde::SerdeError> {
                ::std::result::Result::Ok(Self::from(de.read_string(schema)?.as_str()))
            }

            fn write(
                &self,
                ser: &mut dyn aws_smithy_schema::serde::ShapeSerializer,
                schema: &aws_smithy_schema::Schema<'_>,
            ) -> ::std::result::Result<(), aws_smithy_schema::serde::SerdeError> {
                ser.write_string(schema, self.as_str())
            }

            fn absent() -> ::std::option::Option<Self> {
                ::std::option::Option::Some(Self::from("no value was set"))
            }
        }

        serde_feature!($name);
    };
}

/// The name of a field without the prefix of a raw identifier.
macro_rules! plain_name {
    ($field:ident) => {
        match ::std::stringify!($field).as_bytes() {
            [b'r', b'#', ..] => ::std::stringify!($field).split_at(2).1,
            _ => ::std::stringify!($field),
        }
    };
}

/// Prints a structure without the values of its sensitive fields.
macro_rules! redacted_debug {
    ($type:path as $name:literal { $($field:ident $($sensitive:ident)?),* $(,)? }) => {
        impl ::std::fmt::Debug for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct($name)
                    $(.field(plain_name!($field), redacted_debug!(@value self.$field $($sensitive)?)))*
                    .finish()
            }
        }
    };
    (@value $this:ident.$field:ident sensitive) => { &"*** Sensitive Data Redacted ***" };
    (@value $this:ident.$field:ident) => { &$this.$field };
}

/// Prints a union without the values of its sensitive variants.
macro_rules! redacted_union_debug {
    ($name:ident { $($variant:ident $($how:ident)?),* $(,)? }) => {
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(redacted_union_debug!(@pattern value $variant $($how)?) => {
                        redacted_union_debug!(@print f value $variant $($how)?)
                    })*
                    Self::Unknown => f.write_str("Unknown"),
                }
            }
        }
    };
    (@pattern $value:ident $variant:ident unit) => { Self::$variant };
    (@pattern $value:ident $variant:ident sensitive) => { Self::$variant(_) };
    (@pattern $value:ident $variant:ident) => { Self::$variant($value) };
    (@print $f:ident $value:ident $variant:ident unit) => {
        $f.write_str(::std::stringify!($variant))
    };
    (@print $f:ident $value:ident $variant:ident sensitive) => {
        $f.debug_tuple("*** Sensitive Data Redacted ***").finish()
    };
    (@print $f:ident $value:ident $variant:ident) => {
        $f.debug_tuple(::std::stringify!($variant)).field($value).finish()
    };
}

/// Prints nothing of a sensitive enum.
macro_rules! opaque_debug {
    ($name:ident) => {
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str("*** Sensitive Data Redacted ***")
            }
        }
    };
}

/// Everything about an operation's error enum but its variants: code => variant, its test.
macro_rules! operation_error {
    ($name:ident { $($code:literal => $variant:ident $is:ident),* $(,)? }) => {
        impl $name {
            /// Wraps any error as an unhandled one.
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
                Self::Unhandled(crate::error::sealed_unhandled::Unhandled {
                    source: err.into(),
                    meta: ::std::default::Default::default(),
                })
            }

            /// An unhandled error that is known by its metadata only.
            pub fn generic(err: aws_smithy_types::error::metadata::ErrorMetadata) -> Self {
                Self::Unhandled(crate::error::sealed_unhandled::Unhandled {
                    source: err.clone().into(),
                    meta: err,
                })
            }

            /// The error's code, message and request id.
            pub fn meta(&self) -> &aws_smithy_types::error::metadata::ErrorMetadata {
                match self {
                    $(Self::$variant(error) => {
                        aws_smithy_types::error::metadata::ProvideErrorMetadata::meta(error)
                    })*
                    Self::Unhandled(error) => &error.meta,
                }
            }

            $(
                #[doc = ::std::concat!("Whether this is [`Self::", ::std::stringify!($variant), "`].")]
                pub fn $is(&self) -> bool {
                    ::std::matches!(self, Self::$variant(_))
                }
            )*
        }

        impl crate::operation::runtime::OperationError for $name {
            fn read(
                _code: &str,
                meta: aws_smithy_types::error::metadata::ErrorMetadata,
                _response: &crate::operation::runtime::ErrorResponse<'_>,
            ) -> ::std::result::Result<Self, aws_smithy_schema::serde::SerdeError> {
                match _code {
                    $($code => _response.read(meta).map(Self::$variant),)*
                    _ => ::std::result::Result::Ok(Self::generic(meta)),
                }
            }
        }

        impl ::std::error::Error for $name {
            fn source(&self) -> ::std::option::Option<&(dyn ::std::error::Error + 'static)> {
                match self {
                    $(Self::$variant(error) => ::std::option::Option::Some(error),)*
                    Self::Unhandled(error) => ::std::option::Option::Some(&*error.source),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(Self::$variant(error) => ::std::fmt::Display::fmt(error, f),)*
                    Self::Unhandled(error) => error.describe(f),
                }
            }
        }

        impl aws_smithy_types::retry::ProvideErrorKind for $name {
            fn code(&self) -> ::std::option::Option<&str> {
                aws_smithy_types::error::metadata::ProvideErrorMetadata::code(self)
            }

            fn retryable_error_kind(
                &self,
            ) -> ::std::option::Option<aws_smithy_types::retry::ErrorKind> {
                match self {
                    $(Self::$variant(error) => {
                        crate::operation::runtime::ModeledError::retry_kind(error)
                    })*
                    Self::Unhandled(_) => ::std::option::Option::None,
                }
            }
        }

        impl aws_smithy_types::error::metadata::ProvideErrorMetadata for $name {
            fn meta(&self) -> &aws_smithy_types::error::metadata::ErrorMetadata {
                $name::meta(self)
            }
        }

        impl aws_smithy_runtime_api::client::result::CreateUnhandledError for $name {
            fn create_unhandled_error(
                source: ::std::boxed::Box<
                    dyn ::std::error::Error
                        + ::std::marker::Send
                        + ::std::marker::Sync
                        + 'static,
                >,
                meta: ::std::option::Option<aws_smithy_types::error::metadata::ErrorMetadata>,
            ) -> Self {
                Self::Unhandled(crate::error::sealed_unhandled::Unhandled {
                    source,
                    meta: meta.unwrap_or_default(),
                })
            }
        }

        impl aws_types::request_id::RequestId for $name {
            fn request_id(&self) -> ::std::option::Option<&str> {
                self.meta().request_id()
            }
        }

        impl crate::response_metadata::ProvideResponseMetadata for $name {
            fn response_metadata(&self) -> crate::response_metadata::ResponseMetadata {
                crate::response_metadata::of_error(self.meta())
            }
        }

        impl ::std::convert::From<$name> for crate::Error {
            fn from(error: $name) -> Self {
                match error {
                    $($name::$variant(error) => Self::$variant(error),)*
                    $name::Unhandled(error) => Self::Unhandled(error),
                }
            }
        }
    };
}

/// Everything about the service's error enum but its variants.
macro_rules! service_error {
    ($name:ident { $($variant:ident),* $(,)? }) => {
        impl $name {
            /// The error's code, message and request id.
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
            fn source(&self) -> ::std::option::Option<&(dyn ::std::error::Error + 'static)> {
                match self {
                    $(Self::$variant(error) => ::std::error::Error::source(error),)*
                    Self::Unhandled(error) => ::std::option::Option::Some(&*error.source),
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(Self::$variant(error) => ::std::fmt::Display::fmt(error, f),)*
                    Self::Unhandled(error) => error.describe(f),
                }
            }
        }

        impl aws_smithy_types::error::metadata::ProvideErrorMetadata for $name {
            fn meta(&self) -> &aws_smithy_types::error::metadata::ErrorMetadata {
                self.metadata()
            }
        }

        impl aws_types::request_id::RequestId for $name {
            fn request_id(&self) -> ::std::option::Option<&str> {
                self.metadata().request_id()
            }
        }

        impl crate::response_metadata::ProvideResponseMetadata for $name {
            fn response_metadata(&self) -> crate::response_metadata::ResponseMetadata {
                crate::response_metadata::of_error(self.metadata())
            }
        }

        impl ::std::convert::From<aws_smithy_types::error::operation::BuildError> for $name {
            fn from(error: aws_smithy_types::error::operation::BuildError) -> Self {
                Self::Unhandled(crate::error::sealed_unhandled::Unhandled {
                    source: error.into(),
                    meta: ::std::default::Default::default(),
                })
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
            fn from(error: aws_smithy_runtime_api::client::result::SdkError<E, R>) -> Self {
                use aws_smithy_types::error::metadata::ProvideErrorMetadata as _;
                match error {
                    aws_smithy_runtime_api::client::result::SdkError::ServiceError(context) => {
                        context.into_err().into()
                    }
                    error => Self::Unhandled(crate::error::sealed_unhandled::Unhandled {
                        meta: error.meta().clone(),
                        source: error.into(),
                    }),
                }
            }
        }
    };
}

/// The schema of a structure or union: for each member its position, name and kind, the schema of
/// what it is a list `of` or maps `to`, and its settings.
macro_rules! schema {
    ($name:ident = $kind:ident $namespace:literal $shape:literal
        $(http $method:literal $uri:literal $code:literal)? {
        $($index:literal $member:literal => $member_kind:ident
            $(of $element:ident)? $(from $key:ident to $value:ident)?
            $(+ $setting:ident $(= $argument:tt)?)*),* $(,)?
    }) => {
        pub(crate) static $name: aws_smithy_schema::Schema<'static> =
            aws_smithy_schema::Schema::new_struct(
                aws_smithy_schema::shape_id!($namespace, $shape),
                aws_smithy_schema::ShapeType::$kind,
                {
                    // A reference into an array is not promoted to a static: each member is one.
                    static MEMBERS: &[&aws_smithy_schema::Schema<'static>] = &[$({
                        static MEMBER: aws_smithy_schema::Schema<'static> =
                            aws_smithy_schema::Schema::new_member(
                                aws_smithy_schema::shape_id!($namespace, $shape, $member),
                                aws_smithy_schema::ShapeType::$member_kind,
                                $member,
                                $index,
                            )
                            $(.with_list_member(&$element))?
                            $(.with_map_members(&$key, &$value))?
                            $(.$setting($($argument)?))*;
                        &MEMBER
                    }),*];
                    MEMBERS
                },
            )
            $(.with_http(aws_smithy_schema::traits::HttpTrait::new(
                $method,
                $uri,
                ::std::option::Option::Some($code),
            )))?;
    };
}

/// The schema of a list: of its elements.
macro_rules! list_schema {
    ($name:ident = $namespace:literal $shape:literal of $element:ident) => {
        pub(crate) static $name: aws_smithy_schema::Schema<'static> =
            aws_smithy_schema::Schema::new_list(
                aws_smithy_schema::shape_id!($namespace, $shape),
                &$element,
            );
    };
}

/// The schema of a map: of its keys and values.
macro_rules! map_schema {
    ($name:ident = $namespace:literal $shape:literal from $key:ident to $value:ident) => {
        pub(crate) static $name: aws_smithy_schema::Schema<'static> =
            aws_smithy_schema::Schema::new_map(
                aws_smithy_schema::shape_id!($namespace, $shape),
                &$key,
                &$value,
            );
    };
}

/// The schema of elements that have settings of their own.
macro_rules! element_schema {
    ($name:ident = $kind:ident $namespace:literal $shape:literal
        $(+ $setting:ident $(= $argument:tt)?)*) => {
        pub(crate) static $name: aws_smithy_schema::Schema<'static> =
            aws_smithy_schema::Schema::new(
                aws_smithy_schema::shape_id!($namespace, $shape),
                aws_smithy_schema::ShapeType::$kind,
            )
            $(.$setting($($argument)?))*;
    };
}

/// Implements `serde` for a type, when the feature is on.
macro_rules! serde_feature {
    ($name:ident) => {};
}

/// What makes a unit structure an operation: the names of the service and the operation, and the
/// schema of the input.
macro_rules! operation {
    ($operation:ident: $service:literal $name:literal $schema:ident) => {
        impl $operation {
            #[doc = ::std::concat!("Creates a new `", $name, "`.")]
            pub fn new() -> Self {
                Self
            }
        }

        impl crate::operation::runtime::Specified for $operation {
            fn spec() -> &'static crate::operation::runtime::OperationSpec {
                static SPEC: crate::operation::runtime::OperationSpec =
                    crate::operation::runtime::OperationSpec::new::<$operation>(
                        $name,
                        &crate::schema::$schema,
                        // `tracing` wants the name of a span as a literal.
                        || {
                            ::tracing::debug_span!(
                                ::std::concat!($service, ".", $name),
                                "rpc.service" = $service,
                                "rpc.method" = $name,
                                "sdk_invocation_id" = ::fastrand::u32(1_000_000..10_000_000),
                                "rpc.system" = "aws-api",
                            )
                        },
                    );
                &SPEC
            }
        }

        impl aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin for $operation {
            fn config(&self) -> ::std::option::Option<aws_smithy_types::config_bag::FrozenLayer> {
                ::std::option::Option::Some(
                    <Self as crate::operation::runtime::Specified>::spec().config(),
                )
            }

            fn runtime_components(
                &self,
                _: &aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder,
            ) -> ::std::borrow::Cow<
                '_,
                aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder,
            > {
                <Self as crate::operation::runtime::Specified>::spec().components()
            }
        }
    };
}

/// Implements what every output has: the metadata of its response.
macro_rules! operation_output {
    ($output:ident) => {
        impl crate::operation::runtime::OperationOutput for $output {
            fn set_response_metadata(
                &mut self,
                metadata: crate::response_metadata::ResponseMetadata,
            ) {
                self.response_metadata = metadata;
            }
        }

        impl aws_types::request_id::RequestId for $output {
            fn request_id(&self) -> ::std::option::Option<&str> {
                self.response_metadata.request_id()
            }
        }

        impl crate::response_metadata::ProvideResponseMetadata for $output {
            fn response_metadata(&self) -> crate::response_metadata::ResponseMetadata {
                self.response_metadata.clone()
            }
        }
    };
}
/// Implements what every error structure has beside its members.
macro_rules! modeled_error {
    ($error:ident $builder:ident
        $(, retry = $retry:ident)? $(, message = $sensitive:ident)?) => {
        impl $builder {
            /// Sets the error's code, message and request id.
            pub fn meta(
                mut self,
                meta: aws_smithy_types::error::metadata::ErrorMetadata,
            ) -> Self {
                self.meta = meta;
                self
            }

            /// Sets or clears the error's code, message and request id.
            pub fn set_meta(
                &mut self,
                meta: ::std::option::Option<aws_smithy_types::error::metadata::ErrorMetadata>,
            ) -> &mut Self {
                self.meta = meta.unwrap_or_default();
                self
            }
        }

        impl crate::operation::runtime::ModeledError for $error {
            fn describe(
                builder: &mut Self::Builder,
                meta: aws_smithy_types::error::metadata::ErrorMetadata,
            ) {
                if builder.message.is_none() {
                    builder.message = meta.message().map(::std::borrow::ToOwned::to_owned);
                }
                builder.meta = meta;
            }

            $(fn retry_kind(
                &self,
            ) -> ::std::option::Option<aws_smithy_types::retry::ErrorKind> {
                ::std::option::Option::Some(aws_smithy_types::retry::ErrorKind::$retry)
            })?
        }

        impl ::std::fmt::Display for $error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let message = modeled_error!(@message self $($sensitive)?);
                crate::operation::runtime::display_error(f, ::std::stringify!($error), message)
            }
        }

        impl ::std::error::Error for $error {}

        impl aws_smithy_types::error::metadata::ProvideErrorMetadata for $error {
            fn meta(&self) -> &aws_smithy_types::error::metadata::ErrorMetadata {
                &self.meta
            }
        }

        impl aws_types::request_id::RequestId for $error {
            fn request_id(&self) -> ::std::option::Option<&str> {
                self.meta.request_id()
            }
        }

        impl crate::response_metadata::ProvideResponseMetadata for $error {
            fn response_metadata(&self) -> crate::response_metadata::ResponseMetadata {
                crate::response_metadata::of_error(&self.meta)
            }
        }
    };
    (@message $this:ident sensitive) => {
        ::std::option::Option::Some("*** Sensitive Data Redacted ***")
    };
    (@message $this:ident) => {
        ::std::convert::Into::<::std::option::Option<&str>>::into($this.message())
    };
}

/// A builder: for each field its methods, what the first of them takes, and how it is built.
///
/// The first sets `one` value or adds to a `list` or `map`; a value is taken as it `is`, or
/// converted `into` its type. A field is optional unless it is `required` or has a `default`, and
/// `Debug` hides it if it is `sensitive`.
macro_rules! builder {
    ($builder:ident => $target:ident $($rest:tt)*) => {
        builder!(#[derive(Clone, Default, PartialEq)] $builder => $target $($rest)*);
    };
    (#[$derive:meta] $builder:ident => $target:ident $($fallible:ident)?
        $(+ $extra:ident: $extra_type:ty)? {
        $($field:ident $set:ident $get:ident = $how:ident $values:tt
            $($flag:ident $(($default:expr))?)*),* $(,)?
    }) => {
        #[doc = ::std::concat!("A builder for [`", ::std::stringify!($target), "`].")]
        #[non_exhaustive]
        #[$derive]
        pub struct $builder {
            $(pub(crate) $field: builder!(@option ($how $values)),)*
            $(pub(crate) $extra: $extra_type,)?
        }

        impl $builder {
            $(builder!(@$how $values $field $target);
            builder!(@options ($how $values) $field $set $get $target);)*

            builder!(@build $($fallible)? $target self {
                $($field: builder!(@value $target (self.$field) $($flag $(($default))?)*),)*
                $($extra: self.$extra,)?
            });
        }

        impl ::std::fmt::Debug for $builder {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(::std::stringify!($builder))
                    $(.field(
                        plain_name!($field),
                        builder!(@shown (self.$field) $($flag $(($default))?)*),
                    ))*
                    $(.field(::std::stringify!($extra), &self.$extra))?
                    .finish()
            }
        }
    };
    (@one ($as:ident $type:ty) $field:ident $target:ident) => {
        #[doc = builder!(@says "Sets" $field $target)]
        pub fn $field(mut self, input: builder!(@argument $as $type)) -> Self {
            self.$field = ::std::option::Option::Some(builder!(@given $as input));
            self
        }
    };
    (@list ($as:ident $type:ty) $field:ident $target:ident) => {
        #[doc = builder!(@says "Appends an item to" $field $target)]
        pub fn $field(mut self, input: builder!(@argument $as $type)) -> Self {
            self.$field
                .get_or_insert_with(::std::default::Default::default)
                .push(builder!(@given $as input));
            self
        }
    };
    (@map ($key_as:ident $key:ty, $as:ident $type:ty) $field:ident $target:ident) => {
        #[doc = builder!(@says "Inserts an entry into" $field $target)]
        pub fn $field(
            mut self,
            k: builder!(@argument $key_as $key),
            v: builder!(@argument $as $type),
        ) -> Self {
            self.$field
                .get_or_insert_with(::std::default::Default::default)
                .insert(builder!(@given $key_as k), builder!(@given $as v));
            self
        }
    };
    (@options $type:tt $field:ident $set:ident $get:ident $target:ident) => {
        #[doc = builder!(@says "Sets or clears" $field $target)]
        pub fn $set(mut self, input: builder!(@option $type)) -> Self {
            self.$field = input;
            self
        }

        #[doc = builder!(@says "What has been set so far of" $field $target)]
        pub fn $get(&self) -> &builder!(@option $type) {
            &self.$field
        }
    };
    (@build $target:ident $this:ident { $($fields:tt)* }) => {
        #[doc = ::std::concat!("Builds the [`", ::std::stringify!($target), "`].")]
        pub fn build($this) -> $target {
            $target { $($fields)* }
        }
    };
    (@build fallible $target:ident $this:ident { $($fields:tt)* }) => {
        #[doc = ::std::concat!("Builds the [`", ::std::stringify!($target), "`].")]
        ///
        /// # Errors
        ///
        /// When a required field is not set: the message says which.
        pub fn build(
            $this,
        ) -> ::std::result::Result<$target, aws_smithy_types::error::operation::BuildError> {
            ::std::result::Result::Ok($target { $($fields)* })
        }
    };
    (@value $target:ident ($this:ident.$field:ident) required $(sensitive)?) => {
        match $this.$field {
            ::std::option::Option::Some(value) => value,
            ::std::option::Option::None => {
                return ::std::result::Result::Err(
                    aws_smithy_types::error::operation::BuildError::missing_field(
                        ::std::stringify!($field),
                        ::std::concat!(
                            ::std::stringify!($field),
                            " was not specified but it is required when building ",
                            ::std::stringify!($target),
                        ),
                    ),
                );
            }
        }
    };
    (@value $target:ident ($this:ident.$field:ident) default($default:expr) $(sensitive)?) => {
        $this.$field.unwrap_or_else(|| $default)
    };
    (@value $target:ident ($this:ident.$field:ident) default $(sensitive)?) => {
        $this.$field.unwrap_or_default()
    };
    (@value $target:ident ($this:ident.$field:ident) $(sensitive)?) => { $this.$field };
    (@shown $value:tt sensitive) => { &"*** Sensitive Data Redacted ***" };
    (@shown $value:tt required sensitive) => { &"*** Sensitive Data Redacted ***" };
    (@shown $value:tt default $(($default:expr))? sensitive) => {
        &"*** Sensitive Data Redacted ***"
    };
    (@shown ($this:ident.$field:ident) $($presence:ident $(($default:expr))?)?) => {
        &$this.$field
    };
    // A raw identifier cannot be linked to, so that the link is to the structure.
    (@says $what:literal $field:ident $target:ident) => {
        ::std::concat!(
            $what, " `", ::std::stringify!($field), "` of [`", ::std::stringify!($target), "`]."
        )
    };
    (@says $what:literal $field:ident) => {
        ::std::concat!($what, " `", ::std::stringify!($field), "`.")
    };
    (@argument into $type:ty) => { impl ::std::convert::Into<$type> };
    (@argument is $type:ty) => { $type };
    (@given into $value:ident) => { $value.into() };
    (@given is $value:ident) => { $value };
    (@option (one ($as:ident $type:ty))) => { ::std::option::Option<$type> };
    (@option (list ($as:ident $type:ty))) => { ::std::option::Option<::std::vec::Vec<$type>> };
    (@option (map ($key_as:ident $key:ty, $as:ident $type:ty))) => {
        ::std::option::Option<::std::collections::HashMap<$key, $type>>
    };
}

/// A fluent builder, but for the methods that set a member or add to it: those are documented.
macro_rules! fluent_builder {
    ($builder:ident of $($rest:tt)*) => {
        fluent_builder!(#[derive(Clone, Debug)] $builder of $($rest)*);
    };
    (#[$derive:meta] $builder:ident of $inner:ident sends $operation:path as $method:ident
        => $output:path, $error:path $(, pages $paginator:ident)? {
        $($field:ident $set:ident $get:ident = $how:ident $values:tt),* $(,)?
    }) => {
        #[doc = ::std::concat!(
            "A request to [`", ::std::stringify!($operation), "`], as it is put together.",
        )]
        #[$derive]
        pub struct $builder {
            handle: ::std::sync::Arc<crate::client::Handle>,
            inner: $inner,
            config_override: ::std::option::Option<crate::config::Builder>,
        }

        impl $builder {
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
                "The service's own errors are in [`", ::std::stringify!($error), "`]; ",
                "[`SdkError`](crate::error::SdkError) tells them from requests that could not be ",
                "made or sent, and from responses that could not be read.",
            )]
            pub async fn send(
                self,
            ) -> ::std::result::Result<
                $output,
                aws_smithy_runtime_api::client::result::SdkError<
                    $error,
                    aws_smithy_runtime_api::client::orchestrator::HttpResponse,
                >,
            > {
                let input = self
                    .inner
                    .build()
                    .map_err(aws_smithy_runtime_api::client::result::SdkError::construction_failure)?;
                crate::operation::runtime::call(
                    $operation,
                    &self.handle,
                    input,
                    self.config_override,
                )
                .await
            }

            $(/// Lists page by page: call `send` on the result to get a stream of pages.
            pub fn into_paginator(self) -> super::paginator::$paginator {
                super::paginator::$paginator::new(self.handle, self.inner)
            })?

            /// Lets the request be changed before it is sent: its configuration, interceptors and
            /// the HTTP request itself.
            pub fn customize(
                self,
            ) -> crate::client::customize::CustomizableOperation<$output, $error, Self> {
                crate::client::customize::CustomizableOperation::new(self)
            }

            /// The input as it is so far.
            pub fn as_input(&self) -> &$inner {
                &self.inner
            }

            $(
                #[doc = builder!(@says "Sets or clears" $field)]
                pub fn $set(mut self, input: builder!(@option ($how $values))) -> Self {
                    self.inner = self.inner.$set(input);
                    self
                }

                #[doc = builder!(@says "What has been set so far of" $field)]
                pub fn $get(&self) -> &builder!(@option ($how $values)) {
                    self.inner.$get()
                }
            )*
        }

        impl crate::client::customize::internal::CustomizableSend<$output, $error> for $builder {
            fn send(
                mut self,
                config_override: crate::config::Builder,
            ) -> crate::client::customize::internal::BoxFuture<
                crate::client::customize::internal::SendResult<$output, $error>,
            > {
                self.config_override = ::std::option::Option::Some(config_override);
                ::std::boxed::Box::pin($builder::send(self))
            }
        }

        impl $inner {
            /// Sends a request with this input.
            ///
            /// # Errors
            ///
            #[doc = ::std::concat!("As [`", ::std::stringify!($builder), "::send`] does.")]
            pub async fn send_with(
                self,
                client: &crate::Client,
            ) -> ::std::result::Result<
                $output,
                aws_smithy_runtime_api::client::result::SdkError<
                    $error,
                    aws_smithy_runtime_api::client::orchestrator::HttpResponse,
                >,
            > {
                let mut request = client.$method();
                request.inner = self;
                request.send().await
            }
        }
    };
}

/// Checks a member without which no request can be made.
macro_rules! check_present {
    ($input:ident.$field:ident, $name:literal) => {
        if $input.$field.is_none() {
            return missing!($name);
        }
    };
}

/// Checks a string that a path or host is made of.
macro_rules! check_not_empty {
    ($input:ident.$field:ident, $name:literal) => {
        match &$input.$field {
            ::std::option::Option::Some(value)
                if !::std::convert::AsRef::<str>::as_ref(value).is_empty() => {}
            _ => return missing!($name),
        }
    };
}

/// The error of a request that lacks a member.
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
