//! The span of a call, for subscribers of `tracing`.
//!
//! The macro that makes spans would double the code of each operation. So it is written here once.

use tracing::callsite::{DefaultCallsite, Identifier};
use tracing::field::{Field, FieldSet, Value};
use tracing::level_filters::{LevelFilter, STATIC_MAX_LEVEL};
use tracing::metadata::Kind;
use tracing::{Level, Metadata, Span, dispatcher};

use crate::meta;

/// The names of a span's fields.
const FIELDS: [&str; 4] = [
    "rpc.service",
    "rpc.method",
    "sdk_invocation_id",
    "rpc.system",
];

/// The value of `rpc.system`.
//~ if aws
const SYSTEM: &str = "aws-api";
//~ end
//~ if not aws
const SYSTEM: &str = "smithy";
//~ end

/// Describes the spans of an operation, and knows whether a subscriber wants them.
pub(crate) struct CallSpan {
    metadata: Metadata<'static>,
    callsite: DefaultCallsite,
}

impl CallSpan {
    /// Returns the value of the static `place`. The metadata points into it.
    pub(super) const fn new(
        place: &'static Self,
        name: &'static str,
        module: &'static str,
    ) -> Self {
        let fields = FieldSet::new(&FIELDS, Identifier(&place.callsite));
        let (level, kind) = (Level::DEBUG, Kind::SPAN);
        Self {
            metadata: Metadata::new(name, module, level, None, None, Some(module), fields, kind),
            callsite: DefaultCallsite::new(&place.metadata),
        }
    }

    /// Makes the span of a call of the operation with this name.
    pub(super) fn of_call(&'static self, operation: &str) -> Span {
        if !self.is_wanted() {
            return Span::none();
        }
        let fields = self.metadata.fields();
        let [service, method, invocation, system] =
            FIELDS.map(|name| fields.field(name).expect("the span has this field"));
        let id = fastrand::u32(1_000_000..10_000_000);
        let values: [(&Field, Option<&dyn Value>); FIELDS.len()] = [
            (&service, Some(&meta::SDK_ID)),
            (&method, Some(&operation)),
            (&invocation, Some(&id)),
            (&system, Some(&SYSTEM)),
        ];
        Span::new(&self.metadata, &fields.value_set(&values))
    }

    fn is_wanted(&'static self) -> bool {
        if STATIC_MAX_LEVEL < Level::DEBUG || LevelFilter::current() < Level::DEBUG {
            return false;
        }
        let interest = self.callsite.interest();
        let is_enabled = || dispatcher::get_default(|it| it.enabled(&self.metadata));
        interest.is_always() || !interest.is_never() && is_enabled()
    }
}
