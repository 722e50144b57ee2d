//! Looks up places in a text, all of them at once.

use super::excerpt::{Excerpt, excerpts};
use super::graph::Graph;
use super::locate::locate;
use super::place::Place;
use super::{Source, Span};

/// What the text contains at a place.
pub(super) struct Seen {
    pub(super) file: Option<String>,
    pub(super) excerpt: Excerpt,
    /// The path from the service.
    pub(super) path: Option<String>,
}

/// Looks up places. For some, the span is already known.
///
/// What a shape inherits from a mixin or an `apply` statement is shown there.
pub(super) fn look_up(source: &Source, places: &[(&Place, Option<Span>)]) -> Vec<Seen> {
    let text = source.text();
    let graph = Graph::of(text);
    let (places, known): (Vec<&Place>, Vec<Option<Span>>) = places.iter().copied().unzip();
    let found = locate(text, &places);
    let origins: Vec<_> = places
        .iter()
        .zip(&found)
        .map(|(place, found)| (!found.is_whole).then(|| graph.origin(place))?)
        .collect();
    let elsewhere = origins.iter().flatten().map(|origin| &origin.place);
    let mut elsewhere = locate(text, &elsewhere.collect::<Vec<_>>()).into_iter();
    let mut spans = Vec::with_capacity(places.len());
    for ((found, known), origin) in found.iter().zip(known).zip(&origins) {
        let there = origin.as_ref().and_then(|_| elsewhere.next());
        spans.push(known.unwrap_or(there.unwrap_or(*found).span));
    }
    let excerpts = match &source.origins {
        Some(origins) => {
            let spans: Vec<Span> = spans.into_iter().map(|span| origins.of(span)).collect();
            origins.files.excerpts(&spans)
        }
        None => {
            let excerpts = excerpts(text, &spans).into_iter();
            let file = |excerpt| (source.name().to_owned(), excerpt);
            excerpts.map(file).collect()
        }
    };
    excerpts
        .into_iter()
        .zip(places.iter().zip(&origins))
        .map(|((file, excerpt), (place, origin))| {
            let mixins = origin.as_ref().map_or(&[][..], |origin| &origin.mixins);
            Seen {
                file: Some(file),
                excerpt,
                path: graph.path(place, mixins),
            }
        })
        .collect()
}
