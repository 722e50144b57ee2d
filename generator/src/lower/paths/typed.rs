//! Expressions with their types.

use super::Paths;
use crate::ir::{PathExpr, PathItem, PathNode, PathType, Type};
use crate::names::FieldName;
use crate::smithy::{Kind, Shape};

/// An expression while it is lowered.
#[derive(Clone, Debug)]
pub(super) struct Typed<'a> {
    pub(super) node: PathNode,
    pub(super) ty: Ty<'a>,
    pub(super) nullable: bool,
    pub(super) fallible: bool,
}

/// The type of a value.
#[derive(Clone, Debug)]
pub(super) enum Ty<'a> {
    Boolean,
    Integer,
    Float,
    /// A string of the model, which is borrowed.
    Text,
    /// A string that the expression creates.
    String,
    /// Any other value of the model, with its type for emitters.
    Shape(&'a Shape, PathType),
    /// A list that the expression creates.
    List(Box<Item<'a>>),
    /// The input and the output.
    Both,
    Null,
}

impl PartialEq for Ty<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Shape(one, _), Self::Shape(other, _)) => one.id == other.id,
            (Self::List(one), Self::List(other)) => one == other,
            (one, other) => std::mem::discriminant(one) == std::mem::discriminant(other),
        }
    }
}

/// An element of a list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item<'a> {
    pub(super) ty: Ty<'a>,
    pub(super) nullable: bool,
}

impl<'a> Typed<'a> {
    /// A value that is never null.
    pub(super) fn new(node: PathNode, ty: Ty<'a>) -> Self {
        Self {
            node,
            ty,
            nullable: false,
            fallible: false,
        }
    }

    /// The variable `it` of the closure or block around it.
    pub(super) fn it(ty: Ty<'a>, nullable: bool) -> Self {
        Self {
            nullable,
            ..Self::new(PathNode::It, ty)
        }
    }

    /// The input and the output.
    pub(super) fn both() -> Self {
        Self::new(PathNode::It, Ty::Both)
    }

    pub(super) fn into_ir(self) -> PathExpr {
        PathExpr {
            ty: self.ty.to_ir(),
            node: self.node,
            nullable: self.nullable,
            fallible: self.fallible,
        }
    }

    pub(super) fn boxed(&self) -> Box<PathExpr> {
        Box::new(self.clone().into_ir())
    }

    /// Whether it may fail if a value is required.
    pub(super) fn may_fail(&self) -> bool {
        self.nullable || self.fallible
    }
}

impl<'a> Ty<'a> {
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::Text | Self::String)
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::Integer | Self::Float)
    }

    /// The type of its elements; `None` if it is not a list.
    pub(super) fn item(&self, paths: &Paths<'a>) -> Option<Item<'a>> {
        match self {
            Self::List(item) => Some((**item).clone()),
            Self::Shape(shape, _) => match &shape.kind {
                Kind::List(element) => {
                    let target = paths.context.model.target(element);
                    Some(Item {
                        ty: paths.ty(target),
                        nullable: shape.traits.sparse(),
                    })
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Its description in messages.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Boolean => "a boolean".to_owned(),
            Self::Integer | Self::Float => "a number".to_owned(),
            Self::Text | Self::String => "a string".to_owned(),
            Self::Shape(shape, _) => format!("the {} `{}`", shape.kind.name(), shape.id),
            Self::List(_) => "a list".to_owned(),
            Self::Both => "the input and the output".to_owned(),
            Self::Null => "null".to_owned(),
        }
    }

    /// The type for emitters.
    fn to_ir(&self) -> PathType {
        match self {
            Self::Boolean => PathType::Boolean,
            Self::Integer => PathType::Integer,
            Self::Float => PathType::Float,
            Self::Text => PathType::Text,
            Self::String => PathType::String,
            Self::List(item) => PathType::List(Box::new(item.to_ir())),
            Self::Shape(_, ty) => ty.clone(),
            Self::Both => PathType::Other,
            Self::Null => PathType::Null,
        }
    }
}

impl Item<'_> {
    pub(super) fn to_ir(&self) -> PathItem {
        PathItem {
            ty: self.ty.to_ir(),
            nullable: self.nullable,
        }
    }
}

impl<'a> Paths<'a> {
    /// The type of a shape's values.
    pub(super) fn ty(&self, shape: &'a Shape) -> Ty<'a> {
        let of_model = match &shape.kind {
            _ if shape.traits.streaming() => PathType::Other,
            Kind::Boolean => return Ty::Boolean,
            Kind::Byte | Kind::Short | Kind::Integer | Kind::IntEnum(_) | Kind::Long => {
                return Ty::Integer;
            }
            Kind::Float | Kind::Double | Kind::Timestamp => return Ty::Float,
            Kind::String | Kind::Enum(_) => return Ty::Text,
            Kind::Blob => return Ty::String,
            Kind::List(_) | Kind::Map { .. } => {
                let ty = self.context.shapes.shape_type(self.context.model, shape);
                match ty {
                    Type::List(element) => PathType::Slice(*element),
                    Type::Map(key, value) => PathType::Map(*key, *value),
                    _ => PathType::Other,
                }
            }
            Kind::Structure(members) => {
                let are_optional = members.iter().all(|it| self.is_optional(shape, it));
                let fields = members.iter().map(|it| FieldName::new(it.rust_name()));
                PathType::Structure(are_optional.then(|| fields.collect()))
            }
            Kind::BigInteger | Kind::BigDecimal | Kind::Document | Kind::Union(_) => {
                PathType::Other
            }
        };
        Ty::Shape(shape, of_model)
    }
}
