//! The model's examples of calls, as code in documentation.

use proc_macro2::TokenStream;
use quote::quote;

use super::module::Root;
use super::scope::{Scope, ident};
use super::values::Values;
use crate::config::Layout;
use crate::ir::{CallExample, Client, ExampleResult, Field, Operation, Presence, Value};
use crate::names::FieldName;

/// The return type of an example.
const RESULT: &str = "Result<(), Box<dyn std::error::Error>>";

/// Replaces `assert_eq!` until the code is printed, because the arguments of functions are
/// formatted and those of macros are not.
const EQUAL: &str = "__assert_eq";

/// The examples of an operation, as lines of documentation; none if it has none.
///
/// `cargo test --doc` compiles the code but does not run it. A client in a module has none, because
/// the name of the crate is unknown, and the module may be private.
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

/// The lines with the imports of an example, and those with its code.
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
    // The lines between the braces.
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

/// Asserts the value of a member of the output, as its accessor returns it.
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

/// Replaces `crate` in paths with the name of the crate. Those of a module get their root with all
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
