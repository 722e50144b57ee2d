//! Documentation and attributes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::harmless;
use crate::ir::{Deprecation, Docs};
use crate::names::FeatureName;

/// The `#[cfg]` of an operation; none if users cannot choose. An operation is compiled if no
/// operations are selected, or if it is one of them.
pub(crate) fn gate(operation: Option<&FeatureName>) -> TokenStream {
    operation.map_or(TokenStream::new(), |operation| {
        let condition = condition(operation.as_str());
        quote!(#[cfg(#condition)])
    })
}

/// The condition that all operations are compiled.
pub(crate) fn all_operations() -> TokenStream {
    condition(FeatureName::ALL)
}

fn condition(feature: &str) -> TokenStream {
    let selected = FeatureName::SELECTED;
    quote!(any(not(feature = #selected), feature = #feature))
}

/// Documentation as `///` comments.
pub(crate) fn docs(docs: &Docs) -> TokenStream {
    lines(docs.lines())
}

/// One line of documentation.
pub(crate) fn doc(line: impl AsRef<str>) -> TokenStream {
    lines(&[line.as_ref()])
}

/// Lines of documentation, without wrapping; an empty line separates paragraphs.
pub(crate) fn lines<T: AsRef<str>>(lines: &[T]) -> TokenStream {
    let lines = lines
        .iter()
        .map(|line| raw_string(&harmless::line(line.as_ref())));
    quote!(#(#[doc = #lines])*)
}

/// A line as a raw string: escaping documentation and parsing it again would take a tenth of the
/// time of generating a client. Lines that a raw string cannot contain are rare.
fn raw_string(line: &str) -> Literal {
    let text = match line {
        "" => String::new(),
        line => format!(" {line}"),
    };
    let raw = format!("r#\"{text}\"#").parse();
    raw.unwrap_or_else(|_| Literal::string(&text))
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

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    /// The content of a line after parsing.
    fn read_again(line: &str) -> String {
        let docs = doc(line);
        let item: syn::ItemStruct = parse_quote!(#docs struct A;);
        let syn::Meta::NameValue(value) = &item.attrs[0].meta else {
            panic!("`{line}` is not documentation");
        };
        let text: syn::LitStr = match &value.value {
            syn::Expr::Lit(literal) => parse_quote!(#literal),
            _ => panic!("`{line}` is not a literal"),
        };
        text.value()
    }

    #[test]
    fn lines_stay_what_they_are() {
        assert_eq!(read_again(""), "");
        for line in [
            "plain",
            "\"quoted\" and \\ escaped",
            "ends a raw string: \"# and goes on",
            "\"#",
            "two \"# of \"# them",
        ] {
            assert_eq!(read_again(line), format!(" {line}"));
        }
        assert_eq!(read_again("a\nb\tc\rd\u{202e}"), " a b c d");
    }
}
