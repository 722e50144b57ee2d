//! Documentation and attributes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{Deprecation, Docs};
use crate::lower::names::FeatureName;

/// `#[cfg(feature = "…")]`, for what belongs to a cargo feature.
pub(crate) fn gate(feature: Option<&FeatureName>) -> Option<TokenStream> {
    let feature = feature?.as_str();
    Some(quote!(#[cfg(feature = #feature)]))
}

/// Documentation as `///` comments.
pub(crate) fn docs(docs: &Docs) -> TokenStream {
    lines(docs.lines())
}

/// One line of documentation.
pub(crate) fn doc(line: impl AsRef<str>) -> TokenStream {
    lines(&[line.as_ref()])
}

/// Lines of documentation; an empty one separates paragraphs.
pub(crate) fn lines<T: AsRef<str>>(lines: &[T]) -> TokenStream {
    let lines = lines.iter().map(|line| raw_string(line.as_ref()));
    quote!(#(#[doc = #lines])*)
}

/// A line as a literal that nobody has to escape and read again, which for documentation is an eighth
/// of the time that a client takes. What a raw string cannot hold is rare.
fn raw_string(line: &str) -> Literal {
    let space = if line.is_empty() { "" } else { " " };
    format!("r#\"{space}{line}\"#")
        .parse()
        .unwrap_or_else(|_| Literal::string(&format!("{space}{line}")))
}

/// `#[deprecated]`, if the model says so.
pub(crate) fn deprecated(deprecation: Option<&Deprecation>) -> TokenStream {
    let Some(Deprecation { since, note }) = deprecation else {
        return TokenStream::new();
    };
    match (since, note) {
        (None, None) => quote!(#[deprecated]),
        (since, note) => {
            let since = since.iter().map(|since| quote!(since = #since));
            let note = note.iter().map(|note| quote!(note = #note));
            let arguments = since.chain(note);
            quote!(#[deprecated(#(#arguments),*)])
        }
    }
}
