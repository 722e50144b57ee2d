//! Lists as chains of iterators.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Emitter, is_copied};
use crate::ir::{Elements, PathExpr, PathItem, PathNode, PathStage, PathType, Type, Width};

/// A chain of iterators, whose last `map` may still become a `flat_map`.
struct Chain {
    tokens: TokenStream,
    map: Option<TokenStream>,
}

impl Chain {
    fn new(tokens: TokenStream) -> Self {
        Self { tokens, map: None }
    }

    fn add(&mut self, adaptor: &TokenStream) {
        let before = self.complete();
        self.tokens = quote!(#before #adaptor);
    }

    fn map(&mut self, closure: TokenStream) {
        self.tokens = self.complete();
        self.map = Some(closure);
    }

    fn flatten(&mut self) {
        let before = &self.tokens;
        self.tokens = match self.map.take() {
            Some(closure) => quote!(#before.flat_map(#closure)),
            None => quote!(#before.flatten()),
        };
    }

    fn complete(&mut self) -> TokenStream {
        let before = &self.tokens;
        match self.map.take() {
            Some(closure) => quote!(#before.map(#closure)),
            None => before.clone(),
        }
    }
}

impl Emitter<'_> {
    /// A required list, as an iterator.
    pub(super) fn iterator(&self, list: &PathExpr) -> TokenStream {
        let PathNode::Iterate {
            source,
            what,
            steps,
        } = &list.node
        else {
            let list = self.receiver(list);
            return quote!(#list.into_iter());
        };
        let base = self.base(source);
        self.chain(&base, source, *what, steps)
    }

    /// The beginning of the chain.
    fn base(&self, source: &PathExpr) -> TokenStream {
        match &source.node {
            PathNode::List(parts) => {
                let parts = self.parts(source, parts);
                quote!([#(#parts),*])
            }
            _ => self.receiver(source),
        }
    }

    /// A list as a vector.
    pub(super) fn collected(&self, list: &PathExpr) -> TokenStream {
        let PathNode::Iterate {
            source,
            what,
            steps,
        } = &list.node
        else {
            return self.value(list);
        };
        let vec = self.scope.std("Vec");
        if !source.nullable {
            let chain = self.iterator(list);
            return quote!(#chain.collect::<#vec<_>>());
        }
        let chain = self.chain(&quote!(it), source, *what, steps);
        let fallible = steps.iter().any(is_fallible);
        self.unless_null(
            source,
            fallible,
            false,
            &quote!(#chain.collect::<#vec<_>>()),
        )
    }

    /// The vector of a required list.
    pub(super) fn vector(&self, list: &PathExpr) -> TokenStream {
        if let Some(source) = self.untouched(list)
            && let PathType::Slice(Type::Boolean | Type::Double | Type::Integer(Width::Long)) =
                source.ty
        {
            let source = self.receiver(source);
            return quote!(#source.to_vec());
        }
        let (chain, vec) = (self.iterator(list), self.scope.std("Vec"));
        quote!(#chain.collect::<#vec<_>>())
    }

    /// The source of a list, if no element was filtered or changed.
    pub(super) fn untouched<'e>(&self, list: &'e PathExpr) -> Option<&'e PathExpr> {
        match &list.node {
            PathNode::Iterate { source, steps, .. } if steps.is_empty() => Some(source),
            _ => None,
        }
    }

    fn chain(
        &self,
        base: &TokenStream,
        source: &PathExpr,
        what: Elements,
        steps: &[PathStage],
    ) -> TokenStream {
        let mut chain = match (&source.ty, what) {
            (PathType::Slice(ty), _) => self.elements(quote!(#base.iter()), ty),
            (PathType::Map(_, ty), Elements::Values) => self.elements(quote!(#base.values()), ty),
            (PathType::Map(ty, _), Elements::Keys) => self.elements(quote!(#base.keys()), ty),
            _ => Chain::new(quote!(#base.into_iter())),
        };
        for step in steps {
            self.step(&mut chain, step);
        }
        chain.complete()
    }

    /// References to values of the model, as values.
    fn elements(&self, references: TokenStream, ty: &Type) -> Chain {
        let mut chain = Chain::new(references);
        match ty {
            // A list of lists needs no conversion before flattening.
            Type::List(_) => chain.map(quote!(|it| it.as_slice())),
            Type::Sparse(inner) => {
                let view = self.view(inner);
                chain.map(quote!(|it| it.as_ref() #view));
            }
            ty => {
                if let Some(view) = self.view(ty) {
                    chain.add(&view);
                }
            }
        }
        chain
    }

    fn step(&self, chain: &mut Chain, step: &PathStage) {
        let (some, option, vec) = (
            self.scope.std("Some"),
            self.scope.std("Option"),
            self.scope.std("Vec"),
        );
        // Fails if an element fails.
        let unless_failed = quote!(.collect::<#option<#vec<_>>>()?.into_iter());
        match step {
            PathStage::Each(expr) if expr.node == PathNode::It => match chain.map.take() {
                Some(closure) => chain.add(&quote!(.filter_map(#closure))),
                None => chain.add(&quote!(.flatten())),
            },
            PathStage::Each(expr) | PathStage::Map(expr) => {
                let drops_nulls = matches!(step, PathStage::Each(_)) && expr.nullable;
                let value = self.value(expr);
                match (expr.fallible, drops_nulls) {
                    (false, false) => chain.map(quote!(|it| #value)),
                    (false, true) => chain.add(&quote!(.filter_map(|it| #value))),
                    (true, _) => {
                        chain.add(&quote!(.map(|it| #some(#value)) #unless_failed));
                        if drops_nulls {
                            chain.add(&quote!(.flatten()));
                        }
                    }
                }
            }
            PathStage::Keep(item, condition) => {
                let holds = self.value(condition);
                if condition.fallible {
                    let kept = quote!(.map(|it| #some((#holds).then_some(it))));
                    chain.add(&quote!(#kept #unless_failed .flatten()));
                } else if item.nullable || is_copied(&item.ty) {
                    chain.add(&quote!(.filter(|&it| #holds)));
                } else {
                    chain.add(&quote!(.filter(|it| #holds)));
                }
            }
            PathStage::Flatten(item) => self.flatten(chain, item),
            PathStage::Skip(count) => add_number(chain, "skip", *count),
            PathStage::Take(count) => add_number(chain, "take", *count),
            PathStage::StepBy(count) => add_number(chain, "step_by", *count),
        }
    }

    fn flatten(&self, chain: &mut Chain, item: &PathItem) {
        if item.nullable {
            chain.flatten();
        }
        chain.flatten();
        if let PathType::Slice(ty) = &item.ty {
            let before = chain.complete();
            *chain = self.elements(before, ty);
        }
    }

    /// An element of a list.
    pub(super) fn index(&self, list: &PathExpr, index: i64) -> TokenStream {
        let PathNode::Iterate {
            source,
            what,
            steps,
        } = &list.node
        else {
            let list = self.receiver(list);
            return element(&quote!(#list.into_iter()), index);
        };
        let fallible = steps.iter().any(is_fallible);
        let found = |base: &TokenStream| match (&source.ty, self.untouched(list)) {
            (PathType::Slice(ty), Some(_)) => self.seen(slot(base, index), ty),
            _ => {
                let vec = self.scope.std("Vec");
                let mut chain = self.chain(base, source, *what, steps);
                if index < 0 {
                    chain = quote!(#chain.collect::<#vec<_>>().into_iter());
                }
                element(&chain, index)
            }
        };
        let nulls = match (&list.ty, self.untouched(list)) {
            // The elements may be null, which the references do not show.
            (PathType::List(item), Some(source)) if item.nullable => {
                (!matches!(source.ty, PathType::Slice(_))).then(|| quote!(.flatten()))
            }
            (PathType::List(item), None) if item.nullable => Some(quote!(.flatten())),
            _ => None,
        };
        let found = match source.nullable {
            true => self.unless_null(source, fallible, true, &found(&quote!(it))),
            false => found(&self.base(source)),
        };
        quote!(#found #nulls)
    }
}

/// An element of a double-ended iterator.
fn element(list: &TokenStream, index: i64) -> TokenStream {
    let [first, last, nth] = [quote!(next()), quote!(next_back()), quote!(nth)];
    at(list, index, &[first, last, nth, quote!(rev().nth)])
}

/// An element of a slice.
fn slot(list: &TokenStream, index: i64) -> TokenStream {
    let [first, last, nth] = [quote!(first()), quote!(last()), quote!(get)];
    at(list, index, &[first, last, nth, quote!(iter().rev().nth)])
}

/// The first element, the last one, or one by its distance from the start or the end.
fn at(list: &TokenStream, index: i64, ways: &[TokenStream; 4]) -> TokenStream {
    let [first, last, nth, nth_back] = ways;
    let number = |number: i64| Literal::i64_unsuffixed(number);
    match index {
        0 => quote!(#list.#first),
        -1 => quote!(#list.#last),
        index if index > 0 => {
            let index = number(index);
            quote!(#list.#nth(#index))
        }
        index => {
            let index = number(-(index + 1));
            quote!(#list.#nth_back(#index))
        }
    }
}

fn add_number(chain: &mut Chain, adaptor: &str, count: usize) {
    let adaptor = crate::emit::scope::ident(adaptor);
    let count = Literal::usize_unsuffixed(count);
    chain.add(&quote!(.#adaptor(#count)));
}

fn is_fallible(step: &PathStage) -> bool {
    match step {
        PathStage::Each(expr) | PathStage::Map(expr) | PathStage::Keep(_, expr) => expr.fallible,
        _ => false,
    }
}
