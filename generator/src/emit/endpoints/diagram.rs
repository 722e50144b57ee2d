//! The rules as a decision diagram: a function for each condition and each result, and the nodes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::expressions::ident;
use super::rules::{Position, block, condition};
use crate::ir::endpoints::{
    Block, Condition, Diagram, DiagramNode, Endpoints, Outcome, RuleFunction, Statement,
};

/// The items of `config/endpoint/rules.rs` after its imports.
pub(super) fn items(endpoints: &Endpoints, diagram: &Diagram) -> Vec<TokenStream> {
    let chains = endpoints.has_let_chains;
    let (conditions, results) = endpoints.functions.split_at(diagram.conditions);
    let result = quote!(Result<Endpoint, ResolveEndpointError>);
    let root = Literal::i32_unsuffixed(diagram.root);
    let mut items = vec![
        quote! {
            /// The endpoint for these parameters.
            pub(super) fn resolve(params: &Params) -> #result {
                match decide(&NODES, #root, |index| CONDITIONS[index](params)) {
                    Some(index) => RESULTS[index](params),
                    None => no_endpoint("No endpoint rule matched"),
                }
            }
        },
        table(
            "The conditions of the diagram.",
            "CONDITIONS",
            quote!(fn(&Params) -> bool),
            conditions,
        ),
        table(
            "The results of the diagram.",
            "RESULTS",
            quote!(fn(&Params) -> #result),
            results,
        ),
        nodes(&diagram.nodes),
    ];
    items.extend(
        conditions
            .iter()
            .map(|it| function(it, &quote!(bool), chains)),
    );
    items.extend(results.iter().map(|it| function(it, &result, chains)));
    items
}

fn table(docs: &str, name: &str, of: TokenStream, functions: &[RuleFunction]) -> TokenStream {
    let docs = format!(" {docs}");
    let name = ident(name);
    let count = Literal::usize_unsuffixed(functions.len());
    let functions = functions.iter().map(|function| ident(&function.name));
    quote! {
        #[doc = #docs]
        static #name: [#of; #count] = [#(#functions),*];
    }
}

fn nodes(nodes: &[DiagramNode]) -> TokenStream {
    let count = Literal::usize_unsuffixed(nodes.len());
    let rows = nodes.iter().map(|node| {
        let condition = Literal::usize_unsuffixed(node.condition);
        let (high, low) = (
            Literal::i32_unsuffixed(node.high),
            Literal::i32_unsuffixed(node.low),
        );
        quote!((#condition, #high, #low))
    });
    quote! {
        /// The nodes of the diagram.
        static NODES: [Node; #count] = [#(#rows),*];
    }
}

fn function(function: &RuleFunction, returns: &TokenStream, chains: bool) -> TokenStream {
    let docs = format!(" {}", function.docs);
    let name = ident(&function.name);
    let params = ident(if function.reads_params {
        "params"
    } else {
        "_params"
    });
    let body = match plain(&function.body) {
        Some(conditions) => {
            let conditions = conditions.iter().map(condition);
            quote!(#(#conditions)&&*)
        }
        None => block(&function.body, Position::Function, chains),
    };
    quote! {
        #[doc = #docs]
        fn #name(#params: &Params) -> #returns {
            #body
        }
    }
}

/// The conditions of a function that checks only conditions and sets no variables.
fn plain(body: &Block) -> Option<&[Condition]> {
    let [Statement::Guard { conditions, block }] = body.statements.as_slice() else {
        return None;
    };
    let sets_none = conditions
        .iter()
        .all(|it| matches!(it, Condition::Holds(_)));
    let is_plain = block.statements.is_empty()
        && block.outcome == Outcome::Boolean(true)
        && body.outcome == Outcome::Boolean(false);
    (sets_none && is_plain).then_some(conditions)
}
