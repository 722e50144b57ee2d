//! Reads `partitions.json`: groups of regions and their attributes.
//!
//! See [aws.partition](https://smithy.io/2.0/aws/rules-engine/library-functions.html#aws-partition-function).

mod pattern;

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::diagnostics::{Diagnostics, Place, Source};
use crate::ir::endpoints::{Literal, PartitionAttribute, PartitionOutput, PartitionTable, Pattern};
use crate::names::ConstName;
use crate::smithy::traits::describe;

/// The partition of regions that are neither listed nor match a pattern.
const FALLBACK: &str = "aws";

/// The attributes of a partition: their names, types, and names in generated code.
const ATTRIBUTES: [(&str, Kind, PartitionAttribute); 6] = [
    ("name", Kind::Text, PartitionAttribute::Name),
    ("dnsSuffix", Kind::Text, PartitionAttribute::DnsSuffix),
    (
        "dualStackDnsSuffix",
        Kind::Text,
        PartitionAttribute::DualStackDnsSuffix,
    ),
    ("supportsFIPS", Kind::Flag, PartitionAttribute::SupportsFips),
    (
        "supportsDualStack",
        Kind::Flag,
        PartitionAttribute::SupportsDualStack,
    ),
    (
        "implicitGlobalRegion",
        Kind::Text,
        PartitionAttribute::ImplicitGlobalRegion,
    ),
];

/// The partitions, in the order in which they are tried.
#[derive(Clone, Debug, Default)]
pub struct Partitions(Vec<Partition>);

#[derive(Clone, Debug)]
struct Partition {
    id: String,
    outputs: Outputs,
    pattern: Pattern,
    regions: Vec<Region>,
}

#[derive(Clone, Debug)]
struct Region {
    id: String,
    /// The outputs of the partition, which regions can override.
    outputs: Outputs,
}

/// Values in the order of [`ATTRIBUTES`].
type Outputs = Vec<Literal>;

#[derive(Clone, Copy, Debug)]
enum Kind {
    Text,
    Flag,
}

impl Kind {
    fn wanted(self) -> &'static str {
        match self {
            Kind::Text => "a string",
            Kind::Flag => "`true` or `false`",
        }
    }
}

/// The file that AWS publishes, included at build time.
const AWS: &str = include_str!("../../../../models/partitions.json");

/// Reads AWS's partitions, which endpoint rules refer to.
///
/// # Errors
///
/// Fails if the file is not JSON, or does not have the form of AWS's `partitions.json`.
pub fn partitions(source: &Source) -> Result<Partitions, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let read = match serde_json::from_str(source.text()) {
        Ok(json) => Partitions::parse(&json, &Place::root(), &mut diagnostics),
        Err(error) => {
            let place = Place::root();
            let remedy = "use the file that AWS publishes";
            diagnostics.not_json(
                place,
                "the file of partitions",
                &error,
                source.text(),
                remedy,
            );
            None
        }
    };
    match read {
        Some(partitions) if diagnostics.is_empty() => Ok(partitions),
        _ => Err(diagnostics.in_source(source)),
    }
}

impl Partitions {
    /// The partitions of AWS, as they were when the generator was built.
    /// [`partitions`](crate::partitions) reads newer ones.
    pub fn aws() -> Self {
        let source = Source::new("partitions.json", AWS);
        partitions(&source).unwrap_or_else(|problems| panic!("{problems}"))
    }

    /// Reads `json`, the content of the file at `place`.
    ///
    /// Returns `None` and records the problems if anything is wrong with it.
    pub(crate) fn parse(json: &Json, place: &Place, diagnostics: &mut Diagnostics) -> Option<Self> {
        let place = place.clone().key("partitions");
        let Some(partitions) = json.get("partitions").and_then(Json::as_array) else {
            diagnostics.error(
                place,
                "the file holds no list of partitions",
                "use a `partitions.json` of the version 1.1",
            );
            return None;
        };
        let parsed: Vec<_> = partitions
            .iter()
            .enumerate()
            .map(|(index, json)| partition(json, &place.clone().index(index), diagnostics))
            .collect();
        parsed.into_iter().collect::<Option<_>>().map(Self)
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether every region belongs to a partition.
    pub(super) fn is_total(&self) -> bool {
        self.0.iter().any(|partition| partition.id == FALLBACK)
    }

    /// The table that a crate needs.
    pub(super) fn table(&self, attributes: &BTreeSet<PartitionAttribute>) -> PartitionTable {
        let mut table = PartitionTable {
            attributes: attributes.clone(),
            outputs: Vec::new(),
            regions: Vec::new(),
            patterns: Vec::new(),
            fallback: self.0.iter().position(|partition| partition.id == FALLBACK),
        };
        for (index, partition) in self.0.iter().enumerate() {
            table.outputs.push(output(
                &partition.id,
                format!("The partition `{}`.", partition.id),
                &partition.outputs,
                attributes,
            ));
            table.patterns.push((partition.pattern.clone(), index));
        }
        for (index, partition) in self.0.iter().enumerate() {
            list_regions(&mut table, partition, index);
        }
        table
    }
}

/// Adds the regions of `partition` for which patterns and fallback give the wrong output.
fn list_regions(table: &mut PartitionTable, partition: &Partition, index: usize) {
    let mut listed = Vec::new();
    for region in &partition.regions {
        if region.outputs != partition.outputs {
            table.outputs.push(output(
                &format!("{}-{}", partition.id, region.id),
                format!(
                    "The region `{}`, which differs from the rest of `{}`.",
                    region.id, partition.id
                ),
                &region.outputs,
                &table.attributes,
            ));
            table
                .regions
                .push((vec![region.id.clone()], table.outputs.len() - 1));
        } else if unlisted(table, &region.id) != Some(index) {
            listed.push(region.id.clone());
        }
    }
    if !listed.is_empty() {
        table.regions.push((listed, index));
    }
}

/// The output that the table gives for a region which is not listed.
fn unlisted(table: &PartitionTable, region: &str) -> Option<usize> {
    let described = table
        .patterns
        .iter()
        .find(|(pattern, _)| pattern::matches(pattern, region));
    described.map(|(_, output)| *output).or(table.fallback)
}

fn output(
    id: &str,
    docs: String,
    outputs: &Outputs,
    attributes: &BTreeSet<PartitionAttribute>,
) -> PartitionOutput {
    let values = ATTRIBUTES
        .iter()
        .zip(outputs)
        .filter(|((_, _, attribute), _)| attributes.contains(attribute))
        .map(|((_, _, attribute), value)| (*attribute, value.clone()))
        .collect();
    PartitionOutput {
        name: ConstName::new(id),
        docs,
        values,
    }
}

fn partition(json: &Json, place: &Place, diagnostics: &mut Diagnostics) -> Option<Partition> {
    let id = text(json, "id", "aws", place, diagnostics);
    let listed = json.get("outputs");
    if listed.is_none() {
        diagnostics.error(
            place.clone(),
            "the partition has no `outputs`",
            "use the file that AWS publishes",
        );
    }
    let outputs =
        listed.and_then(|json| outputs(json, None, &place.clone().key("outputs"), diagnostics));
    let regex = text(json, "regionRegex", "^us-\\w+-\\d+$", place, diagnostics);
    let pattern = regex.and_then(pattern::parse);
    if let (Some(regex), None) = (regex, &pattern) {
        diagnostics.error(
            place.clone().key("regionRegex"),
            format!("`{regex}` is not a regular expression that can be compiled into matching code"),
            "write segments joined by hyphens, each of which is a text, a choice such as `(us|eu)`, \
             `\\w+` or `\\d+`, between `^` and `$`",
        );
    }
    let (id, outputs, pattern) = (id?, outputs?, pattern?);
    let listed = json.get("regions").and_then(Json::as_object);
    let regions: Option<Vec<_>> = listed
        .into_iter()
        .flatten()
        .map(|(id, json)| {
            let place = place.clone().key("regions").key(id);
            Some(Region {
                id: id.clone(),
                outputs: self::outputs(json, Some(&outputs), &place, diagnostics)?,
            })
        })
        .collect();
    Some(Partition {
        id: id.to_owned(),
        regions: regions?,
        outputs,
        pattern,
    })
}

/// A string property; `example` shows the form.
fn text<'a>(
    json: &'a Json,
    name: &str,
    example: &str,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<&'a str> {
    match json.get(name) {
        Some(Json::String(text)) => return Some(text),
        Some(other) => diagnostics.error(
            place.clone().key(name),
            format!("`{name}` is {} and must be a string", describe(other)),
            format!("write a string, such as `\"{example}\"`"),
        ),
        None => diagnostics.error(
            place.clone(),
            format!("the partition has no `{name}`"),
            format!("add it, as in `\"{name}\": \"{example}\"`"),
        ),
    }
    None
}

/// The outputs in `json`, with those of `base` as defaults.
fn outputs(
    json: &Json,
    base: Option<&Outputs>,
    place: &Place,
    diagnostics: &mut Diagnostics,
) -> Option<Outputs> {
    let mut outputs = Vec::new();
    let mut missing = Vec::new();
    for (index, (name, kind, _)) in ATTRIBUTES.iter().enumerate() {
        match (json.get(name), kind) {
            (Some(Json::String(text)), Kind::Text) => outputs.push(Literal::String(text.clone())),
            (Some(Json::Bool(flag)), Kind::Flag) => outputs.push(Literal::Boolean(*flag)),
            (None, _) => match base {
                Some(base) => outputs.push(base[index].clone()),
                None => missing.push(format!("`{name}`")),
            },
            (Some(other), _) => {
                let wanted = kind.wanted();
                diagnostics.error(
                    place.clone().key(*name),
                    format!("`{name}` is {} and must be {wanted}", describe(other)),
                    format!("write {wanted}"),
                );
            }
        }
    }
    if !missing.is_empty() {
        diagnostics.error(
            place.clone(),
            format!("the outputs lack {}", missing.join(", ")),
            "add them, or use the file that AWS publishes",
        );
    }
    (outputs.len() == ATTRIBUTES.len()).then_some(outputs)
}
