//! Expressions of the rules.

use proc_macro2::{Ident, Literal as Token, Span, TokenStream};
use quote::quote;

use crate::harmless::format_string;
use crate::ir::endpoints::{Document, Expression, Fallback, Index, Items, Literal, Piece};

/// The identifier `name`.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The expression.
pub(super) fn expression(expression: &Expression) -> TokenStream {
    match expression {
        Expression::String(text) => quote!(#text),
        Expression::Boolean(value) => quote!(#value),
        Expression::Number(number) => {
            let number = Token::usize_unsuffixed(*number);
            quote!(#number)
        }
        Expression::Parameter(field) => {
            let field = field.field();
            quote!(params.#field)
        }
        Expression::ParameterView(field) => {
            let field = field.field();
            quote!(params.#field.as_deref())
        }
        Expression::Variable(name) | Expression::Argument(name) => {
            let name = name.field();
            quote!(#name)
        }
        Expression::Attribute(value, attribute) => {
            let value = self::expression(value);
            let attribute = ident(attribute.field());
            quote!(#value.#attribute)
        }
        Expression::Element {
            array,
            index,
            items,
        } => element(array, *index, *items),
        Expression::Call(function, arguments) => {
            let function = ident(function.name());
            let arguments = arguments.iter().map(self::expression);
            quote!(#function(#(#arguments),*))
        }
        Expression::Format(pieces) => format(pieces),
        Expression::If(condition, then, otherwise) => {
            let [condition, then, otherwise] =
                [condition, then, otherwise].map(|value| self::expression(value));
            quote!(if #condition { #then } else { #otherwise })
        }
        Expression::Borrow(_)
        | Expression::View(_)
        | Expression::ToOwned(_)
        | Expression::Clone(_)
        | Expression::Equal(..)
        | Expression::NotEqual(..)
        | Expression::IsEmpty(_)
        | Expression::Not(_)
        | Expression::IsSome(_)
        | Expression::IsNone(_)
        | Expression::Some(_)
        | Expression::Fallback(..)
        | Expression::Map { .. }
        | Expression::AndThen { .. } => operation(expression),
    }
}

/// An operation on other expressions.
fn operation(expression: &Expression) -> TokenStream {
    match expression {
        Expression::View(value) => method(value, "as_str"),
        Expression::ToOwned(value) => method(value, "to_owned"),
        Expression::Clone(value) => method(value, "clone"),
        Expression::IsEmpty(value) => method(value, "is_empty"),
        Expression::IsSome(value) => method(value, "is_some"),
        Expression::IsNone(value) => method(value, "is_none"),
        Expression::Borrow(value) => {
            let value = operand(value);
            quote!(&#value)
        }
        Expression::Not(value) => {
            let value = operand(value);
            quote!(!#value)
        }
        Expression::Some(value) => {
            let value = self::expression(value);
            quote!(Some(#value))
        }
        Expression::Equal(left, right) => {
            let (left, right) = (operand(left), operand(right));
            quote!(#left == #right)
        }
        Expression::NotEqual(left, right) => {
            let (left, right) = (operand(left), operand(right));
            quote!(#left != #right)
        }
        Expression::Fallback(value, fallback, other) => {
            let (value, other) = (operand(value), self::expression(other));
            match fallback {
                Fallback::Or => quote!(#value.or(#other)),
                Fallback::OrElse => quote!(#value.or_else(|| #other)),
                Fallback::UnwrapOr => quote!(#value.unwrap_or(#other)),
                Fallback::UnwrapOrElse => quote!(#value.unwrap_or_else(|| #other)),
            }
        }
        Expression::Map {
            option,
            variable,
            value,
        } => {
            let (option, variable) = (operand(option), variable.field());
            let value = self::expression(value);
            quote!(#option.map(|#variable| #value))
        }
        Expression::AndThen {
            option,
            variable,
            value,
        } => {
            let (option, variable) = (operand(option), variable.field());
            let value = self::expression(value);
            quote!(#option.and_then(|#variable| #value))
        }
        _ => self::expression(expression),
    }
}

/// The value as an operand of an operator or a method.
fn operand(value: &Expression) -> TokenStream {
    let tokens = expression(value);
    if matches!(value, Expression::If(..)) {
        quote!((#tokens))
    } else {
        tokens
    }
}

fn method(value: &Expression, name: &str) -> TokenStream {
    let (value, name) = (operand(value), ident(name));
    quote!(#value.#name())
}

fn element(array: &Expression, index: Index, items: Items) -> TokenStream {
    let array = expression(array);
    let element = match index {
        Index::Front(0) => quote!(#array.first()),
        Index::Front(index) => {
            let index = Token::usize_unsuffixed(index);
            quote!(#array.get(#index))
        }
        Index::Back(0) => quote!(#array.last()),
        Index::Back(index) => {
            let index = Token::usize_unsuffixed(index);
            quote!(#array.iter().nth_back(#index))
        }
    };
    match items {
        Items::Owned => quote!(#element.map(String::as_str)),
        Items::Borrowed => quote!(#element.copied()),
    }
}

/// A `format!` with variables inside the text and everything else as arguments.
fn format(pieces: &[Piece]) -> TokenStream {
    let mut text = String::new();
    let mut arguments = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text(part) => text.push_str(&format_string(part)),
            Piece::Value(Expression::Variable(name)) => {
                text.push('{');
                text.push_str(name.as_str());
                text.push('}');
            }
            Piece::Value(value) => {
                text.push_str("{}");
                arguments.push(expression(value));
            }
        }
    }
    quote!(format!(#text #(, #arguments)*))
}

/// A literal as an owned value, or as something that converts into one.
pub(super) fn literal(literal: &Literal) -> TokenStream {
    match literal {
        Literal::String(text) => quote!(#text),
        Literal::Boolean(value) => quote!(#value),
        Literal::StringArray(items) if items.is_empty() => quote!(Vec::new()),
        Literal::StringArray(items) => quote!(Vec::from([#(#items.to_owned()),*])),
    }
}

/// A document, as something that converts into one.
pub(super) fn into_document(document: &Document) -> TokenStream {
    match document {
        Document::Null => quote!(Document::Null),
        Document::Boolean(value) => quote!(#value),
        Document::Integer(number) => {
            let number = Token::i64_suffixed(*number);
            quote!(#number)
        }
        Document::Text(text) => expression(text),
        Document::Array(items) if items.is_empty() => quote!(Vec::new()),
        Document::Array(items) => {
            let items = items.iter().map(self::document);
            quote!(Vec::from([#(#items),*]))
        }
        Document::Object(members) => {
            let names = members.iter().map(|(name, _)| name);
            let values = members.iter().map(|(_, value)| self::document(value));
            quote!(HashMap::from([#((#names.to_owned(), #values)),*]))
        }
    }
}

/// A document.
pub(super) fn document(document: &Document) -> TokenStream {
    match document {
        Document::Null => quote!(Document::Null),
        Document::Array(items) if items.is_empty() => quote!(Document::Array(Vec::new())),
        other => {
            let value = into_document(other);
            quote!(Document::from(#value))
        }
    }
}
