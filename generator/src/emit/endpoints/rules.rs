//! `config/endpoint/rules.rs`: the rules as functions.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::diagram;
use super::expressions::{expression, ident, into_document};
use crate::ir::endpoints::{
    AuthScheme, Block, Condition, Endpoint, EndpointFunction, Endpoints, Function, LibraryFile,
    Mentions, Outcome, Record, RuleFunction, Statement, Variable, VariableType,
};

/// The items of `config/endpoint/rules.rs`.
pub fn rules_file(endpoints: &Endpoints) -> Vec<TokenStream> {
    let mut items = imports(endpoints);
    if let Some(diagram) = &endpoints.diagram {
        items.extend(diagram::items(endpoints, diagram));
        items.extend(endpoints.shared.iter().map(shared));
        return items;
    }
    let (entry, subtrees) = match endpoints.functions.split_first() {
        Some((entry, subtrees)) => (Some(entry), subtrees),
        None => (None, [].as_slice()),
    };
    let chains = endpoints.has_let_chains;
    items.extend(entry.map(|function| self::entry(function, chains)));
    items.extend(subtrees.iter().map(|function| subtree(function, chains)));
    items.extend(endpoints.shared.iter().map(shared));
    items
}

/// The imports of the functions: from the standard library, the runtime and this crate.
fn imports(endpoints: &Endpoints) -> Vec<TokenStream> {
    let Mentions {
        functions: _,
        records: _,
        endpoint_at: _,
        no_endpoint: _,
        auth_scheme,
        document,
        map,
    } = &endpoints.mentions;
    let map = map.then(|| {
        quote!(
            use std::collections::HashMap;
        )
    });
    let cow = (!endpoints.shared.is_empty()).then(|| {
        quote!(
            use std::borrow::Cow;
        )
    });
    let document = document.then(|| {
        quote!(
            use aws_smithy_types::Document;
        )
    });
    let endpoint = if *auth_scheme {
        quote!({Endpoint, EndpointAuthScheme})
    } else {
        quote!(Endpoint)
    };
    let runtime = quote! {
        use aws_smithy_http::endpoint::ResolveEndpointError;
        #document
        use aws_smithy_types::endpoint::#endpoint;
    };
    let own = own_imports(endpoints);
    let std = (cow.is_some() || map.is_some()).then(|| quote!(#cow #map));
    std.into_iter().chain([runtime, own]).collect()
}

/// The imports from this crate.
fn own_imports(endpoints: &Endpoints) -> TokenStream {
    let mentions = &endpoints.mentions;
    let mut own: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut mention = |module, name| own.entry(module).or_default().push(name);
    for record in &mentions.records {
        match record {
            Record::Arn => mention("arn", "Arn"),
            Record::Partition => mention("partitions", "Partition"),
            Record::Url => mention("url", "Url"),
        }
    }
    for function in &mentions.functions {
        mention(function.module(), function.name());
    }
    if endpoints.diagram.is_some() {
        mention(LibraryFile::Diagram.stem(), "Node");
        mention(LibraryFile::Diagram.stem(), "decide");
    }
    let results = match mentions.endpoint_at {
        true => LibraryFile::Found,
        false => LibraryFile::Failed,
    };
    if mentions.endpoint_at {
        mention(results.stem(), "endpoint_at");
    }
    if mentions.no_endpoint {
        mention(results.stem(), "no_endpoint");
    }
    let own = own.into_iter().map(|(module, names)| {
        let module = ident(module);
        let names = names.into_iter().map(ident);
        quote!(use super::#module::{#(#names),*};)
    });
    quote!(use super::Params; #(#own)*)
}

fn entry(function: &RuleFunction, chains: bool) -> TokenStream {
    let RuleFunction {
        name,
        docs,
        arguments: _,
        reads_params,
        body,
    } = function;
    let docs = format!(" {docs}");
    let name = ident(name);
    let params = ident(if *reads_params { "params" } else { "_params" });
    let body = block(body, Position::Function, chains);
    quote! {
        #[doc = #docs]
        pub(super) fn #name(#params: &Params) -> Result<Endpoint, ResolveEndpointError> {
            #body
        }
    }
}

fn subtree(function: &RuleFunction, chains: bool) -> TokenStream {
    let RuleFunction {
        name,
        docs,
        arguments,
        reads_params,
        body,
    } = function;
    let docs = format!(" {docs}");
    let name = ident(name);
    let params = reads_params.then(|| quote!(params: &Params));
    let arguments = params.into_iter().chain(arguments.iter().map(argument));
    let body = block(body, Position::Function, chains);
    quote! {
        #[doc = #docs]
        fn #name(#(#arguments),*) -> Result<Endpoint, ResolveEndpointError> {
            #body
        }
    }
}

/// A function that makes the endpoints of several rules.
fn shared(function: &EndpointFunction) -> TokenStream {
    let EndpointFunction {
        name,
        docs,
        url,
        texts,
        endpoint,
    } = function;
    let docs = format!(" {docs}");
    let (name, url) = (ident(name), url.field());
    let texts = texts.iter().map(|text| text.field());
    let endpoint = self::endpoint(endpoint);
    quote! {
        #[doc = #docs]
        fn #name(
            #url: impl Into<Cow<'static, str>>,
            #(#texts: &str),*
        ) -> Result<Endpoint, ResolveEndpointError> {
            Ok(#endpoint)
        }
    }
}

fn argument(variable: &Variable) -> TokenStream {
    let name = variable.name.field();
    let r#type = match variable.holds {
        VariableType::Text | VariableType::OwnedText => quote!(&str),
        VariableType::Flag => quote!(bool),
        VariableType::Texts => quote!(&[&str]),
        VariableType::Strings => quote!(&[String]),
        VariableType::Record(Record::Arn) => quote!(&Arn<'_>),
        VariableType::Record(Record::Partition) => quote!(&'static Partition),
        VariableType::Record(Record::Url) => quote!(&Url<'_>),
    };
    quote!(#name: #r#type)
}

/// The position of a block, which determines how it returns.
#[derive(Clone, Copy)]
pub(super) enum Position {
    /// It is a function's body: its last expression is the return value.
    Function,
    /// It is the body of an `if`.
    Guard,
}

/// Prints a block. `chains` is whether an `if` may contain `let` among several conditions.
pub(super) fn block(block: &Block, position: Position, chains: bool) -> TokenStream {
    let Block {
        statements,
        outcome,
    } = block;
    let statements = statements.iter().map(|it| statement(it, chains));
    let outcome = self::outcome(outcome);
    match position {
        Position::Function => quote!(#(#statements)* #outcome),
        Position::Guard => quote!(#(#statements)* return #outcome;),
    }
}

fn statement(statement: &Statement, chains: bool) -> TokenStream {
    match statement {
        Statement::Let(variable, value) => {
            let (name, value) = (variable.name.field(), expression(value));
            quote!(let #name = #value;)
        }
        Statement::Guard { conditions, block } => {
            let body = self::block(block, Position::Guard, chains);
            // A block that returns can be nested without changing the meaning.
            let each = conditions.chunks(if chains { conditions.len().max(1) } else { 1 });
            each.rev().fold(body, |body, conditions| {
                let conditions = conditions.iter().map(condition);
                quote!(if #(#conditions)&&* { #body })
            })
        }
    }
}

pub(super) fn condition(condition: &Condition) -> TokenStream {
    match condition {
        Condition::Holds(value) => expression(value),
        Condition::Bind(variable, value) => {
            let (name, value) = (variable.name.field(), expression(value));
            quote!(let Some(#name) = #value)
        }
        Condition::Let(variable, value) => {
            let (name, value) = (variable.name.field(), expression(value));
            quote!(let #name = #value)
        }
    }
}

fn outcome(outcome: &Outcome) -> TokenStream {
    match outcome {
        Outcome::At(url) => {
            let url = expression(url);
            quote!(endpoint_at(#url))
        }
        Outcome::Endpoint(endpoint) => {
            let endpoint = self::endpoint(endpoint);
            quote!(Ok(#endpoint))
        }
        Outcome::Error(text) => {
            let text = expression(text);
            quote!(no_endpoint(#text))
        }
        Outcome::Boolean(value) => quote!(#value),
        Outcome::Exhausted => quote!(no_endpoint("No endpoint rule matched")),
        Outcome::Call {
            function,
            reads_params,
            arguments,
        } => {
            let function = ident(function);
            let params = reads_params.then(|| quote!(params));
            let arguments = params.into_iter().chain(arguments.iter().map(expression));
            quote!(#function(#(#arguments),*))
        }
    }
}

fn endpoint(endpoint: &Endpoint) -> TokenStream {
    let Endpoint {
        url,
        headers,
        auth_schemes,
        properties,
    } = endpoint;
    let url = expression(url);
    let headers = headers.iter().map(|(name, value)| {
        let value = expression(value);
        quote!(.header(#name, #value))
    });
    let auth_schemes = auth_schemes.iter().map(auth_scheme);
    let properties = properties.iter().map(|(name, value)| {
        let value = into_document(value);
        quote!(.property(#name, #value))
    });
    quote! {
        Endpoint::builder()
            .url(#url)
            #(#headers)*
            #(.auth_scheme(#auth_schemes))*
            #(#properties)*
            .build()
    }
}

fn auth_scheme(scheme: &AuthScheme) -> TokenStream {
    let AuthScheme { name, properties } = scheme;
    let name = expression(name);
    let capacity = proc_macro2::Literal::usize_unsuffixed(properties.len());
    let properties = properties.iter().map(|(name, value)| {
        let value = into_document(value);
        quote!(.put(#name, #value))
    });
    quote!(EndpointAuthScheme::with_capacity(#name, #capacity) #(#properties)*)
}

impl Function {
    /// The module of the generated crate that has the function.
    fn module(self) -> &'static str {
        match self {
            Function::IsValidHostLabel => LibraryFile::Host.stem(),
            Function::IsVirtualHostableS3Bucket => LibraryFile::Bucket.stem(),
            Function::ParseArn => LibraryFile::Arn.stem(),
            Function::ParseUrl => LibraryFile::Url.stem(),
            Function::Partition => "partitions",
            Function::Split => LibraryFile::Split.stem(),
            Function::Substring => LibraryFile::Substring.stem(),
            Function::UriEncode => LibraryFile::Encoding.stem(),
        }
    }
}
