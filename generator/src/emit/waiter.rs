//! Waiters: `waiters.rs`, a file for each, and the trait that gives a client their methods.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::file::{File, Item};
use super::path::{PathFunction, returns_option};
use super::scope::Scope;
use super::structure::accessor_row;
use super::text::{deprecated, doc, docs, gate, lines};
use crate::ir::{
    Acceptor, Client, ErrorMatcher, Expected, Operation, OutputMatcher, Path, PathRoot, PathType,
    Waiter, WaiterState,
};

/// The files of the waiters; none if the service has none.
pub(crate) fn files(client: &Client) -> Vec<File> {
    if !client.has_waiters() {
        return Vec::new();
    }
    let modules = waiters(client).map(|(operation, waiter)| {
        let summary = doc(summary(waiter));
        let (gate, module) = (
            gate(operation.feature.as_ref()),
            waiter.name.module().ident(),
        );
        quote!(#summary #gate pub mod #module;)
    });
    let head = [
        "Waiters, which call the service until it has reached a state.",
        "",
        "The trait [`Waiters`](crate::client::Waiters) gives a client their methods.",
    ];
    let modules = Item::Code(quote!(#(#modules)*));
    let head = File::rust("src/waiters.rs", &head, vec![modules]);
    let files = waiters(client).map(|(operation, waiter)| file(client, operation, waiter));
    [head].into_iter().chain(files).collect()
}

/// All waiters, by the names of their operations.
fn waiters(client: &Client) -> impl Iterator<Item = (&Operation, &Waiter)> {
    client.operations.iter().flat_map(|operation| {
        let waiters = operation.waiters.iter();
        waiters.map(move |waiter| (operation, waiter))
    })
}

fn summary(waiter: &Waiter) -> String {
    format!("The `{}` waiter.", waiter.name.as_str())
}

/// The trait with a method for each waiter, and its implementation.
pub(crate) fn client_trait(client: &Client) -> Vec<Item> {
    if !client.has_waiters() {
        return Vec::new();
    }
    let signature = |operation: &Operation, waiter: &Waiter| {
        let (module, builder) = (waiter.name.module().ident(), waiter.name.fluent_builder());
        let (gate, method) = (gate(operation.feature.as_ref()), waiter.name.method());
        let deprecated = deprecated(waiter.deprecated.as_ref());
        let path = quote!(crate::waiters::#module::#builder);
        (
            quote!(#deprecated #gate),
            quote!(fn #method(&self) -> #path),
            path,
        )
    };
    let declared = waiters(client).map(|(operation, waiter)| {
        let (attributes, signature, _) = signature(operation, waiter);
        let docs = docs(&waiter.docs);
        quote!(#docs #attributes #signature;)
    });
    let implemented = waiters(client).map(|(operation, waiter)| {
        let gate = gate(operation.feature.as_ref());
        let (_, signature, path) = signature(operation, waiter);
        quote!(#gate #[inline] #signature { #path::new(self.handle.clone()) })
    });
    let head = lines(&[
        "Methods that wait until the service has done something.",
        "",
        "Each returns a builder: set the members of the request on it, and call `wait` with the \
         time that it may take.",
    ]);
    vec![
        Item::Code(quote!(#head pub trait Waiters { #(#declared)* })),
        Item::Code(quote!(impl Waiters for Client { #(#implemented)* })),
    ]
}

fn file(client: &Client, operation: &Operation, waiter: &Waiter) -> File {
    let defined = [
        waiter.name.fluent_builder().to_string(),
        waiter.name.final_poll().to_string(),
        waiter.name.error().to_string(),
        "path".to_owned(),
    ];
    let scope = Scope::new(client, defined);
    let printing = Printing {
        scope: &scope,
        operation,
        waiter,
    };
    let mut items = vec![printing.table(), Item::Code(printing.implementation())];
    items.extend(printing.paths().map(Item::Code));
    items.insert(0, Item::Code(scope.imports()));
    let path = format!("src/waiters/{}.rs", waiter.name.module());
    File::rust(path, &[&summary(waiter)], items)
}

struct Printing<'a> {
    scope: &'a Scope<'a>,
    operation: &'a Operation,
    waiter: &'a Waiter,
}

impl Printing<'_> {
    /// A name in the operation's module.
    fn of_operation(&self, name: &str) -> TokenStream {
        let module = self.operation.name.module_path();
        self.scope.named(&module, name)
    }

    /// The table for everything that is the same for all waiters.
    fn table(&self) -> Item {
        self.scope.named("crate::operation::waiter", "waiter");
        let name = &self.waiter.name;
        let input = self.scope.client.structure(self.operation.input);
        let module = format!("{}::builders", self.operation.name.module_path());
        let inner = self.scope.named(&module, &input.name.builder().to_string());
        let marker = self.of_operation(self.operation.name.as_str());
        let (builder, poll, error) = (name.fluent_builder(), name.final_poll(), name.error());
        let output = self.root(PathRoot::Output);
        let operation_error = self.of_operation(&self.operation.name.error().to_string());
        let rows = input.fields.iter().map(|field| {
            let (setter, others) = (field.name.setter(), accessor_row(self.scope, field));
            quote!(#setter #others)
        });
        Item::Table {
            name: "waiter",
            head: quote! {
                #builder of #inner asks #marker
                    => #poll of #output, #error of #operation_error
            },
            rows: rows.collect(),
        }
    }

    fn implementation(&self) -> TokenStream {
        let r#trait = self.scope.named("crate::operation::waiter", "Waiter");
        let state = self
            .scope
            .named("aws_smithy_runtime::client::waiters", "AcceptorState");
        let name = self.waiter.name.fluent_builder();
        let marker = self.of_operation(self.operation.name.as_str());
        let [least, greatest] = self.waiter.delays.map(Literal::u32_unsuffixed);
        let of_output = (!self.waiter.of_output.is_empty()).then(|| {
            let (input, output) = (self.root(PathRoot::Input), self.root(PathRoot::Output));
            let used = self.used();
            let parameter = |root, name: &str| match used.contains(&root) {
                true => format_ident!("{name}"),
                false => format_ident!("_{name}"),
            };
            let parameters = [
                parameter(PathRoot::Input, "input"),
                parameter(PathRoot::Output, "output"),
            ];
            let [one, other] = parameters;
            let states = self.states(&self.waiter.of_output, |matcher| self.of_output(matcher));
            quote! {
                fn of_output(#one: &#input, #other: &#output) -> #state {
                    #states
                }
            }
        });
        let of_error = (!self.waiter.of_error.is_empty()).then(|| {
            let error = self.of_operation(&self.operation.name.error().to_string());
            let is_used = !matches!(self.waiter.of_error[0].matcher, ErrorMatcher::Any);
            let parameter = if is_used {
                quote!(error)
            } else {
                quote!(_error)
            };
            let states = self.states(&self.waiter.of_error, |matcher| self.of_error(matcher));
            quote! {
                fn of_error(#parameter: &#error) -> #state {
                    #states
                }
            }
        });
        quote! {
            impl #r#trait for #name {
                type Operation = #marker;

                const DELAYS: [u64; 2] = [#least, #greatest];

                #of_output

                #of_error
            }
        }
    }

    /// The state of the first acceptor that matches.
    fn states<M>(
        &self,
        acceptors: &[Acceptor<M>],
        condition: impl Fn(&M) -> Option<TokenStream>,
    ) -> TokenStream {
        let mut arms = Vec::new();
        let mut otherwise = quote!(AcceptorState::NoAcceptorsMatched);
        for acceptor in acceptors {
            let state = match acceptor.state {
                WaiterState::Success => quote!(AcceptorState::Success),
                WaiterState::Failure => quote!(AcceptorState::Failure),
                WaiterState::Retry => quote!(AcceptorState::Retry),
            };
            match condition(&acceptor.matcher) {
                Some(condition) => arms.push(quote!(() if #condition => #state,)),
                None => otherwise = state,
            }
        }
        match arms.is_empty() {
            true => otherwise,
            false => quote!(match () { #(#arms)* () => #otherwise }),
        }
    }

    /// The condition for an output to match; `None` if any output matches.
    fn of_output(&self, matcher: &OutputMatcher) -> Option<TokenStream> {
        let OutputMatcher::Path(index, expected) = matcher else {
            return None;
        };
        let path = &self.waiter.paths[*index];
        let found = self.function(*index, &self.roots()).call(&path.expr);
        let optional = returns_option(&path.expr);
        let some = self.scope.std("Some");
        let list = |holds: TokenStream| match optional {
            true => quote!(#found.is_some_and(|it| #holds)),
            false => quote!({ let it = #found; #holds }),
        };
        Some(match expected {
            Expected::Boolean(value) => match (optional, value) {
                (true, value) => quote!(#found == #some(#value)),
                (false, true) => found,
                (false, false) => quote!(!#found),
            },
            Expected::Text(text) => match (optional, &path.expr.ty) {
                (true, PathType::String) => quote!(#found.as_deref() == #some(#text)),
                (true, _) => quote!(#found == #some(#text)),
                (false, _) => quote!(#found == #text),
            },
            Expected::Any(text) => list(match &path.expr.ty {
                PathType::List(item) if item.ty == PathType::String => {
                    let element = element(path, &some, text);
                    quote!(it.iter().any(|it| #element))
                }
                PathType::List(item) if item.nullable => quote!(it.contains(&#some(#text))),
                _ => quote!(it.contains(&#text)),
            }),
            Expected::All(text) => {
                let element = element(path, &some, text);
                list(quote!(!it.is_empty() && it.iter().all(|it| #element)))
            }
        })
    }

    /// The condition for an error to match; `None` if any error matches.
    fn of_error(&self, matcher: &ErrorMatcher) -> Option<TokenStream> {
        Some(match matcher {
            ErrorMatcher::Any => return None,
            ErrorMatcher::Modeled(name) => {
                let is = name.is();
                quote!(error.#is())
            }
            ErrorMatcher::Code(code) => {
                let some = self.scope.std("Some");
                quote!(error.meta().code() == #some(#code))
            }
        })
    }

    /// The functions that evaluate the paths.
    fn paths(&self) -> impl Iterator<Item = TokenStream> {
        let roots = match self.waiter.paths.is_empty() {
            true => Vec::new(),
            false => self.roots(),
        };
        let paths = self.waiter.paths.iter().enumerate();
        paths.map(move |(index, path)| {
            let docs = doc(format!("`` {} ``", path.text));
            self.function(index, &roots)
                .definition(self.scope, &docs, &path.expr)
        })
    }

    fn function<'r>(&self, index: usize, roots: &'r [(PathRoot, TokenStream)]) -> PathFunction<'r> {
        let name = match index {
            0 => format_ident!("path"),
            index => format_ident!("path_{}", index + 1),
        };
        PathFunction {
            name: quote!(#name),
            roots,
        }
    }

    fn roots(&self) -> Vec<(PathRoot, TokenStream)> {
        let roots = [PathRoot::Input, PathRoot::Output];
        roots.map(|root| (root, self.root(root))).into()
    }

    fn root(&self, root: PathRoot) -> TokenStream {
        let id = match root {
            PathRoot::Input => self.operation.input,
            PathRoot::Output => self.operation.output,
        };
        self.of_operation(self.scope.client.structure(id).name.as_str())
    }

    /// The values that the paths start from.
    fn used(&self) -> Vec<PathRoot> {
        let paths = self.waiter.paths.iter();
        paths.flat_map(|path| path.expr.roots()).collect()
    }
}

/// The condition for an element of a list to be this text.
fn element(path: &Path, some: &TokenStream, text: &str) -> TokenStream {
    match &path.expr.ty {
        PathType::List(item) => match (&item.ty, item.nullable) {
            (PathType::String, true) => quote!(it.as_deref() == #some(#text)),
            (PathType::String, false) => quote!(it == #text),
            (_, true) => quote!(*it == #some(#text)),
            (_, false) => quote!(*it == #text),
        },
        _ => quote!(*it == #text),
    }
}
