//! Names of waiters.

use proc_macro2::Ident;

use super::{ModuleName, ident, pascal, snake};

/// The name of a waiter, and of everything that is generated for it: `TableExists`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WaiterName(String);

impl WaiterName {
    /// The waiter `name` in the model.
    pub fn new(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// `TableExists`, as in the model.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `table_exists`
    pub fn module(&self) -> ModuleName {
        ModuleName::new(&self.0)
    }

    /// `wait_until_table_exists`, the client's method.
    pub fn method(&self) -> Ident {
        ident(&format!("wait_until_{}", snake(&self.0)))
    }

    /// `TableExistsFluentBuilder`
    pub fn fluent_builder(&self) -> Ident {
        ident(&format!("{}FluentBuilder", pascal(&self.0)))
    }

    /// `TableExistsFinalPoll`
    pub fn final_poll(&self) -> Ident {
        ident(&format!("{}FinalPoll", pascal(&self.0)))
    }

    /// `WaitUntilTableExistsError`
    pub fn error(&self) -> Ident {
        ident(&format!("WaitUntil{}Error", pascal(&self.0)))
    }
}
