//! Checks pagination.

use serde_json::Value;

use super::{a, has_gap, input, is_integer, is_string, members_of, output};
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::resolve::{Kind, Member, Model, Operation, Shape};
use crate::smithy::suggest::did_you_mean;
use crate::smithy::traits::Paginated;

const PAGINATED: &str = "smithy.api#paginated";

/// Fills in an operation's pagination with the service's defaults.
pub(crate) fn merge_defaults(model: &mut Model) {
    let Some(Value::Object(defaults)) = model.service.traits.get(PAGINATED).cloned() else {
        return;
    };
    for operation in &mut model.operations {
        if let Some(Value::Object(own)) = operation.traits.get(PAGINATED) {
            let mut merged = defaults.clone();
            merged.extend(own.clone());
            operation.traits.set(PAGINATED, Value::Object(merged));
        }
    }
}

/// Checks that the members that pagination names exist and have the right types; see
/// <https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait>.
pub(super) fn check(model: &Model, diagnostics: &mut Diagnostics) {
    for operation in &model.operations {
        if let Some(paginated) = operation.traits.paginated() {
            let mut checking = Checking {
                model,
                operation,
                diagnostics,
            };
            checking.paginated(&paginated);
        }
    }
}

struct Checking<'c> {
    model: &'c Model,
    operation: &'c Operation,
    diagnostics: &'c mut Diagnostics,
}

/// The requirements for the member that a property names.
struct Wanted {
    property: &'static str,
    root: Root,
    types: &'static str,
    fits: fn(&Kind) -> bool,
    /// With a required token, pagination would never end.
    optional: bool,
}

/// Where a member is: a name in the input, or a path in the output.
enum Root {
    Input,
    Output,
}

const INPUT_TOKEN: Wanted = Wanted {
    property: "inputToken",
    root: Root::Input,
    types: "a string or a map",
    fits: is_token,
    optional: true,
};

const OUTPUT_TOKEN: Wanted = Wanted {
    property: "outputToken",
    root: Root::Output,
    ..INPUT_TOKEN
};

const PAGE_SIZE: Wanted = Wanted {
    property: "pageSize",
    root: Root::Input,
    types: "a whole number",
    fits: is_integer,
    optional: false,
};

const ITEMS: Wanted = Wanted {
    property: "items",
    root: Root::Output,
    types: "a list or a map",
    fits: |kind| matches!(kind, Kind::List(_) | Kind::Map { .. }),
    optional: false,
};

fn is_token(kind: &Kind) -> bool {
    is_string(kind) || matches!(kind, Kind::Map { .. })
}

impl Checking<'_> {
    fn paginated(&mut self, paginated: &Paginated) {
        let Paginated {
            input_token,
            output_token,
            items,
            page_size,
        } = paginated;
        let (input, output) = (
            input(self.model, self.operation),
            output(self.model, self.operation),
        );
        self.required(&INPUT_TOKEN, input_token.as_deref(), input);
        self.required(&OUTPUT_TOKEN, output_token.as_deref(), output);
        if let Some(path) = items {
            self.path(&ITEMS, path, output);
        }
        if let Some(path) = page_size {
            self.path(&PAGE_SIZE, path, input);
        }
    }

    fn required(&mut self, wanted: &Wanted, path: Option<&str>, shape: Option<&Shape>) {
        match path {
            Some(path) => self.path(wanted, path, shape),
            None => self.diagnostics.error(
                Place::shape(&self.operation.id).r#trait(PAGINATED),
                format!("the pagination has no `{}`", wanted.property),
                "name the member, here or in the trait of the service",
            ),
        }
    }

    /// Follows a path from a structure, and checks the member at its end.
    fn path(&mut self, wanted: &Wanted, path: &str, shape: Option<&Shape>) {
        let names: Vec<&str> = match wanted.root {
            Root::Input => vec![path],
            Root::Output => path.split('.').collect(),
        };
        let mut holder = shape;
        let mut end = None;
        for name in names {
            let members = members_of(holder);
            let Some(member) = members.iter().find(|member| member.name == name) else {
                if has_gap(self.model, self.operation, holder) {
                    return;
                }
                let known: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
                self.error(
                    wanted,
                    format!("is `{path}`, and {}", no_member(name, holder, &wanted.root)),
                    did_you_mean(name, known.iter().copied()).unwrap_or_else(|| there_are(&known)),
                );
                return;
            };
            let Some(target) = self.model.shapes.get(&member.target) else {
                return;
            };
            holder = Some(target);
            end = Some((member, &target.kind));
        }
        if let Some((member, kind)) = end {
            self.end(wanted, path, member, kind);
        }
    }

    fn end(&mut self, wanted: &Wanted, path: &str, member: &Member, kind: &Kind) {
        if !(wanted.fits)(kind) {
            self.error(
                wanted,
                format!("is `{path}`, which is {}", a(kind)),
                format!("it must be {}", wanted.types),
            );
        } else if wanted.optional && member.traits.required() {
            self.error(
                wanted,
                format!("is `{path}`, which is required"),
                "the first or last page has no token: make the member optional".to_owned(),
            );
        }
    }

    fn error(&mut self, wanted: &Wanted, problem: String, remedy: String) {
        let place = Place::shape(&self.operation.id).r#trait(PAGINATED);
        self.diagnostics.error(
            place.key(wanted.property),
            format!("`{}` {problem}", wanted.property),
            remedy,
        );
    }
}

fn no_member(name: &str, holder: Option<&Shape>, root: &Root) -> String {
    match holder {
        Some(holder) if matches!(holder.kind, Kind::Structure(_)) => {
            format!("`{}` has no member `{name}`", holder.name)
        }
        Some(holder) => format!(
            "`{}` is {}, whose elements have no names",
            holder.name,
            a(&holder.kind)
        ),
        None => match root {
            Root::Input => "the operation has no input".to_owned(),
            Root::Output => "the operation has no output".to_owned(),
        },
    }
}

fn there_are(members: &[&str]) -> String {
    match members {
        [] => "remove what follows: a path ends at a member".to_owned(),
        [member] => format!("the only member there is `{member}`"),
        members => format!("the members there are `{}`", members.join("`, `")),
    }
}
