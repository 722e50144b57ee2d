//! What references must refer to.

use crate::smithy::ast::ShapeType;

/// The requirements for a reference.
pub(super) struct Role {
    /// As in "an operation's input must be a structure".
    pub(super) subject: &'static str,
    pub(super) types: &'static [ShapeType],
}

pub(super) const OPERATION: Role = Role {
    subject: "this",
    types: &[ShapeType::Operation],
};

pub(super) const RESOURCE: Role = Role {
    subject: "this",
    types: &[ShapeType::Resource],
};

pub(super) const INPUT: Role = Role {
    subject: "an operation's input",
    types: &[ShapeType::Structure],
};

pub(super) const OUTPUT: Role = Role {
    subject: "an operation's output",
    types: &[ShapeType::Structure],
};

pub(super) const ERROR: Role = Role {
    subject: "an error",
    types: &[ShapeType::Structure],
};

pub(super) const MEMBER: Role = Role {
    subject: "a member's target",
    types: &[],
};

impl Role {
    /// Whether a shape of this type may be referred to.
    pub(super) fn allows(&self, r#type: ShapeType) -> bool {
        match self.types {
            [] => !matches!(
                r#type,
                ShapeType::Service | ShapeType::Resource | ShapeType::Operation | ShapeType::Apply
            ),
            types => types.contains(&r#type),
        }
    }

    /// What must be referred to, in words.
    pub(super) fn wanted(&self) -> String {
        match self.types {
            [r#type] => r#type.with_article(),
            _ => "a data shape".to_owned(),
        }
    }
}
