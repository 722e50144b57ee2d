//! Names of operations, and of the modules that they have.

use proc_macro2::Ident;

use super::{
    STD_METHODS, TypeName, ident, is_keyword, kebab, leading_digit, pascal, raw, snake, unraw,
};

/// The name of an operation, and of all that is made for it: `CreateChannel`.
///
/// An operation keeps the case it has in the model (`DescribeACLs`, `DescribeACLsError`), while its
/// input, output and paginator follow the rule for types (`DescribeAcLsInput`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OperationName {
    /// The name in the model.
    shape: String,
    /// The stem of the names of input, output and paginator.
    stem: String,
    /// The name of the operation's struct.
    ident: String,
}

impl OperationName {
    /// Names the operation `shape_name`, a shape's name without its namespace.
    pub fn new(shape_name: &str) -> Self {
        Self::renamed(shape_name, shape_name)
    }

    /// Names the operation `shape_name` as if its shape were called `name`.
    pub fn renamed(shape_name: &str, name: &str) -> Self {
        Self {
            shape: shape_name.to_owned(),
            stem: name.to_owned(),
            ident: operation_ident(name),
        }
    }

    /// `CreateChannel`
    pub fn as_str(&self) -> &str {
        &self.ident
    }

    /// `CreateChannel`
    pub fn ident(&self) -> Ident {
        ident(&self.ident)
    }

    /// `CreateChannel`, as the model spells it.
    pub fn shape(&self) -> &str {
        &self.shape
    }

    /// `CreateChannel`, the name for logs and interceptors, which renaming in Rust does not change.
    pub fn metadata(&self) -> String {
        operation_ident(&self.shape)
    }

    /// `CreateChannelInput`, whatever the model calls the input's shape.
    pub fn input(&self) -> TypeName {
        TypeName::new(&format!("{}Input", self.stem))
    }

    /// `CreateChannelOutput`, whatever the model calls the output's shape.
    pub fn output(&self) -> TypeName {
        TypeName::new(&format!("{}Output", self.stem))
    }

    /// `CreateChannelError`
    pub fn error(&self) -> Ident {
        ident(&format!("{}Error", self.ident))
    }

    /// `CreateChannelFluentBuilder`
    pub fn fluent_builder(&self) -> Ident {
        ident(&format!("{}FluentBuilder", self.ident))
    }

    /// `CreateChannelPaginator`
    pub fn paginator(&self) -> Ident {
        ident(&format!("{}Paginator", pascal(&self.stem)))
    }

    /// `CreateChannelPaginatorItems`
    pub fn paginator_items(&self) -> Ident {
        ident(&format!("{}PaginatorItems", pascal(&self.stem)))
    }

    /// `create_channel`, the client's method.
    pub fn method(&self) -> Ident {
        ident(&raw(snake(&self.ident)))
    }

    /// Whether the client's method has the name of a method of a trait in the standard library.
    pub fn is_std_method(&self) -> bool {
        STD_METHODS.contains(&snake(&self.ident).as_str())
    }

    /// `create_channel`, the module.
    pub fn module(&self) -> ModuleName {
        ModuleName::new(&self.ident)
    }

    /// `crate::operation::create_channel`, for links.
    pub fn module_path(&self) -> String {
        format!("crate::operation::{}", self.module())
    }

    /// `crate::Client::create_channel`, for links, in which keywords are not escaped.
    pub fn link(&self) -> String {
        format!("crate::Client::{}", unraw(&snake(&self.ident)))
    }

    /// `create-channel`, in texts and in cargo features.
    pub fn kebab(&self) -> String {
        kebab(&self.ident)
    }
}

/// The name of a module, and of the file that holds it: `create_channel`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleName(String);

impl ModuleName {
    /// The module of the operation or shape `shape_name`.
    pub fn new(shape_name: &str) -> Self {
        let name = leading_digit(snake(shape_name));
        // Like the official crates, modules avoid raw identifiers: the name is also a file name.
        Self(if is_keyword(&name) {
            format!("{name}_")
        } else {
            name
        })
    }

    /// `create_channel`
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `create_channel`
    pub fn ident(&self) -> Ident {
        ident(&self.0)
    }
}

/// An operation keeps its case, except for the first letter.
fn operation_ident(name: &str) -> String {
    let mut rest = name.chars();
    let first = rest.next().map(|c| c.to_uppercase().to_string());
    unraw(&leading_digit(first.unwrap_or_default() + rest.as_str()))
}
