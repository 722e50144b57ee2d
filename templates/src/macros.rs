//! Implementations that depend on nothing but a table of names.
//!
//! Paths are absolute, because a shape may have the name `Option` or `Result`.
//!
//! The code of a shape or an operation is `#[inline]` here and in the other files. So it is compiled
//! in the program that uses it, which is often a small part of all.

#[macro_use]
mod builders;
#[macro_use]
mod errors;
#[macro_use]
mod operations;
#[macro_use]
mod structures;

/// Defines macros around items that only some operations need: `name = "create-channel" …`.
///
/// The items stay if one of these operations is selected, or if no operations are selected. Around a
/// single name, the macro is the type of that error, or a type without values. `$` is an argument,
/// because a macro inside a macro cannot write it.
macro_rules! gates {
    ($dollar:tt { $($name:ident = $($operation:literal)+),* $(,)? }) => {
        $(
            #[cfg(any(not(feature = "selected-operations"), $(feature = $operation),+))]
            macro_rules! $name {
                ($dollar error:ident) => { crate::types::error::$dollar error };
                ($dollar($dollar items:tt)*) => { $dollar($dollar items)* };
            }
            #[cfg(not(any(not(feature = "selected-operations"), $(feature = $operation),+)))]
            macro_rules! $name {
                ($dollar error:ident) => { crate::service_error::Absent };
                ($dollar($dollar items:tt)*) => {};
            }
        )*
    };
}

/// Prints the fields of a structure, whose names may be raw identifiers.
pub(crate) fn debug(
    f: &mut std::fmt::Formatter<'_>,
    name: &str,
    fields: &[(&str, &dyn std::fmt::Debug)],
) -> std::fmt::Result {
    let mut structure = f.debug_struct(name);
    for (field, value) in fields {
        structure.field(field.strip_prefix("r#").unwrap_or(field), value);
    }
    structure.finish()
}

/// Defines the settings of this crate's schemas. Each row has the method of the runtime's schemas that
/// sets it, and the arguments of the method.
macro_rules! settings {
    ($name:ident { $($setting:ident = $method:ident $(($($value:ident: $type:ident),+))?),* $(,)? }) => {
        /// A setting of a schema.
        pub(crate) enum $name {
            $($setting $(($(settings!(@type $type)),+))?),*
        }

        impl $name {
            /// Adds the setting to a schema.
            pub(crate) const fn set(
                &self,
                _schema: aws_smithy_schema::Schema<'static>,
            ) -> aws_smithy_schema::Schema<'static> {
                match *self {
                    $(Self::$setting $(($($value),+))? => _schema.$method($($($value),+)?)),*
                }
            }
        }
    };
    (@type Text) => { &'static str };
    (@type OptionalText) => { ::std::option::Option<&'static str> };
    (@type TimestampFormat) => { aws_smithy_schema::traits::TimestampFormat };
}

/// Defines the schema of a structure or union with this number of members. Each row has a member's
/// position, name and kind, the schemas of its elements, or of its keys and values, and its settings.
///
/// The members are rows of data: as calls they take rustc twice as long, and there are thousands.
macro_rules! schema {
    ($name:ident[$count:literal] = $kind:ident $namespace:literal $shape:literal
        $(http $method:literal $uri:literal $code:literal)?
        $(+ $own:ident $(= $one:tt $(and $two:ident $($three:literal)?)?)?)* {
        $($index:literal $member:literal => $member_kind:ident
            $(of $element:ident)? $(from $key:ident to $value:ident)?
            $(+ $setting:ident $(= $argument:tt $(and $option:ident $($more:literal)?)?)?)*),* $(,)?
    }) => {
        pub(crate) static $name: aws_smithy_schema::Schema<'static> = with_settings!(
            aws_smithy_schema::Schema::new_struct(
                aws_smithy_schema::shape_id!($namespace, $shape),
                aws_smithy_schema::ShapeType::$kind,
                {
                    static MEMBERS: crate::serde::MemberSchemas<$count> =
                        crate::serde::MemberSchemas::new(&MEMBERS, $namespace, $shape, &[
                            $(crate::serde::Member {
                                id: ::std::concat!($namespace, "#", $shape, "$", $member),
                                name: $member,
                                kind: aws_smithy_schema::ShapeType::$member_kind,
                                parts: schema!(@parts $(of $element)? $(from $key to $value)?),
                                settings: &[$(
                                    crate::schema::Setting::$setting
                                        $(($argument $(, $option $(($more))?)?))?
                                ),*],
                            }),*
                        ]);
                    &MEMBERS.references
                },
            )
            $(.with_http(aws_smithy_schema::traits::HttpTrait::new(
                $method,
                $uri,
                ::std::option::Option::Some($code),
            )))?,
            $(+ $own $(= $one $(and $two $($three)?)?)?)*
        );
    };
    (@parts) => { [::std::option::Option::None, ::std::option::Option::None] };
    (@parts of $element:ident) => {
        [::std::option::Option::None, ::std::option::Option::Some(&$element)]
    };
    (@parts from $key:ident to $value:ident) => {
        [::std::option::Option::Some(&$key), ::std::option::Option::Some(&$value)]
    };
}

/// Defines the schema of a list, from that of its elements.
macro_rules! list_schema {
    ($name:ident = $namespace:literal $shape:literal of $element:ident $($settings:tt)*) => {
        pub(crate) static $name: aws_smithy_schema::Schema<'static> = with_settings!(
            aws_smithy_schema::Schema::new_list(
                aws_smithy_schema::shape_id!($namespace, $shape),
                &$element,
            ),
            $($settings)*
        );
    };
}

/// Defines the schema of a map, from those of its keys and values.
macro_rules! map_schema {
    ($name:ident = $namespace:literal $shape:literal from $key:ident to $value:ident
        $($settings:tt)*) => {
        pub(crate) static $name: aws_smithy_schema::Schema<'static> = with_settings!(
            aws_smithy_schema::Schema::new_map(
                aws_smithy_schema::shape_id!($namespace, $shape),
                &$key,
                &$value,
            ),
            $($settings)*
        );
    };
}

/// Defines the schema of elements with settings of their own.
macro_rules! element_schema {
    ($name:ident = $kind:ident $namespace:literal $shape:literal $($settings:tt)*) => {
        pub(crate) static $name: aws_smithy_schema::Schema<'static> = with_settings!(
            aws_smithy_schema::Schema::new(
                aws_smithy_schema::shape_id!($namespace, $shape),
                aws_smithy_schema::ShapeType::$kind,
            ),
            $($settings)*
        );
    };
}

/// Returns a schema with these settings.
macro_rules! with_settings {
    ($schema:expr,) => { $schema };
    ($schema:expr,
        $(+ $setting:ident $(= $argument:tt $(and $option:ident $($more:literal)?)?)?)+) => {
        crate::serde::with_settings($schema, &[$(
            crate::schema::Setting::$setting $(($argument $(, $option $(($more))?)?))?
        ),+])
    };
}
