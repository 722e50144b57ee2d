//! Where in a model a problem is.

use crate::shape_id::ShapeId;

/// One step from a JSON value to a value in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Step {
    Key(String),
    Index(usize),
    /// A member by its name: `/members/<name>`, or the key itself where a shape has no `members`
    /// (the member of a list, the key and the value of a map).
    Member(String),
}

/// Where in the JSON a problem is: the steps from the root, as in a
/// [JSON pointer](https://www.rfc-editor.org/rfc/rfc6901).
///
/// A place need not exist in the text: a diagnostic about something missing, or about a member
/// that comes from a mixin, is shown at the deepest step that does exist.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Place {
    pub(super) steps: Vec<Step>,
    /// Whether the last key itself is wrong, not its value.
    pub(super) is_key: bool,
}

impl Place {
    /// The whole document.
    pub fn root() -> Place {
        Place::default()
    }

    /// `/shapes/<id>`, and the member if the id has one.
    pub fn shape(id: &ShapeId) -> Place {
        let place = Place::root()
            .key("shapes")
            .key(id.without_member().as_str());
        match id.member() {
            Some(member) => place.member(member),
            None => place,
        }
    }

    /// `/shapes/<id>` as a key of the AST, where keys of `apply` statements contain members.
    pub(crate) fn shape_entry(id: &ShapeId) -> Place {
        Place::root().key("shapes").key(id.as_str())
    }

    /// Adds a step to the value of a key.
    pub fn key(mut self, key: impl Into<String>) -> Place {
        self.steps.push(Step::Key(key.into()));
        self
    }

    /// Adds a step to an element of an array, from 0.
    pub fn index(mut self, index: usize) -> Place {
        self.steps.push(Step::Index(index));
        self
    }

    /// Adds a step to a member of a shape.
    pub fn member(mut self, name: &str) -> Place {
        self.steps.push(Step::Member(name.to_owned()));
        self
    }

    /// Adds steps.
    pub(super) fn steps(mut self, steps: &[Step]) -> Place {
        self.steps.extend_from_slice(steps);
        self
    }

    /// Adds the steps `/traits/<id>`.
    pub fn r#trait(self, id: &str) -> Place {
        self.key("traits").key(id)
    }

    /// Refers to the last key instead of its value: for keys that should not exist.
    pub fn the_key(mut self) -> Place {
        self.is_key = true;
        self
    }

    /// The shape or member that the place is in.
    pub(super) fn shape_id(&self) -> Option<String> {
        let InShape { shape, member, .. } = self.in_shape()?;
        Some(match member {
            Some(member) => format!("{shape}${member}"),
            None => shape.to_owned(),
        })
    }

    /// The place as seen from the shape that it is in.
    pub(super) fn in_shape(&self) -> Option<InShape<'_>> {
        let [Step::Key(first), Step::Key(id), rest @ ..] = self.steps.as_slice() else {
            return None;
        };
        if first != "shapes" {
            return None;
        }
        let (member, rest) = match rest {
            [Step::Member(member), rest @ ..] => (Some(member.as_str()), rest),
            [Step::Key(key), Step::Key(member), rest @ ..] if key == "members" => {
                (Some(member.as_str()), rest)
            }
            // A key that does not belong in its shape is not a member.
            [Step::Key(_)] if self.is_key => (None, rest),
            [Step::Key(key), rest @ ..] if ["member", "key", "value"].contains(&key.as_str()) => {
                (Some(key.as_str()), rest)
            }
            _ => (None, rest),
        };
        // The key of an `apply` statement may be the id of a member.
        let (shape, applied) = match id.split_once('$') {
            Some((shape, member)) => (shape, Some(member)),
            None => (id.as_str(), None),
        };
        Some(InShape {
            shape,
            member: member.or(applied),
            rest,
        })
    }
}

/// A place relative to its shape.
pub(super) struct InShape<'p> {
    pub(super) shape: &'p str,
    pub(super) member: Option<&'p str>,
    /// The steps from the shape or its member.
    pub(super) rest: &'p [Step],
}
