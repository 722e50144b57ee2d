//! Compares two clients as their users see them.
//!
//! Models are not compared as text but after lowering, so that a change without effect in Rust,
//! such as a new name of a list shape, is not reported. What is not in generated code, such as
//! constraints, is compared in the resolved models.

mod behaviour;
mod bump;
mod change;
mod constraints;
mod docs;
mod endpoints;
mod form;
mod handling;
mod kind;
mod members;
mod operations;
mod origins;
mod paginators;
mod pairs;
mod service;
mod side;
mod spell;
mod structures;
mod variants;
mod waiters;
mod wire;

pub use self::bump::Bump;
pub use self::change::Change;
use self::change::Changes;
pub use self::kind::{Kind, Severity};
pub use self::origins::Origins;
pub use self::side::Side;
use self::spell::NewNames;

/// All differences between two clients, by severity, kind and path.
pub fn compare(old: &Side, new: &Side) -> Vec<Change> {
    let mut changes = Changes::default();
    let types = structures::Types::of(old, new);
    let sides = Sides {
        old,
        new,
        names: types.new_names(),
    };
    service::compare(&sides, &mut changes);
    endpoints::compare(&sides, &mut changes);
    operations::compare(&sides, &mut changes);
    types.compare(&sides, &mut changes);
    constraints::compare_numbers(&sides, &mut changes);
    changes.into_sorted()
}

/// What every part of the comparison looks at.
struct Sides<'a> {
    old: &'a Side,
    new: &'a Side,
    /// Types that were only renamed. What refers to them has not changed.
    names: NewNames,
}

impl Sides<'_> {
    /// Whether both clients speak the same protocol. If not, everything is serialized differently.
    fn have_one_protocol(&self) -> bool {
        let [old, new] = [self.old, self.new].map(|side| side.client.service.protocol.protocol.id);
        old == new
    }
}
