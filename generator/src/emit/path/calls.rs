//! JMESPath functions.

use proc_macro2::TokenStream;
use quote::quote;

use super::Emitter;
use crate::ir::{PathExpr, PathFunction, PathLiteral, PathNode, PathType};

impl Emitter<'_> {
    pub(super) fn call(&self, function: &PathFunction, arguments: &[PathExpr]) -> TokenStream {
        let first = &arguments[0];
        let method = |method: TokenStream| {
            let value = self.receiver(first);
            quote!(#value #method)
        };
        let of_text = |method: TokenStream| {
            let (text, sought) = (self.receiver(first), self.required_text(&arguments[1]));
            quote!(#text.#method(#sought))
        };
        let string = self.scope.std("String");
        match function {
            PathFunction::Abs => method(quote!(.abs())),
            PathFunction::Ceil => method(quote!(.ceil())),
            PathFunction::Floor => method(quote!(.floor())),
            PathFunction::ToText => method(quote!(.to_string())),
            PathFunction::ReverseText => method(quote!(.chars().rev().collect::<#string>())),
            PathFunction::ToNumber => {
                method(quote!(.parse::<f64>().ok().filter(|it| it.is_finite())))
            }
            PathFunction::ContainsText => of_text(quote!(contains)),
            PathFunction::StartsWith => of_text(quote!(starts_with)),
            PathFunction::EndsWith => of_text(quote!(ends_with)),
            PathFunction::Contains => self.contains(first, &arguments[1]),
            PathFunction::Join => {
                let (glue, list) = (self.required_text(first), self.vector(&arguments[1]));
                quote!(#list.join(#glue))
            }
            PathFunction::Length => self.length(first),
            PathFunction::NotNull => self.not_null(arguments),
            PathFunction::Type(name) if first.nullable => {
                let value = self.value(first);
                quote!(if #value.is_some() { #name } else { "null" })
            }
            PathFunction::Type(name) => quote!(#name),
            _ => self.of_list(function, first),
        }
    }

    /// Functions of a list.
    fn of_list(&self, function: &PathFunction, list: &PathExpr) -> TokenStream {
        let chain = self.iterator(list);
        let item = item(list);
        let is_float = item == Some(&PathType::Float);
        let vec = self.scope.std("Vec");
        match function {
            PathFunction::Average => {
                let float = (!is_float).then(|| quote!(.map(|it| it as f64)));
                quote!({
                    let list = #chain #float.collect::<#vec<_>>();
                    (!list.is_empty()).then(|| list.iter().sum::<f64>() / list.len() as f64)
                })
            }
            PathFunction::Max if is_float => quote!(#chain.reduce(f64::max)),
            PathFunction::Max => quote!(#chain.max()),
            PathFunction::Min if is_float => quote!(#chain.reduce(f64::min)),
            PathFunction::Min => quote!(#chain.min()),
            PathFunction::Sum if is_float => quote!(#chain.sum::<f64>()),
            PathFunction::Sum => quote!(#chain.sum::<i64>()),
            PathFunction::Reverse => {
                let list = self.vector(list);
                quote!(#list.into_iter().rev().collect::<#vec<_>>())
            }
            PathFunction::Sort => {
                let sort = match is_float {
                    true => quote!(sort_by(f64::total_cmp)),
                    false => quote!(sort()),
                };
                let list = self.vector(list);
                quote!({ let mut list = #list; list.#sort; list })
            }
            PathFunction::MaxBy(key) => self.extreme(&chain, key, "max"),
            PathFunction::MinBy(key) => self.extreme(&chain, key, "min"),
            PathFunction::SortBy(key) => {
                let keyed = self.keyed(&chain, key);
                let sort = match key.ty {
                    PathType::Float => {
                        quote!(sort_by(|one: &(f64, _), other| one.0.total_cmp(&other.0)))
                    }
                    PathType::String => quote!(sort_by_key(|(key, _)| key.clone())),
                    _ => quote!(sort_by_key(|(key, _)| *key)),
                };
                quote!({
                    let mut list = #keyed.collect::<#vec<_>>();
                    list.#sort;
                    list.into_iter().map(|(_, it)| it).collect::<#vec<_>>()
                })
            }
            other => unreachable!("{other:?} is no function of a list"),
        }
    }

    /// The elements of a list, each with its key.
    fn keyed(&self, chain: &TokenStream, key: &PathExpr) -> TokenStream {
        let found = self.required(key);
        if !key.nullable && !key.fallible {
            return quote!(#chain.map(|it| (#found, it)));
        }
        let (some, option, vec) = (
            self.scope.std("Some"),
            self.scope.std("Option"),
            self.scope.std("Vec"),
        );
        quote!(#chain.map(|it| #some((#found, it))).collect::<#option<#vec<_>>>()?.into_iter())
    }

    fn extreme(&self, chain: &TokenStream, key: &PathExpr, which: &str) -> TokenStream {
        let keyed = self.keyed(chain, key);
        // The first of several equal elements wins.
        let is_better = match which {
            "max" => quote!(next.0 > best.0),
            _ => quote!(next.0 < best.0),
        };
        let better = quote!(|best, next| if #is_better { next } else { best });
        quote!(#keyed.reduce(#better).map(|(_, it)| it))
    }

    fn length(&self, value: &PathExpr) -> TokenStream {
        if let Some(source) = self.untouched(value) {
            let source = self.receiver(source);
            return quote!(#source.len() as i64);
        }
        match (&value.ty, &value.node) {
            (_, PathNode::Iterate { .. }) => {
                let chain = self.iterator(value);
                quote!(#chain.count() as i64)
            }
            (PathType::Text | PathType::String, _) => {
                let text = self.receiver(value);
                quote!(#text.chars().count() as i64)
            }
            _ => {
                let value = self.receiver(value);
                quote!(#value.len() as i64)
            }
        }
    }

    fn contains(&self, list: &PathExpr, sought: &PathExpr) -> TokenStream {
        let chain = self.iterator(list);
        let PathType::List(item) = &list.ty else {
            unreachable!("a list is iterated over");
        };
        let some = self.scope.std("Some");
        let is_literal = matches!(sought.node, PathNode::Literal(_));
        let mut value = match is_literal {
            true => self.value(sought),
            false => quote!(sought),
        };
        if let (PathNode::Literal(PathLiteral::Boolean(value)), false) =
            (&sought.node, item.nullable)
        {
            let is = if *value { quote!(item) } else { quote!(!item) };
            return quote!(#chain.any(|item| #is));
        }
        let mut element = quote!(item);
        match (&sought.ty, sought.nullable) {
            (PathType::String, true) => value = quote!(#value.as_deref()),
            (PathType::String, false) => value = quote!(#value.as_str()),
            _ => {}
        }
        match (&item.ty, item.nullable) {
            (PathType::String, true) => element = quote!(#element.as_deref()),
            (PathType::String, false) => element = quote!(#element.as_str()),
            _ => {}
        }
        match (item.nullable, sought.nullable) {
            (true, false) => value = quote!(#some(#value)),
            (false, true) => element = quote!(#some(#element)),
            _ => {}
        }
        let any = quote!(any(|item| #element == #value));
        if is_literal {
            return quote!(#chain.#any);
        }
        let sought = self.value(sought);
        quote!({ let sought = #sought; #chain.#any })
    }

    fn not_null(&self, arguments: &[PathExpr]) -> TokenStream {
        let known = arguments.iter().position(|argument| !argument.nullable);
        let last = known.unwrap_or(arguments.len() - 1);
        let mut found = self.value(&arguments[last]);
        for argument in arguments[..last].iter().rev() {
            let value = self.value(argument);
            found = match known.is_some() {
                true => quote!(#value.unwrap_or(#found)),
                false => quote!(#value.or(#found)),
            };
        }
        found
    }
}

fn item(list: &PathExpr) -> Option<&PathType> {
    match &list.ty {
        PathType::List(item) => Some(&item.ty),
        _ => None,
    }
}
