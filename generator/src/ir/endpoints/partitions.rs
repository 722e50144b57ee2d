//! Partitions of regions.

use std::collections::BTreeSet;

use super::{Literal, PartitionAttribute};
use crate::names::ConstName;

/// The partitions for the rules of one service.
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionTable {
    /// The attributes that the rules read; no others are generated.
    pub attributes: BTreeSet<PartitionAttribute>,
    /// The possible results for a region.
    pub outputs: Vec<PartitionOutput>,
    /// Regions that must be listed, and the index of their output.
    pub regions: Vec<(Vec<String>, usize)>,
    /// Patterns for regions that are not listed, and the index of their output.
    pub patterns: Vec<(Pattern, usize)>,
    /// The index of the output for all other regions, if there is one.
    pub fallback: Option<usize>,
}

/// One partition, or one region that differs from its partition.
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionOutput {
    /// The name of its static.
    pub name: ConstName,
    /// A description in one line.
    pub docs: String,
    /// The values, in the order of [`PartitionTable::attributes`].
    pub values: Vec<(PartitionAttribute, Literal)>,
}

/// The part of a regular expression that partitions use: segments joined by hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(pub Vec<Segment>);

/// What one segment of a region must match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// One of these texts.
    OneOf(Vec<String>),
    /// `\w+`
    Word,
    /// `\d+`
    Digits,
}
