//! References between shapes, for the path from the service in diagnostics.
//!
//! The graph is built from the text, and only if there is something to report, so that models that
//! cannot be parsed have paths, too.

use std::collections::{HashMap, VecDeque};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::json::{Entries, Key};
use super::place::{InShape, Place, Step};

/// The shapes of a text, and how each is reached.
pub(super) struct Graph<'t> {
    shapes: HashMap<&'t str, &'t RawValue>,
    /// By shape: its predecessor on the shortest path from a service, and the label of the edge.
    reached: HashMap<&'t str, (Option<&'t str>, String)>,
}

/// A reference of one shape to another.
struct Edge<'t> {
    target: &'t str,
    /// The shown text: `input GetThingInput`, `name: Name`.
    label: String,
}

/// The source of something that a shape inherits.
pub(super) struct Origin {
    pub(super) place: Place,
    /// The mixins up to there, as a path shows them.
    pub(super) mixins: Vec<String>,
}

#[derive(Deserialize)]
struct Reference<'t> {
    target: &'t str,
}

#[derive(Deserialize)]
struct Type<'t> {
    r#type: &'t str,
}

impl<'t> Graph<'t> {
    /// Builds the graph of a model. It is empty for any other text.
    pub(super) fn of(text: &'t str) -> Self {
        let root = entries_of(text);
        let shapes = root.iter().rev().find(|(key, _)| key.as_str() == "shapes");
        let shapes = shapes.map(|(_, shapes)| entries_of(shapes.get()));
        let mut graph = Self {
            shapes: HashMap::new(),
            reached: HashMap::new(),
        };
        let mut open = VecDeque::new();
        for (key, shape) in shapes.into_iter().flatten() {
            // Ids contain nothing to escape.
            let Key::Borrowed(id) = key else { continue };
            graph.shapes.insert(id, shape);
            let parsed = serde_json::from_str::<Type<'_>>(shape.get());
            if parsed.is_ok_and(|shape| shape.r#type == "service") {
                graph.reached.insert(id, (None, name(id).to_owned()));
                open.push_back(id);
            }
        }
        while let Some(id) = open.pop_front() {
            for Edge { target, label } in graph.edges(id) {
                if graph.shapes.contains_key(target) && !graph.reached.contains_key(target) {
                    graph.reached.insert(target, (Some(id), label));
                    open.push_back(target);
                }
            }
        }
        graph
    }

    /// The shortest path from a service to a place: `Service > GetThing > input GetThingInput >
    /// name`. `mixins` are those from which a shape inherits the place.
    pub(super) fn path(&self, place: &Place, mixins: &[String]) -> Option<String> {
        let InShape {
            shape,
            member,
            rest,
        } = place.in_shape()?;
        let mut labels = Vec::new();
        let mut next = Some(shape);
        while let Some(shape) = next {
            let (from, label) = self.reached.get(shape)?;
            labels.push(label.as_str());
            next = *from;
        }
        labels.reverse();
        labels.extend(mixins.iter().map(String::as_str));
        labels.extend(member);
        if let (None, [Step::Key(key), ..]) = (member, rest)
            && !["traits", "type"].contains(&key.as_str())
        {
            labels.push(key);
        }
        Some(labels.join(" > "))
    }

    /// The origin of a place that a shape has from a mixin or an `apply` statement.
    pub(super) fn origin(&self, place: &Place) -> Option<Origin> {
        let InShape {
            shape,
            member,
            rest,
        } = place.in_shape()?;
        let r#trait = match rest {
            [Step::Key(traits), Step::Key(id), ..] if traits == "traits" => Some(id.as_str()),
            _ => None,
        };
        let mut open = VecDeque::from([(shape, Vec::new())]);
        let mut seen = vec![shape];
        while let Some((shape, mixins)) = open.pop_front() {
            let is_here = match (member, r#trait) {
                (member, Some(id)) => self.has_trait(shape, member, id),
                (Some(member), None) => self.member(shape, member).is_some(),
                (None, None) => false,
            };
            let entry = match (member, r#trait) {
                (Some(member), Some(id)) => {
                    let entry = format!("{shape}${member}");
                    self.has_trait(&entry, None, id).then_some(entry)
                }
                _ => None,
            };
            let shapes = Place::root().key("shapes");
            let holder = match (entry, member) {
                (Some(entry), _) => Some(shapes.key(entry)),
                (None, Some(member)) if is_here => Some(shapes.key(shape).member(member)),
                (None, None) if is_here => Some(shapes.key(shape)),
                (None, _) => None,
            };
            if let Some(holder) = holder {
                let place = holder.steps(rest);
                return Some(Origin { place, mixins });
            }
            for Edge { target, label } in self.edges(shape) {
                if label.starts_with(MIXIN) && !seen.contains(&target) {
                    seen.push(target);
                    open.push_back((target, [mixins.as_slice(), &[label]].concat()));
                }
            }
        }
        None
    }

    fn member(&self, shape: &str, name: &str) -> Option<&'t RawValue> {
        let shape = entries_of(self.shapes.get(shape)?.get());
        let members = value_of(&shape, "members").map(|members| entries_of(members.get()));
        value_of(&members.unwrap_or(shape), name)
    }

    fn has_trait(&self, shape: &str, member: Option<&str>, id: &str) -> bool {
        let holder = match member {
            Some(member) => self.member(shape, member),
            None => self.shapes.get(shape).copied(),
        };
        let holder = holder.map(|holder| entries_of(holder.get()));
        let traits = holder.and_then(|holder| value_of(&holder, "traits"));
        traits.is_some_and(|traits| value_of(&entries_of(traits.get()), id).is_some())
    }

    /// What a shape refers to, in the order of the text.
    fn edges(&self, shape: &str) -> Vec<Edge<'t>> {
        let mut edges = Vec::new();
        let Some(shape) = self.shapes.get(shape) else {
            return edges;
        };
        for (key, value) in entries_of(shape.get()) {
            let key = key.as_str();
            match key {
                "operations" | "collectionOperations" => edges.extend(listed("", value)),
                "resources" => edges.extend(listed("resource ", value)),
                "errors" => edges.extend(listed("error ", value)),
                "mixins" => edges.extend(listed(MIXIN, value)),
                "create" | "put" | "read" | "update" | "delete" | "list" => {
                    edges.extend(edge("", value));
                }
                "input" | "output" => edges.extend(edge(&format!("{key} "), value)),
                "member" | "key" | "value" => edges.extend(member(key, value)),
                "members" | "identifiers" | "properties" => {
                    for (name, value) in entries_of(value.get()) {
                        edges.extend(member(name.as_str(), value));
                    }
                }
                _ => {}
            }
        }
        edges
    }
}

/// The prefix of a mixin's name.
const MIXIN: &str = "mixin ";

fn edge<'t>(role: &str, reference: &'t RawValue) -> Option<Edge<'t>> {
    let Reference { target } = serde_json::from_str(reference.get()).ok()?;
    Some(Edge {
        target,
        label: format!("{role}{}", name(target)),
    })
}

/// A member, or something similar, with its type unless that has the same name.
fn member<'t>(name: &str, reference: &'t RawValue) -> Option<Edge<'t>> {
    let mut edge = edge("", reference)?;
    edge.label = if edge.label.eq_ignore_ascii_case(name) {
        name.to_owned()
    } else {
        format!("{name}: {}", edge.label)
    };
    Some(edge)
}

fn listed<'t>(role: &str, references: &'t RawValue) -> Vec<Edge<'t>> {
    let references: Vec<&RawValue> = serde_json::from_str(references.get()).unwrap_or_default();
    let edges = references.into_iter().filter_map(|value| edge(role, value));
    edges.collect()
}

fn entries_of(text: &str) -> Vec<(Key<'_>, &RawValue)> {
    serde_json::from_str(text).map_or_else(|_| Vec::new(), |Entries(entries)| entries)
}

fn value_of<'t>(entries: &[(Key<'t>, &'t RawValue)], name: &str) -> Option<&'t RawValue> {
    let mut entries = entries.iter();
    let (_, value) = entries.rfind(|(key, _)| key.as_str() == name)?;
    Some(value)
}

/// The name in a shape id.
fn name(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, name)| name)
}
