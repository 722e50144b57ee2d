//! Structures, unions and enums: their schemas and their `Debug` output.

/// Binds a structure to its builder and its schema: position of the member => field.
///
/// `required` marks members that get a value if a response lacks them. `unless` has the value of a
/// member that requests omit.
macro_rules! structure {
    ($name:ident, $builder:path, $schema:path { $($rows:tt)* }) => {
        structure!(@shape $name, $builder, $schema { $($rows)* });
        serde_feature!($name);
    };
    // `serde` can neither read nor write a stream.
    (streaming $name:ident, $builder:path, $schema:path { $($rows:tt)* }) => {
        structure!(@shape $name, $builder, $schema { $($rows)* });
    };
    // An `output` or an `error` contains metadata of its response, and is `described` if its message
    // is not a member.
    ($kind:ident $name:ident, $builder:path, $schema:path { $($rows:tt)* }) => {
        structure!(@shape $name, $builder, $schema { $($rows)* });
        serde_feature!($name $kind);
    };
    (@shape $name:ident, $builder:path, $schema:path {
        $($index:literal => $field:ident $($mark:ident $($default:expr)?)?),* $(,)?
    }) => {
        impl $name {
            #[doc = ::std::concat!(
                "Creates a builder for [`", ::std::stringify!($name), "`](Self).",
            )]
            #[inline]
            pub fn builder() -> $builder {
                <$builder as ::std::default::Default>::default()
            }
        }

        impl crate::serde::Structure for $name {
            type Builder = $builder;

            #[inline]
            fn schema() -> &'static aws_smithy_schema::Schema<'static> {
                &$schema
            }

            #[inline]
            fn write_members(
                &self,
                _ser: &mut dyn aws_smithy_schema::serde::ShapeSerializer,
            ) -> ::std::result::Result<(), aws_smithy_schema::serde::SerdeError> {
                let _members = $schema.members();
                $(structure!(
                    @put _ser, _members[$index], self.$field $(, $mark $($default)?)?
                );)*
                ::std::result::Result::Ok(())
            }

            #[inline]
            fn read_member(
                _builder: &mut $builder,
                member: &aws_smithy_schema::Schema<'_>,
                _de: &mut crate::reader::Reader<'_>,
            ) -> ::std::result::Result<(), aws_smithy_schema::serde::SerdeError> {
                match member.member_index() {
                    $(::std::option::Option::Some($index) => {
                        crate::serde::get(&mut _builder.$field, _de, member)
                    })*
                    // The codec skips members that are not read.
                    _ => ::std::result::Result::Ok(()),
                }
            }

            #[inline]
            fn finish(
                mut _builder: $builder,
            ) -> ::std::result::Result<Self, aws_smithy_schema::serde::SerdeError> {
                $($(structure!(@correct $mark _builder.$field);)?)*
                crate::serde::Built::built(_builder.build())
            }
        }
    };
    // A `?` converts the error: it takes rustc twice as long, and there are thousands.
    (@put $ser:ident, $member:expr, $value:expr $(, required)?) => {
        if let ::std::result::Result::Err(error) = crate::serde::Slot::put(&$value, $ser, $member) {
            return ::std::result::Result::Err(error);
        }
    };
    (@put $ser:ident, $member:expr, $value:expr, unless $default:expr) => {
        if $value != $default {
            structure!(@put $ser, $member, $value);
        }
    };
    (@correct required $builder:ident.$field:ident) => {
        crate::serde::correct(&mut $builder.$field)
    };
    (@correct unless $builder:ident.$field:ident) => {};
}

/// Binds a union to its schema: position of the member => variant.
///
/// `Self::Builder` would be ambiguous: a variant may have the name of one of the trait's types.
///
/// `unit` marks variants without a value.
macro_rules! union {
    ($name:ident, $schema:path { $($index:literal => $variant:ident $($unit:ident)?),* $(,)? }) => {
        impl crate::serde::Structure for $name {
            type Builder = ::std::option::Option<Self>;

            #[inline]
            fn schema() -> &'static aws_smithy_schema::Schema<'static> {
                &$schema
            }

            #[inline]
            fn write_members(
                &self,
                ser: &mut dyn aws_smithy_schema::serde::ShapeSerializer,
            ) -> ::std::result::Result<(), aws_smithy_schema::serde::SerdeError> {
                let members = $schema.members();
                match self {
                    $(union!(@pattern value $variant $($unit)?) => {
                        union!(@write value ser members[$index] $($unit)?)
                    })*
                    Self::Unknown => {
                        ::std::result::Result::Err(aws_smithy_schema::serde::SerdeError::unsupported(
                            ::std::concat!(
                                "cannot send `", ::std::stringify!($name),
                                "::Unknown`: it stands for a value this client does not know",
                            ),
                        ))
                    }
                }
            }

            #[inline]
            fn read_member(
                value: &mut ::std::option::Option<Self>,
                member: &aws_smithy_schema::Schema<'_>,
                de: &mut crate::reader::Reader<'_>,
            ) -> ::std::result::Result<(), aws_smithy_schema::serde::SerdeError> {
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
            }

            #[inline]
            fn finish(
                value: ::std::option::Option<Self>,
            ) -> ::std::result::Result<Self, aws_smithy_schema::serde::SerdeError> {
                value.ok_or_else(|| {
                    aws_smithy_schema::serde::SerdeError::invalid_input(
                        "Union did not contain a valid variant.",
                    )
                })
            }

            #[inline]
            fn absent() -> ::std::option::Option<Self> {
                ::std::option::Option::Some(Self::Unknown)
            }
        }

        serde_feature!($name);
    };
    (@pattern $value:ident $variant:ident unit) => { Self::$variant };
    (@pattern $value:ident $variant:ident) => { Self::$variant($value) };
    (@write $value:ident $ser:ident $members:ident[$index:literal] unit) => {
        crate::serde::Shape::write(&(), $ser, $members[$index])
    };
    (@write $value:ident $ser:ident $members:ident[$index:literal]) => {
        crate::serde::Shape::write($value, $ser, $members[$index])
    };
    (@read $variant:ident $de:ident $member:ident unit) => {{
        <() as crate::serde::Shape>::read($de, $member)?;
        Self::$variant
    }};
    (@read $variant:ident $de:ident $member:ident) => {
        Self::$variant(crate::serde::Shape::read($de, $member)?)
    };
}

/// Binds a string enum's variants to their values. `Debug` hides a `sensitive` enum.
macro_rules! string_enum {
    ($name:ident $($sensitive:ident)? { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// Returns the value as the service spells it.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.0.as_str(),
                }
            }

            /// Returns all values that this crate knows, as the service spells them.
            #[inline]
            pub const fn values() -> &'static [&'static str] {
                &[$($value),*]
            }

            /// Parses a value that this crate knows.
            ///
            /// # Errors
            ///
            /// Fails for any other value. `From<&str>` returns `Unknown` for those.
            #[inline]
            pub fn try_parse(
                value: &str,
            ) -> ::std::result::Result<Self, crate::error::UnknownVariantError> {
                match Self::from(value) {
                    Self::Unknown(_) => {
                        let value = string_enum!(@shown value $($sensitive)?).to_owned();
                        ::std::result::Result::Err(crate::error::UnknownVariantError { value })
                    }
                    known => ::std::result::Result::Ok(known),
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            #[inline]
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

            #[inline]
            fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(Self::from(value))
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(string_enum!(@shown (self.as_str()) $($sensitive)?))
            }
        }

        impl crate::serde::Key for $name {
            #[inline]
            fn of(key: ::std::string::String) -> Self {
                Self::from(key.as_str())
            }

            #[inline]
            fn key(&self) -> &str {
                self.as_str()
            }
        }

        impl crate::serde::Shape for $name {
            #[inline]
            fn read(
                de: &mut crate::reader::Reader<'_>,
                schema: &aws_smithy_schema::Schema<'_>,
            ) -> ::std::result::Result<Self, aws_smithy_schema::serde::SerdeError> {
                //~ if xml-enums
                de.read_enum(schema)
                //~ end
                //~ if not xml-enums
                ::std::result::Result::Ok(Self::from(&*de.read_str(schema)?))
                //~ end
            }

            #[inline]
            fn write(
                &self,
                ser: &mut dyn aws_smithy_schema::serde::ShapeSerializer,
                schema: &aws_smithy_schema::Schema<'_>,
            ) -> ::std::result::Result<(), aws_smithy_schema::serde::SerdeError> {
                ser.write_string(schema, self.as_str())
            }

            #[inline]
            fn absent() -> ::std::option::Option<Self> {
                ::std::option::Option::Some(Self::from("no value was set"))
            }
        }

        serde_feature!($name);
    };
    (@shown $value:tt) => { $value };
    (@shown $value:tt sensitive) => { "*** Sensitive Data Redacted ***" };
}

/// Prints a structure without the values of its sensitive fields.
macro_rules! redacted_debug {
    ($type:path as $name:literal { $($field:ident $($sensitive:ident)?),* $(,)? }) => {
        impl ::std::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                crate::macros::debug(f, $name, &[$((
                    ::std::stringify!($field),
                    redacted_debug!(@value self.$field $($sensitive)?),
                )),*])
            }
        }
    };
    (@value $this:ident.$field:ident sensitive) => { &"*** Sensitive Data Redacted ***" };
    (@value $this:ident.$field:ident) => { &$this.$field };
}

/// Prints a union without the values of its sensitive variants. `hidden` ones have no value, and not
/// even their name is printed.
macro_rules! redacted_union_debug {
    ($name:ident { $($variant:ident $($how:ident)?),* $(,)? }) => {
        impl ::std::fmt::Debug for $name {
            #[inline]
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
    (@pattern $value:ident $variant:ident hidden) => { Self::$variant };
    (@pattern $value:ident $variant:ident sensitive) => { Self::$variant(_) };
    (@pattern $value:ident $variant:ident) => { Self::$variant($value) };
    (@print $f:ident $value:ident $variant:ident unit) => {
        $f.write_str(::std::stringify!($variant))
    };
    (@print $f:ident $value:ident $variant:ident $sensitive:ident) => {
        $f.debug_tuple("*** Sensitive Data Redacted ***").finish()
    };
    (@print $f:ident $value:ident $variant:ident) => {
        $f.debug_tuple(::std::stringify!($variant)).field($value).finish()
    };
}

/// Prints a sensitive enum without its value.
macro_rules! opaque_debug {
    ($name:ident) => {
        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str("*** Sensitive Data Redacted ***")
            }
        }
    };
}

/// Implements `serde`'s traits for a type if the feature is enabled.
macro_rules! serde_feature {
    ($name:ident $($kind:ident)?) => {
        #[cfg(feature = "serde")]
        impl ::serde::Serialize for $name {
            #[inline]
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                let response = serde_feature!(@of self $($kind)?);
                crate::serde_feature::serialize(self, response, serializer)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> ::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let (value, _response) = crate::serde_feature::deserialize(deserializer)?;
                ::std::result::Result::Ok(serde_feature!(@with value _response $($kind)?))
            }
        }
    };
    (@of $value:ident) => { ::std::default::Default::default() };
    (@of $value:ident output) => { $value._response_metadata.clone().into() };
    (@of $value:ident error) => { $value.meta.clone().into() };
    (@of $value:ident described) => {
        crate::response_metadata::saved::Response {
            text: $value.message.clone(),
            ..$value.meta.clone().into()
        }
    };
    (@with $value:ident $response:ident) => { $value };
    (@with $value:ident $response:ident output) => {{
        let mut value: Self = $value;
        value._response_metadata = crate::response_metadata::of_error(&$response.meta);
        value
    }};
    (@with $value:ident $response:ident error) => {{
        let mut value: Self = $value;
        value.meta = $response.meta;
        value
    }};
    (@with $value:ident $response:ident described) => {{
        let mut value: Self = $value;
        value.meta = $response.meta;
        value.message = $response.text;
        value
    }};
}
