//! Calls with known inputs, in a text for both crates.

use anyhow::{Context as _, Result, bail};
use generator::ir::{self, AuthScheme, Build, StructureId, Type, UnionId, Width};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::{Map, Value};

use crate::official::modules;
use crate::types::members;

/// Calls of some operations, by their names in the model, with these inputs: functions in a
/// constant `CALLS`, which the package `timed` calls. In the text, `sdk` is one of the crates.
///
/// # Errors
///
/// Fails if an input does not fit the model.
pub fn timed(client: &ir::Client, calls: &[(&str, Value)]) -> Result<String> {
    let mut functions = Vec::new();
    for (index, (name, input)) in calls.iter().enumerate() {
        let function = function(client, index, name, input);
        functions.push(function.with_context(|| format!("the input of {name}"))?);
    }
    let names = (0..calls.len()).map(|index| format_ident!("call_{index}"));
    let settings = settings(client);
    crate::text(&quote! {
        pub const CALLS: &[fn(&timed::Network) -> timed::Timed] = &[#(#names),*];

        fn client(network: &timed::Network) -> sdk::Client {
            let config = sdk::Config::builder()
                .behavior_version(sdk::config::BehaviorVersion::latest())
                .region(sdk::config::Region::from_static("us-west-2"))
                #settings
                .sleep_impl(timed::sleep())
                .http_client(network.http_client());
            sdk::Client::from_conf(config.build())
        }

        #(#functions)*
    })
}

/// The authentication of calls, and the endpoint if it would have to be discovered.
fn settings(client: &ir::Client) -> TokenStream {
    let signs = [AuthScheme::SigV4, AuthScheme::SigV4A];
    let signs = signs.iter().any(|scheme| client.service.has(*scheme));
    let credentials = signs.then(|| quote!(.credentials_provider(timed::credentials())));
    let endpoint = client.discovery.as_ref();
    let endpoint = endpoint.map(|_| quote!(.endpoint_url("https://named.test")));
    quote!(#credentials #endpoint)
}

/// A function that prepares a call. The input is built for each call, as programs do.
fn function(client: &ir::Client, index: usize, name: &str, input: &Value) -> Result<TokenStream> {
    let mut operations = client.operations.iter();
    let operation = operations.find(|it| it.name.shape() == name);
    let operation = operation.context("the client has no such operation")?;
    let sets = sets(client, operation.input, object(input)?)?;
    let (method, module) = (operation.name.method(), operation.name.module().ident());
    let (name, function) = (operation.name.ident(), format_ident!("call_{index}"));
    let call =
        quote!(&sdk::operation::#module::#name::new(), move || client.#method() #sets.send());
    let stream = operation.streaming.as_ref();
    let made = match stream.and_then(|it| it.response.as_ref()) {
        Some(field) => {
            let field = field.field();
            quote! {
                let client = client(&network.streamed());
                timed::Timed::streamed(#call, |output| output.#field)
            }
        }
        None => quote! {
            let client = client(network);
            timed::Timed::new(#call)
        },
    };
    Ok(quote! {
        fn #function(network: &timed::Network) -> timed::Timed { #made }
    })
}

/// Sets members of a structure or an input.
fn sets(client: &ir::Client, id: StructureId, given: &Map<String, Value>) -> Result<TokenStream> {
    let structure = client.structure(id);
    let members = members(client, structure.schema.as_str());
    let mut sets = TokenStream::new();
    for (name, value) in given {
        let is_meant = |it: &&ir::Field| it.index.is_some_and(|it| members[it].name == *name);
        let field = structure.fields.iter().find(is_meant);
        let field = field.with_context(|| format!("{} has no member {name}", structure.name))?;
        let (set, value) = (field.name.set(), literal(client, &field.ty, value)?);
        sets.extend(quote!(.#set(Some(#value))));
    }
    Ok(sets)
}

fn literal(client: &ir::Client, ty: &Type, value: &Value) -> Result<TokenStream> {
    Ok(match ty {
        Type::Boolean => {
            let value = value.as_bool().context("it is no boolean")?;
            quote!(#value)
        }
        Type::Integer(width) => {
            let value = value.as_i64().context("it is no whole number")?;
            let value = Literal::i64_unsuffixed(value);
            match width {
                Width::Long => quote!(#value as i64),
                _ => quote!(#value),
            }
        }
        Type::Float | Type::Double => {
            let value = value.as_f64().context("it is no number")?;
            let value = Literal::f64_unsuffixed(value);
            quote!(#value)
        }
        Type::String => {
            let text = text(value)?;
            quote!(#text.to_owned())
        }
        Type::Enum(id) => {
            let (name, text) = (client.r#enum(*id).name.ident(), text(value)?);
            quote!(sdk::types::#name::from(#text))
        }
        Type::Blob => {
            let text = text(value)?;
            quote!(sdk::primitives::Blob::new(#text))
        }
        Type::ByteStream => {
            let text = text(value)?;
            quote!(sdk::primitives::ByteStream::from(#text.as_bytes().to_vec()))
        }
        Type::Timestamp => {
            let seconds = value.as_i64().context("it is no whole number of seconds")?;
            quote!(sdk::primitives::DateTime::from_secs(#seconds))
        }
        Type::Structure(id) => structure(client, *id, object(value)?)?,
        Type::Union(id) => union(client, *id, object(value)?)?,
        Type::List(inner) => {
            let values = value.as_array().context("it is no list")?;
            let values = values.iter().map(|it| literal(client, inner, it));
            let values = values.collect::<Result<Vec<_>>>()?;
            quote!(vec![#(#values),*])
        }
        Type::Map(key, inner) => {
            let entries = object(value)?.iter().map(|(name, value)| {
                let name = literal(client, key, &Value::from(name.as_str()))?;
                let value = literal(client, inner, value)?;
                Ok(quote!((#name, #value)))
            });
            let entries = entries.collect::<Result<Vec<_>>>()?;
            quote!(std::collections::HashMap::from([#(#entries),*]))
        }
        Type::Sparse(_) if value.is_null() => quote!(None),
        Type::Sparse(inner) => {
            let value = literal(client, inner, value)?;
            quote!(Some(#value))
        }
        Type::Boxed(inner) => {
            let value = literal(client, inner, value)?;
            quote!(Box::new(#value))
        }
        other => bail!("values of {other:?} are not written yet: add it"),
    })
}

fn structure(
    client: &ir::Client,
    id: StructureId,
    given: &Map<String, Value>,
) -> Result<TokenStream> {
    let structure = client.structure(id);
    let (modules, name) = (modules(client, structure.home), structure.name.ident());
    let sets = sets(client, id, given)?;
    let expect = match structure.build {
        Build::Infallible => None,
        Build::Fallible => Some(quote!(.expect("nothing is missing"))),
    };
    Ok(quote!(sdk::#(#modules)::*::#name::builder() #sets.build() #expect))
}

fn union(client: &ir::Client, id: UnionId, given: &Map<String, Value>) -> Result<TokenStream> {
    let union = client.union(id);
    let members = members(client, union.schema.as_str());
    let mut given = given.iter();
    let (Some((name, value)), None) = (given.next(), given.next()) else {
        bail!("a union has one member");
    };
    let mut variants = union.variants.iter();
    let variant = variants.find(|it| members[it.index].name == *name);
    let variant = variant.with_context(|| format!("{} has no member {name}", union.name))?;
    let (ident, variant_name) = (union.name.ident(), variant.name.ident());
    Ok(match variant.ty {
        Type::Unit => quote!(sdk::types::#ident::#variant_name),
        _ => {
            let value = literal(client, &variant.ty, value)?;
            quote!(sdk::types::#ident::#variant_name(#value))
        }
    })
}

fn object(value: &Value) -> Result<&Map<String, Value>> {
    value.as_object().context("it is no object")
}

fn text(value: &Value) -> Result<&str> {
    value.as_str().context("it is no string")
}
