//! Paths as Rust expressions.
//!
//! A value that may be null is an `Option`. An expression that fails returns from the function or
//! closure around it with `?`, so expressions that may fail are never inside a closure that cannot.

mod calls;
mod lists;
mod logic;
mod views;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::scope::Scope;
use crate::ir::{PathExpr, PathItem, PathLiteral, PathNode, PathRoot, PathType, Type};
use crate::names::FieldName;

/// A function that evaluates a path: its name and arguments.
pub(crate) struct PathFunction<'a> {
    /// The function's name.
    pub(crate) name: TokenStream,
    /// The types of the values that paths start from.
    pub(crate) roots: &'a [(PathRoot, TokenStream)],
}

/// Whether the function for an expression returns its value in an `Option`.
pub(crate) fn returns_option(expr: &PathExpr) -> bool {
    expr.nullable || expr.fallible
}

impl PathFunction<'_> {
    /// The function.
    pub(crate) fn definition(
        &self,
        scope: &Scope<'_>,
        docs: &TokenStream,
        expr: &PathExpr,
    ) -> TokenStream {
        let name = &self.name;
        let used = self.used(expr);
        let parameters = used.iter().map(|(root, ty)| {
            let root = root_name(*root);
            quote!(#root: &'a #ty)
        });
        let emitter = Emitter { scope };
        let mut body = emitter.value(expr);
        let mut ty = emitter.ty(&expr.ty);
        if returns_option(expr) {
            ty = scope.option(&ty);
        }
        if expr.fallible && !expr.nullable {
            let some = scope.std("Some");
            body = quote!(#some(#body));
        }
        // With a single reference among the arguments, lifetimes are elided.
        let elided = used.len() < 2 || !borrows(&expr.ty);
        let (generics, parameters): (_, Vec<_>) = match elided {
            true => (
                None,
                used.iter()
                    .map(|(root, ty)| {
                        let root = root_name(*root);
                        quote!(#root: &#ty)
                    })
                    .collect(),
            ),
            false => (Some(quote!(<'a>)), parameters.collect()),
        };
        let ty = if elided { ty } else { emitter.lent(expr) };
        quote! {
            #docs
            fn #name #generics(#(#parameters),*) -> #ty {
                #body
            }
        }
    }

    /// A call of it.
    pub(crate) fn call(&self, expr: &PathExpr) -> TokenStream {
        let name = &self.name;
        let used = self.used(expr);
        let roots = used.iter().map(|(root, _)| root_name(*root));
        quote!(#name(#(#roots),*))
    }

    fn used(&self, expr: &PathExpr) -> Vec<(PathRoot, TokenStream)> {
        let roots = expr.roots();
        let used = self.roots.iter().filter(|(root, _)| roots.contains(root));
        used.cloned().collect()
    }
}

fn borrows(ty: &PathType) -> bool {
    match ty {
        PathType::Text => true,
        PathType::List(item) => borrows(&item.ty),
        _ => false,
    }
}

fn root_name(root: PathRoot) -> TokenStream {
    match root {
        PathRoot::Input => quote!(input),
        PathRoot::Output => quote!(output),
    }
}

/// Prints expressions.
struct Emitter<'a> {
    scope: &'a Scope<'a>,
}

impl Emitter<'_> {
    /// The type of a waiter's path.
    fn ty(&self, ty: &PathType) -> TokenStream {
        match ty {
            PathType::Boolean => quote!(bool),
            PathType::String => self.scope.std("String"),
            PathType::List(item) => {
                let (vec, item) = (self.scope.std("Vec"), self.item(item));
                quote!(#vec<#item>)
            }
            _ => quote!(&str),
        }
    }

    fn item(&self, item: &PathItem) -> TokenStream {
        let ty = self.ty(&item.ty);
        match item.nullable {
            true => self.scope.option(&ty),
            false => ty,
        }
    }

    /// The same, with an explicit lifetime.
    fn lent(&self, expr: &PathExpr) -> TokenStream {
        let text = quote!(&'a str);
        let ty = match &expr.ty {
            PathType::List(item) => {
                let vec = self.scope.std("Vec");
                match item.nullable {
                    true => {
                        let item = self.scope.option(&text);
                        quote!(#vec<#item>)
                    }
                    false => quote!(#vec<#text>),
                }
            }
            _ => text,
        };
        match returns_option(expr) {
            true => self.scope.option(&ty),
            false => ty,
        }
    }

    /// The value of an expression.
    fn value(&self, expr: &PathExpr) -> TokenStream {
        match &expr.node {
            PathNode::Root(root) => root_name(*root),
            PathNode::It if is_copied(&expr.ty) => quote!(it),
            PathNode::It => quote!(it.clone()),
            PathNode::Field {
                of,
                name,
                ty,
                optional,
            } => self.field(of, name, ty, *optional),
            PathNode::Variant { of, name, ty } => {
                let r#as = name.r#as();
                let value = self.place(of);
                let value = match of.nullable {
                    true => quote!(#value.and_then(|it| it.#r#as().ok())),
                    false => quote!(#value.#r#as().ok()),
                };
                self.seen(value, ty)
            }
            PathNode::Entry { of, key, ty } => self.entry(of, key, ty),
            PathNode::Index(list, index) => self.index(list, *index),
            PathNode::Iterate { .. } => self.collected(expr),
            PathNode::Literal(literal) => self.literal(literal),
            PathNode::List(parts) => {
                let parts = self.parts(expr, parts);
                let vec = self.scope.std("Vec");
                quote!(#vec::from([#(#parts),*]))
            }
            PathNode::Let(value, then) => {
                let (value, then) = (self.value(value), self.value(then));
                quote!({ let it = #value; #then })
            }
            PathNode::With(value, then) => {
                let found = self.value(then);
                self.unless_null(value, then.fallible, then.nullable, &found)
            }
            PathNode::Truth(value) => self.truth(value, true),
            PathNode::Not(value) => self.not(value),
            PathNode::And(one, other) => {
                let (one, other) = (self.operand_of_and(one), self.operand_of_and(other));
                quote!(#one && #other)
            }
            PathNode::Or(one, other) => {
                let (one, other) = (self.value(one), self.value(other));
                quote!(#one || #other)
            }
            PathNode::Either(one, other) => self.either(one, other),
            PathNode::Both(one, other) => self.both(one, other, expr.nullable),
            PathNode::Compare(comparator, one, other) => self.compare(*comparator, one, other),
            PathNode::IsNull(value) => match value.nullable {
                true => {
                    let value = self.value(value);
                    quote!(#value.is_none())
                }
                false => quote!(false),
            },
            PathNode::Call(function, arguments) => self.call(function, arguments),
        }
    }

    /// An expression as the beginning of a longer one, without a leading `&`, which would apply to
    /// the whole.
    fn place(&self, expr: &PathExpr) -> TokenStream {
        match &expr.node {
            PathNode::Field {
                of,
                name,
                ty,
                optional: false,
            } if !of.nullable && is_lent(ty) => {
                let (of, name) = (self.place(of), name.field());
                quote!(#of.#name)
            }
            _ => self.value(expr),
        }
    }

    /// A field of an expression's value.
    fn field(&self, of: &PathExpr, name: &FieldName, ty: &Type, optional: bool) -> TokenStream {
        let name = name.field();
        let value = self.place(of);
        if !of.nullable {
            let place = quote!(#value.#name);
            return match optional {
                true => self.seen_field(place, ty),
                false => self.seen_place(place, ty),
            };
        }
        match ty {
            ty if !optional => {
                let place = self.seen_place(quote!(it.#name), ty);
                quote!(#value.map(|it| #place))
            }
            Type::String | Type::Boxed(_) | Type::List(_) => {
                quote!(#value.and_then(|it| it.#name.as_deref()))
            }
            ty if ty.is_copy() => {
                let place = self.seen_field(quote!(it.#name), ty);
                quote!(#value.and_then(|it| #place))
            }
            ty => self.seen(quote!(#value.and_then(|it| it.#name.as_ref())), ty),
        }
    }

    /// An expression that must have a value: if it is null, the whole path fails.
    fn required(&self, expr: &PathExpr) -> TokenStream {
        let value = self.value(expr);
        match expr.nullable {
            true => quote!(#value?),
            false => value,
        }
    }

    /// The same, as a `&str`.
    fn required_text(&self, expr: &PathExpr) -> TokenStream {
        let value = self.required(expr);
        match expr.ty {
            PathType::String => quote!(#value.as_str()),
            _ => value,
        }
    }

    /// The same, as a receiver of method calls.
    fn receiver(&self, expr: &PathExpr) -> TokenStream {
        let value = match expr.nullable {
            true => self.required(expr),
            false => self.place(expr),
        };
        let is_simple = matches!(
            expr.node,
            PathNode::It
                | PathNode::Root(_)
                | PathNode::Field { .. }
                | PathNode::Variant { .. }
                | PathNode::Entry { .. }
                | PathNode::Index(..)
                | PathNode::Iterate { .. }
                | PathNode::Literal(PathLiteral::Text(_))
        );
        match is_simple {
            true => value,
            false => quote!((#value)),
        }
    }

    /// Applies code to a value, which is called `it`, unless it is null.
    fn unless_null(
        &self,
        value: &PathExpr,
        fallible: bool,
        nullable: bool,
        then: &TokenStream,
    ) -> TokenStream {
        let found = self.value(value);
        let (some, none) = (self.scope.std("Some"), self.scope.std("None"));
        match (fallible, nullable) {
            (false, true) => quote!(#found.and_then(|it| #then)),
            (false, false) => quote!(#found.map(|it| #then)),
            (true, true) => quote!(match #found { #some(it) => #then, #none => #none }),
            (true, false) => quote!(match #found { #some(it) => #some(#then), #none => #none }),
        }
    }

    fn entry(&self, of: &PathExpr, key: &str, ty: &Type) -> TokenStream {
        let get = match &of.ty {
            PathType::Map(Type::Enum(_), _) => {
                quote!(iter().find(|(key, _)| key.as_str() == #key).map(|(_, it)| it))
            }
            _ => quote!(get(#key)),
        };
        let value = self.place(of);
        let value = match of.nullable {
            true => quote!(#value.and_then(|it| it.#get)),
            false => quote!(#value.#get),
        };
        self.seen(value, ty)
    }

    fn literal(&self, literal: &PathLiteral) -> TokenStream {
        match literal {
            PathLiteral::Boolean(value) => quote!(#value),
            PathLiteral::Integer(value) => {
                let value = Literal::i64_unsuffixed(*value);
                quote!(#value)
            }
            PathLiteral::Float(value) => {
                let value = Literal::f64_unsuffixed(*value);
                quote!(#value)
            }
            PathLiteral::Text(text) => quote!(#text),
            PathLiteral::Null => self.scope.std("None"),
        }
    }

    /// The parts of a list, as its elements.
    fn parts(&self, list: &PathExpr, parts: &[PathExpr]) -> Vec<TokenStream> {
        let nullable = matches!(&list.ty, PathType::List(item) if item.nullable);
        let some = self.scope.std("Some");
        let parts = parts.iter().map(|part| {
            let value = self.value(part);
            match nullable && !part.nullable {
                true => quote!(#some(#value)),
                false => value,
            }
        });
        parts.collect()
    }
}

/// Whether a field of this type is accessed by a reference to it, and not by a value of another
/// type.
fn is_lent(ty: &Type) -> bool {
    matches!(
        ty,
        Type::Structure(_) | Type::Union(_) | Type::Map(..) | Type::Document | Type::Boxed(_)
    )
}

/// Whether a value can be used twice.
fn is_copied(ty: &PathType) -> bool {
    !matches!(ty, PathType::String | PathType::List(_))
}
