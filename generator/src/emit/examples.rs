//! Calls that the model shows, as they stand in documentation.

use proc_macro2::TokenStream;
use quote::quote;

use super::module::Root;
use super::scope::{Scope, ident};
use super::values::Values;
use crate::config::Layout;
use crate::ir::{CallExample, Client, ExampleResult, Field, Operation, Presence, Value};
use crate::names::FieldName;

/// What an example returns.
const RESULT: &str = "Result<(), Box<dyn std::error::Error>>";

/// What stands for `assert_eq!` until the code is printed: the arguments of macros are not put in
/// order as those of functions are.
const EQUAL: &str = "__assert_eq";

/// The examples of an operation, as lines of documentation; none if it has none.
///
/// The code is compiled by `cargo test --doc`, and not run. In a module it could name nothing: the
/// name of the crate is unknown, and the module may be private.
pub(crate) fn lines(client: &Client, operation: &Operation) -> Vec<String> {
    let mut lines = Vec::new();
    if !operation.examples.is_empty() {
        lines.extend(["", "# Examples"].map(str::to_owned));
    }
    for example in &operation.examples {
        if !example.docs.is_empty() {
            lines.push(String::new());
            lines.extend(example.docs.lines().iter().cloned());
        }
        let (imports, call) = code(client, operation, example);
        lines.push(String::new());
        match client.package.layout {
            Layout::Package => {
                let library = &client.package.library;
                lines.push("```no_run".to_owned());
                lines.extend(imports);
                lines.push(format!(
                    "# async fn example(client: {library}::Client) -> {RESULT} {{"
                ));
                lines.extend(call);
                lines.extend(["# Ok(())", "# }"].map(str::to_owned));
            }
            Layout::Module(_) => {
                lines.push("```text".to_owned());
                lines.extend(imports);
                lines.extend(call);
            }
        }
        lines.push("```".to_owned());
    }
    lines
}

/// The lines of what an example imports, and of what it does.
fn code(
    client: &Client,
    operation: &Operation,
    example: &CallExample,
) -> (Vec<String>, Vec<String>) {
    let scope = Scope::new(client, []);
    let values = Values::in_examples(&scope);
    let (method, members) = (operation.name.method(), values.members(&example.input));
    let call = quote!(client.#method() #members .send().await);
    let statements = match &example.result {
        ExampleResult::Output(members) if members.is_empty() => quote!(#call?;),
        ExampleResult::Output(members) => {
            let fields = &client.structure(operation.output).fields;
            let checks = members.iter().filter_map(|(name, value)| {
                let field = fields.iter().find(|field| field.name == *name)?;
                Some(check(values, field, name, value))
            });
            quote!(let output = #call?; #(#checks)*)
        }
        ExampleResult::Error(id) => {
            let is = client.structure(*id).name.is();
            quote! {
                let error = #call.unwrap_err().into_service_error();
                assert!(error.#is());
            }
        }
    };
    let imports = as_user(client, scope.imports());
    let function = printed(as_user(client, quote!(fn example() { #statements })));
    // The lines between those of the braces.
    let body = function.lines().skip(1).filter(|line| *line != "}");
    let body = body.map(|line| {
        let line = line.strip_prefix("    ").unwrap_or(line);
        match line.strip_prefix(EQUAL) {
            Some(rest) => format!("assert_eq!{rest}"),
            None => line.to_owned(),
        }
    });
    let mut imports: Vec<_> = printed(imports).lines().map(str::to_owned).collect();
    if !imports.is_empty() {
        imports.push(String::new());
    }
    (imports, body.collect())
}

/// Says what a member of the output is, as its accessor gives it.
fn check(values: Values<'_>, field: &Field, name: &FieldName, value: &Value) -> TokenStream {
    let (accessor, equal) = (name.field(), ident(EQUAL));
    let expected = match value {
        Value::List(items) => {
            let items = items.iter().map(|item| match item {
                Value::String(text) => quote!(#text),
                other => values.value(other),
            });
            return quote!(#equal(output.#accessor(), [#(#items),*]););
        }
        Value::String(text) => quote!(#text),
        Value::Enum(id, text) => {
            let variant = values.variant(*id, text);
            quote!(&#variant)
        }
        Value::Boolean(value) if field.presence != Presence::Optional => {
            let not = (!value).then(|| quote!(!));
            return quote!(assert!(#not output.#accessor()););
        }
        other => values.value(other),
    };
    match field.presence {
        Presence::Optional => quote!(#equal(output.#accessor(), Some(#expected));),
        Presence::Required | Presence::Defaulted(_) => {
            quote!(#equal(output.#accessor(), #expected);)
        }
    }
}

/// Makes paths of the crate those of somebody who uses it. Those of a module get their root with all
/// that is documented.
fn as_user(client: &Client, tokens: TokenStream) -> TokenStream {
    match client.package.layout {
        Layout::Package => Root::new(&client.package.library).of_tokens(tokens),
        Layout::Module(_) => tokens,
    }
}

fn printed(tokens: TokenStream) -> String {
    let file = syn::parse2(tokens.clone()).unwrap_or_else(|error| {
        panic!("the generator emitted no valid Rust for an example: {error}\n{tokens}")
    });
    prettyplease::unparse(&file)
}
