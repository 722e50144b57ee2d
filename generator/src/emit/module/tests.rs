use std::fs;

use quote::quote;
use syn::parse_quote;
use walkdir::WalkDir;

use super::*;

/// The module of the tests.
fn root() -> Root {
    Root::new("crate::a::r#b")
}

#[test]
fn paths_begin_at_the_module() {
    for (tokens, expected) in [
        (
            quote!(
                use crate::types::{A, B};
            ),
            quote!(
                use crate::a::r#b::types::{A, B};
            ),
        ),
        (
            quote!(pub(crate) fn f(it: &crate::A) -> [crate::B; 1]),
            quote!(pub(crate) fn f(it: &crate::a::r#b::A) -> [crate::a::r#b::B; 1]),
        ),
        (quote!($crate::A), quote!($crate::a::r#b::A)),
        (
            quote!(my_crate::A + crate_::A),
            quote!(my_crate::A + crate_::A),
        ),
    ] {
        let moved = root().of_tokens(tokens);
        assert_eq!(moved.to_string(), expected.to_string());
    }
}

#[test]
fn strings_stay_what_they_are() {
    let tokens = quote!(f("crate::A", b"crate::B", ["crate::C"], [doc, "crate::D"]));
    assert_eq!(
        root().of_tokens(tokens.clone()).to_string(),
        tokens.to_string()
    );
}

#[test]
fn links_of_documentation_begin_at_the_module() {
    let tokens = quote! {
        /// [`A`](crate::A) crate:: "my_crate::A"
        #[doc = r#" [`B`](crate::B) "crate::B" "#]
        #[doc = " \"[`C`](crate::C)\""]
        struct A;
    };
    let expected = quote! {
        /// [`A`](crate::a::r#b::A) crate::a::r#b:: "my_crate::A"
        #[doc = r##" [`B`](crate::a::r#b::B) "crate::a::r#b::B" "##]
        #[doc = " \"[`C`](crate::a::r#b::C)\""]
        struct A;
    };
    let lines = |tokens: TokenStream| {
        let item: syn::ItemStruct = syn::parse2(tokens).expect("this is a structure");
        let lines = item.attrs.into_iter().map(|it| match it.meta {
            syn::Meta::NameValue(syn::MetaNameValue { value, .. }) => {
                let line: syn::LitStr = parse_quote!(#value);
                line.value()
            }
            _ => panic!("this is no documentation"),
        });
        lines.collect::<Vec<_>>()
    };
    assert_eq!(lines(root().of_tokens(tokens)), lines(expected));
}

/// Paths in templates are moved everywhere, so none may be in a string that is sent.
#[test]
fn strings_of_templates_have_no_paths() {
    fn check(path: &str, tokens: TokenStream) {
        let mut is_attribute = false;
        for token in tokens {
            match &token {
                TokenTree::Literal(it) => {
                    assert!(!it.to_string().contains("crate::"), "{path}: {it}");
                }
                TokenTree::Group(group) if !is_attribute => check(path, group.stream()),
                _ => {}
            }
            is_attribute = match &token {
                TokenTree::Punct(sign) if sign.as_char() == '!' => is_attribute,
                TokenTree::Punct(sign) => sign.as_char() == '#',
                _ => false,
            };
        }
    }
    let folder = WalkDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../templates"));
    for entry in folder {
        let path = entry.expect("it can be read").into_path();
        if path.extension().is_some_and(|it| it == "rs") {
            let text = fs::read_to_string(&path).expect("it is a text");
            let tokens = text.parse().expect("it is Rust");
            check(&path.display().to_string(), tokens);
        }
    }
}

#[test]
fn all_paths_of_a_client_begin_at_the_module() {
    let source = crate::Source::read("../models/ivs.json").expect("it can be read");
    let config = crate::ServiceConfig::module("crate::a::r#b");
    let rendered = crate::generate(&source, &config, &crate::Partitions::aws());
    let rendered = rendered.unwrap_or_else(|problems| panic!("{problems}"));
    for file in &rendered.files {
        for line in file.text.lines() {
            let (all, moved) = (line.matches("crate::"), line.matches("crate::a::r#b::"));
            assert_eq!(all.count(), moved.count(), "{}: {line}", file.path);
        }
    }
}
