//! Builders of structures.

/// Defines a builder. Each row has the three methods of a field, the argument of the first method,
/// and how the field is built.
///
/// The builder is in a module below that of its structure, where another structure may have the
/// builder's name: hence `super::`.
///
/// The first method sets `one` value or adds to a `list` or `map`. It takes the value as it `is`, or
/// converts it `into` the field's type. A field is optional unless it is `required` or has a
/// `default`, and `Debug` hides it if it is `sensitive`.
macro_rules! builder {
    ($builder:ident => $target:ident $($rest:tt)*) => {
        builder!(#[derive(Clone, Default, PartialEq)] $builder => $target $($rest)*);
    };
    (#[$derive:meta] $builder:ident => $target:ident $($fallible:ident)?
        $(+ $extra:ident: $extra_type:ty)? {
        $($field:ident $set:ident $get:ident = $how:ident $values:tt
            $($flag:ident $(($default:expr))?)*),* $(,)?
    }) => {
        #[doc = ::std::concat!(
            "A builder for [`", ::std::stringify!($target), "`](struct@super::",
            ::std::stringify!($target), ").",
        )]
        #[non_exhaustive]
        #[$derive]
        pub struct $builder {
            $(pub(crate) $field: builder!(@option ($how $values)),)*
            $(pub(crate) $extra: $extra_type,)?
        }

        impl $builder {
            $(builder!(@$how $values $target $field);
            builder!(@options ($how $values) $target $field $set $get);)*

            builder!(@build $($fallible)? $target self {
                $($field: builder!(@value $target (self.$field) $($flag $(($default))?)*),)*
                $($extra: self.$extra,)?
            });
        }

        impl ::std::fmt::Debug for $builder {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                crate::macros::debug(f, ::std::stringify!($builder), &[
                    $((
                        ::std::stringify!($field),
                        builder!(@shown (self.$field) $($flag $(($default))?)*),
                    ),)*
                    $((::std::stringify!($extra), &self.$extra),)?
                ])
            }
        }
    };
    (@one ($as:ident $type:ty) $target:ident $field:ident) => {
        #[doc = ::std::concat!(
            "Sets this field of [`", ::std::stringify!($target), "`](struct@super::",
            ::std::stringify!($target), ").",
        )]
        #[inline]
        pub fn $field(mut self, input: builder!(@argument $as $type)) -> Self {
            self.$field = ::std::option::Option::Some(builder!(@given $as input));
            self
        }
    };
    (@list ($as:ident $type:ty) $target:ident $field:ident) => {
        #[doc = ::std::concat!(
            "Appends an item to this field of [`", ::std::stringify!($target), "`](struct@super::",
            ::std::stringify!($target), ").",
        )]
        #[inline]
        pub fn $field(mut self, input: builder!(@argument $as $type)) -> Self {
            self.$field
                .get_or_insert_with(::std::default::Default::default)
                .push(builder!(@given $as input));
            self
        }
    };
    (@map ($key_as:ident $key:ty, $as:ident $type:ty) $target:ident $field:ident) => {
        #[doc = ::std::concat!(
            "Inserts an entry into this field of [`", ::std::stringify!($target), "`](struct@super::",
            ::std::stringify!($target), ").",
        )]
        #[inline]
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
    (@options $type:tt $target:ident $field:ident $set:ident $get:ident) => {
        #[doc = ::std::concat!(
            "Sets or clears this field of [`", ::std::stringify!($target), "`](struct@super::",
            ::std::stringify!($target), ").",
        )]
        #[inline]
        pub fn $set(mut self, input: builder!(@option $type)) -> Self {
            self.$field = input;
            self
        }

        /// Returns the value of this field, if it is set.
        #[inline]
        pub fn $get(&self) -> &builder!(@option $type) {
            &self.$field
        }
    };
    (@build $target:ident $this:ident { $($fields:tt)* }) => {
        #[doc = ::std::concat!(
            "Builds the [`", ::std::stringify!($target), "`](struct@super::",
            ::std::stringify!($target), ").",
        )]
        #[inline]
        pub fn build($this) -> super::$target {
            super::$target { $($fields)* }
        }
    };
    (@build fallible $target:ident $this:ident { $($fields:tt)* }) => {
        #[doc = ::std::concat!(
            "Builds the [`", ::std::stringify!($target), "`](struct@super::",
            ::std::stringify!($target), ").",
        )]
        ///
        /// # Errors
        ///
        /// Fails if a required field is not set. The message contains its name.
        #[inline]
        pub fn build(
            $this,
        ) -> ::std::result::Result<super::$target, aws_smithy_types::error::operation::BuildError> {
            ::std::result::Result::Ok(super::$target { $($fields)* })
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

/// Defines the other methods of a fluent builder for a member: one sets or clears it, one returns it.
macro_rules! accessors {
    ($($name:literal $set:ident $get:ident = $how:ident $values:tt),* $(,)?) => {
        $(
            #[doc = ::std::concat!("Sets or clears [`", $name, "`](Self::", $name, ").")]
            #[inline]
            pub fn $set(mut self, input: builder!(@option ($how $values))) -> Self {
                self.inner = self.inner.$set(input);
                self
            }

            #[doc = ::std::concat!(
                "Returns the value of [`", $name, "`](Self::", $name, "), if it is set.",
            )]
            #[inline]
            pub fn $get(&self) -> &builder!(@option ($how $values)) {
                self.inner.$get()
            }
        )*
    };
}
