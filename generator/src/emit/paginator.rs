//! Paginators.

use proc_macro2::TokenStream;
use quote::quote;

use super::file::Item;
use super::scope::Scope;
use super::text::{doc, lines};
use crate::ir::{Client, Items, Operation, PageSize, Paginator, PathStep, Structure, Type};

/// The module of an operation's paginator.
pub(crate) fn paginator(
    client: &Client,
    operation: &Operation,
    input: &Structure,
    output: &Structure,
) -> Option<Item> {
    let paginator = operation.paginator.as_ref()?;
    let names = [
        operation.name.paginator().to_string(),
        operation.name.paginator_items().to_string(),
    ];
    let scope = Scope::new(client, names);
    let mut items = vec![
        Item::Code(definition(&scope, operation, input)),
        Item::Code(methods(&scope, operation, paginator, input, output)),
    ];
    if let Some(of_page) = &paginator.items {
        items.extend(items_of_pages(&scope, operation, of_page));
    }
    items.insert(0, Item::Code(scope.imports()));
    let head = quote! {
        /// Reading the operation's output page by page.
        pub mod paginator
    };
    Some(Item::Module { head, items })
}

fn definition(scope: &Scope<'_>, operation: &Operation, input: &Structure) -> TokenStream {
    let name = operation.name.paginator();
    let summary = doc(format!(
        "Calls [`{}`]({}) until there are no more pages.",
        operation.name.as_str(),
        operation.name.link(),
    ));
    let arc = scope.named("std::sync", "Arc");
    let handle = scope.named("crate::client", "Handle");
    let builder = scope.named("super::builders", &input.name.builder().to_string());
    quote! {
        #summary
        pub struct #name {
            handle: #arc<#handle>,
            builder: #builder,
            stop_on_duplicate_token: bool,
        }
    }
}

fn methods(
    scope: &Scope<'_>,
    operation: &Operation,
    paginator: &Paginator,
    input: &Structure,
    output: &Structure,
) -> TokenStream {
    let name = operation.name.paginator();
    let arc = scope.named("std::sync", "Arc");
    let handle = scope.named("crate::client", "Handle");
    let builder = scope.named("super::builders", &input.name.builder().to_string());
    let page_size = paginator
        .page_size
        .as_ref()
        .map(|size| page_size(scope, size));
    let items = paginator.items.as_ref().map(|_| items_method(operation));
    let stream = stream_of(
        scope,
        operation,
        &scope.named("super", output.name.as_str()),
    );
    let send = send(scope, operation, paginator);
    quote! {
        impl #name {
            #[inline]
            pub(crate) fn new(handle: #arc<#handle>, builder: #builder) -> Self {
                Self { handle, builder, stop_on_duplicate_token: true }
            }

            #page_size

            #items

            /// Sets whether to stop if a page has the same token as its request.
            ///
            /// This is the default, because such a service would return the same page forever.
            #[inline]
            pub fn stop_on_duplicate_token(mut self, stop_on_duplicate_token: bool) -> Self {
                self.stop_on_duplicate_token = stop_on_duplicate_token;
                self
            }

            /// Returns the stream of pages. Nothing is sent before the first page is requested.
            ///
            /// The stream ends after the last page, or after an error.
            #[inline]
            pub fn send(self) -> #stream {
                #send
            }
        }
    }
}

fn page_size(scope: &Scope<'_>, size: &PageSize) -> TokenStream {
    let field = size.field.field();
    let ty = scope.ty(&size.ty);
    let limit = if size.ty == Type::String {
        quote!(limit.into())
    } else {
        quote!(limit)
    };
    let (some, into) = (scope.std("Some"), scope.std("Into"));
    let ty = if size.ty == Type::String {
        quote!(impl #into<#ty>)
    } else {
        ty
    };
    quote! {
        /// Sets the maximum number of items in a page.
        #[inline]
        pub fn page_size(mut self, limit: #ty) -> Self {
            self.builder.#field = #some(#limit);
            self
        }
    }
}

fn items_method(operation: &Operation) -> TokenStream {
    let items = operation.name.paginator_items();
    quote! {
        /// Lists items instead of pages: call `send` on the result to get a stream of items.
        #[inline]
        pub fn items(self) -> #items {
            #items(self)
        }
    }
}

fn stream_of(scope: &Scope<'_>, operation: &Operation, item: &TokenStream) -> TokenStream {
    let stream = scope.named(
        "aws_smithy_async::future::pagination_stream",
        "PaginationStream",
    );
    let result = scope.call_result(operation, item);
    quote!(#stream<#result>)
}

fn send(scope: &Scope<'_>, operation: &Operation, paginator: &Paginator) -> TokenStream {
    let pages = scope.named("crate::operation::paginator", "pages");
    let advance = scope.named("crate::operation::paginator", "advance");
    let marker = scope.named("super", operation.name.as_str());
    let token = borrowed(scope, &quote!(page), &paginator.output_token);
    let field = paginator.input_token.field();
    let more = paginator.more_pages.as_ref().map(|flag| {
        let (field, end) = (
            flag.field.field(),
            scope.named("crate::operation::paginator", "Next"),
        );
        let is_more = match flag.optional {
            true => quote!(page.#field.unwrap_or_default()),
            false => quote!(page.#field),
        };
        quote! {
            if !#is_more {
                return #end::End;
            }
        }
    });
    quote! {
        let stop = self.stop_on_duplicate_token;
        #pages(#marker, self.handle, self.builder.build(), move |page, input| {
            #more
            #advance(#token, &mut input.#field, stop)
        })
    }
}

/// The value at the end of a path, as an `Option` of a reference.
fn borrowed(scope: &Scope<'_>, start: &TokenStream, path: &[PathStep]) -> TokenStream {
    let some = scope.std("Some");
    let mut steps = path.iter();
    let Some(first) = steps.next() else {
        return quote!(#some(#start));
    };
    let field = first.field.field();
    let first = if first.optional {
        quote!(#start.#field.as_ref())
    } else {
        quote!(#some(&#start.#field))
    };
    steps.fold(first, |value, step| {
        let field = step.field.field();
        if step.optional {
            quote!(#value.and_then(|value| value.#field.as_ref()))
        } else {
            quote!(#value.map(|value| &value.#field))
        }
    })
}

/// The collection at the end of a path; empty if something on the path is absent.
fn owned(start: &TokenStream, path: &[PathStep]) -> TokenStream {
    let (mut value, mut optional) = (start.clone(), false);
    for step in path {
        let field = step.field.field();
        value = match (optional, step.optional) {
            (false, _) => quote!(#value.#field),
            (true, true) => quote!(#value.and_then(|value| value.#field)),
            (true, false) => quote!(#value.map(|value| value.#field)),
        };
        optional |= step.optional;
    }
    if optional {
        quote!(#value.unwrap_or_default())
    } else {
        value
    }
}

fn items_of_pages(scope: &Scope<'_>, operation: &Operation, items: &Items) -> [Item; 2] {
    let name = operation.name.paginator_items();
    let paginator = operation.name.paginator();
    let item = match &items.collection {
        Type::List(element) => scope.ty(element),
        Type::Map(key, value) => {
            let (key, value) = (scope.ty(key), scope.ty(value));
            quote!((#key, #value))
        }
        other => scope.ty(other),
    };
    let stream = stream_of(scope, operation, &item);
    let allow = items.is_complex.then(|| {
        quote!(#[allow(clippy::type_complexity, reason = "these are the items that the model has")])
    });
    let flat_map = scope.named("aws_smithy_async::future::pagination_stream", "TryFlatMap");
    let collection = owned(&quote!(page), &items.path);
    let summary = doc(format!("The items of all pages of [`{paginator}`]."));
    let send_docs = lines(&[
        "The stream of items. Nothing is sent before the first item is asked for.",
        "",
        "To have the items in a vector, call `.collect::<Result<Vec<_>, _>>()` on the stream.",
    ]);
    let definition = quote! {
        #summary
        pub struct #name(#paginator);
    };
    let methods = quote! {
        impl #name {
            #send_docs
            #allow
            #[inline]
            pub fn send(self) -> #stream {
                #flat_map::new(self.0.send()).flat_map(|page| #collection.into_iter())
            }
        }
    };
    [Item::Code(definition), Item::Code(methods)]
}
