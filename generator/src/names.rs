//! Every name of the output. Nothing else changes case.
//!
//! A name is a value that knows its spellings, so that no emitter joins identifiers. The spellings
//! are those of the official crates, whose rules are spread over the [official
//! generator](https://github.com/smithy-lang/smithy-rs): how a name is split into words (see
//! [`words`]), which words are reserved in which position, and what replaces them there. Nothing
//! here checks that a name is unique in its scope: that needs the scope.

mod features;
mod operations;
mod waiters;
mod words;

#[cfg(test)]
mod tests;

use std::fmt;

use heck::{ToKebabCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

pub use features::{FeatureName, GateName};
pub use operations::{ModuleName, OperationName};
pub use waiters::WaiterName;

/// Keywords of any edition: a field or method of that name is a raw identifier.
const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield", "Self",
];

/// Keywords that cannot be raw identifiers, and what the official crates write instead.
///
/// `SelfValue` is in the list because `Self` becomes `SelfValue`.
const NEVER_RAW: [(&str, &str); 5] = [
    ("crate", "crate_"),
    ("super", "super_"),
    ("self", "self_"),
    ("Self", "SelfValue"),
    ("SelfValue", "SelfValue_"),
];

/// Members that would clash with a method of the structure, its builder or its fluent builder.
const RESERVED_FIELDS: [&str; 8] = [
    "build",
    "builder",
    "default",
    "send",
    "make_operation",
    "presigned",
    "customize",
    "meta",
];

/// Methods of the standard library's traits, with which a field's methods could be confused.
///
/// This is the list of [clippy].
///
/// [clippy]: https://rust-lang.github.io/rust-clippy/stable/index.html#should_implement_trait
const STD_METHODS: [&str; 27] = [
    "add",
    "as_mut",
    "as_ref",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "borrow_mut",
    "clone",
    "cmp",
    "deref",
    "deref_mut",
    "div",
    "drop",
    "eq",
    "from_iter",
    "from_str",
    "hash",
    "index",
    "index_mut",
    "into_iter",
    "mul",
    "neg",
    "next",
    "not",
    "rem",
    "sub",
];

/// Variants that would clash with the one for values that the generated crate does not know.
const RESERVED_VARIANTS: [(&str, &str); 2] = [
    ("Unknown", "UnknownValue"),
    ("UnknownValue", "UnknownValue_"),
];

/// The name of a structure, union, enum or error: `StreamKeySummary`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeName(String);

impl TypeName {
    /// Names the type of the shape `shape_name`, a shape's name without its namespace.
    pub fn new(shape_name: &str) -> Self {
        Self(unraw(&pascal(shape_name)))
    }

    /// `StreamKeySummary`
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `StreamKeySummary`
    pub fn ident(&self) -> Ident {
        ident(&self.0)
    }

    /// `StreamKeySummaryError`: the enum of the errors in a stream of such events.
    pub fn stream_error(&self) -> Self {
        Self(format!("{}Error", self.0))
    }

    /// `StreamKeySummaryBuilder`
    pub fn builder(&self) -> Ident {
        ident(&format!("{}Builder", self.0))
    }

    /// `is_stream_key_summary`: the method of an operation's error that tests for this variant.
    pub fn is(&self) -> Ident {
        ident(&format!("is_{}", snake(&self.0)))
    }
}

/// The name of a structure's member, and of the methods made for it: `type`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldName {
    /// What the field is called: `type`, `build_value`.
    name: String,
    /// The name that its setters derive from: `type`, `build`.
    plain: String,
}

impl FieldName {
    /// Names the field of the member `member_name`.
    pub fn new(member_name: &str) -> Self {
        let plain = snake(member_name);
        let name = if RESERVED_FIELDS.contains(&plain.as_str()) {
            format!("{plain}_value")
        } else {
            unraw(&leading_digit(plain.clone()))
        };
        Self { name, plain }
    }

    /// `type`: the name without the raw identifier's prefix, for documentation and `Debug`.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// `r#type`
    pub fn field(&self) -> Ident {
        ident(&raw(self.name.clone()))
    }

    /// `r#type`: the accessor, and the builder's method that takes a value.
    pub fn setter(&self) -> Ident {
        self.field()
    }

    /// Whether its methods have the name of a method of a trait in the standard library.
    pub fn is_std_method(&self) -> bool {
        STD_METHODS.contains(&self.name.as_str())
    }

    /// `set_type`: the builder's method that takes an option.
    pub fn set(&self) -> Ident {
        ident(&format!("set_{}", self.plain))
    }

    /// `get_type`: the builder's method that returns the value.
    pub fn get(&self) -> Ident {
        ident(&format!("get_{}", self.plain))
    }

    /// `is_type`
    pub fn is(&self) -> Ident {
        ident(&format!("is_{}", self.plain))
    }

    /// The methods that a builder has for it.
    pub fn methods_of_builders(&self) -> [String; 3] {
        [self.setter(), self.set(), self.get()].map(|method| method.to_string())
    }
}

/// The name of an enum's or a union's variant: `LowLatency`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VariantName(String);

impl VariantName {
    /// Names the variant of the member `member_name` of a union or enum, or of the name in `@enum`.
    pub fn new(member_name: &str) -> Self {
        let name = pascal(member_name);
        match RESERVED_VARIANTS
            .iter()
            .find(|(reserved, _)| *reserved == name)
        {
            Some((_, replacement)) => Self((*replacement).to_owned()),
            None => Self(unraw(&name)),
        }
    }

    /// Names the variant of an `@enum` entry that has a value and no name.
    ///
    /// Smithy turns such a value into a member name by replacing characters that a name cannot
    /// contain with `_`. Returns `None` if nothing is left, as for the empty string: such a value
    /// needs a name.
    pub fn from_value(value: &str) -> Option<Self> {
        value
            .contains(|c: char| c.is_ascii_alphanumeric())
            .then(|| {
                let name = value.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
                Self::new(&name)
            })
    }

    /// `LowLatency`
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `LowLatency`
    pub fn ident(&self) -> Ident {
        ident(&self.0)
    }

    /// `as_low_latency`: a union's method that returns the variant's content.
    pub fn r#as(&self) -> Ident {
        ident(&format!("as_{}", snake(&self.0)))
    }

    /// `is_low_latency`
    pub fn is(&self) -> Ident {
        ident(&format!("is_{}", snake(&self.0)))
    }
}

/// The name of a constant or static: `STREAM_KEY_SUMMARY`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConstName(String);

impl ConstName {
    /// Names the constant of the shape, member or operation `name`.
    pub fn new(name: &str) -> Self {
        let words = joined(words::snake_words(name));
        Self(leading_digit(words.to_shouty_snake_case()))
    }

    /// `STREAM_KEY_SUMMARY`
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `STREAM_KEY_SUMMARY`
    pub fn ident(&self) -> Ident {
        ident(&self.0)
    }
}

/// `create-channel`, for cargo features, packages and texts.
pub fn kebab(name: &str) -> String {
    joined(words::snake_words(name)).to_kebab_case()
}

fn snake(name: &str) -> String {
    joined(words::snake_words(name)).to_snake_case()
}

fn pascal(name: &str) -> String {
    leading_digit(joined(words::pascal_words(name)).to_upper_camel_case())
}

/// Joins words in the form in which `heck` recognizes them: in lower case, with a separator.
fn joined(words: Vec<String>) -> String {
    words.join("_").to_lowercase()
}

/// Prefixes a leading digit with an underscore, like the official crates: no identifier begins with
/// a digit.
fn leading_digit(name: String) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("_{name}")
    } else {
        name
    }
}

fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

/// Replaces what cannot even be a raw identifier.
fn unraw(name: &str) -> String {
    let replacement = NEVER_RAW.iter().find(|(reserved, _)| *reserved == name);
    replacement
        .map_or(name, |(_, replacement)| replacement)
        .to_owned()
}

/// Makes a keyword a raw identifier.
fn raw(name: String) -> String {
    let name = unraw(&name);
    if is_keyword(&name) {
        format!("r#{name}")
    } else {
        name
    }
}

fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(keyword) => Ident::new_raw(keyword, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

macro_rules! display {
    ($($name:ident)*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )*};
}

display!(TypeName OperationName ModuleName FieldName VariantName ConstName FeatureName GateName);
