//! Documentation and attributes.

use proc_macro2::TokenStream;
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
    let lines = lines.iter().map(|line| match line.as_ref() {
        "" => String::new(),
        line => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
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
