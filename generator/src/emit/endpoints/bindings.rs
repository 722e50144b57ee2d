//! How operations set the parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::expressions::literal;
use crate::emit::scope::Scope;
use crate::ir::endpoints::{
    BoundText, BoundValue, InputPath, InputStep, ListStep, Literal, Otherwise, ParameterBinding,
};

/// The operation's `endpoint_params`, which sets the parameters that the operation binds; `None` if
/// it binds none.
///
/// `builder` is the spelling of `ParamsBuilder` in the operation's file.
pub(crate) fn endpoint_params(
    scope: &Scope<'_>,
    bindings: &[ParameterBinding],
    builder: &TokenStream,
) -> Option<TokenStream> {
    if bindings.is_empty() {
        return None;
    }
    let kept: Vec<_> = bindings.iter().filter_map(|it| kept(scope, it)).collect();
    let set = bindings.iter().filter_map(|it| set(scope, it));
    let mutable = (!kept.is_empty()).then(|| quote!(mut));
    let reads_input = |binding: &ParameterBinding| matches!(binding.value, BoundValue::Input(..));
    let input = if bindings.iter().any(reads_input) {
        quote!(input)
    } else {
        quote!(_input)
    };
    Some(quote! {
        #[inline]
        fn endpoint_params(#mutable params: #builder, #input: &Self::Input) -> #builder {
            #(#kept)*
            params #(#set)*
        }
    })
}

/// Sets a parameter if the input has a value for it.
fn kept(scope: &Scope<'_>, binding: &ParameterBinding) -> Option<TokenStream> {
    let BoundValue::Input(path, Otherwise::Keep) = &binding.value else {
        return None;
    };
    let (name, value) = (binding.parameter.field(), self::value(scope, path));
    let some = scope.std("Some");
    Some(quote! {
        if let #some(bound) = #value {
            params = params.#name(bound);
        }
    })
}

/// Sets a parameter to what the input contains, even if it is not set.
fn set(scope: &Scope<'_>, binding: &ParameterBinding) -> Option<TokenStream> {
    let (name, set) = (binding.parameter.field(), binding.parameter.set());
    match &binding.value {
        BoundValue::Static(Literal::StringArray(items)) => {
            let (some, vec) = (scope.std("Some"), scope.std("Vec"));
            let list = match items.as_slice() {
                [] => quote!(#vec::new()),
                items => quote!(#vec::from([#(#items.to_owned()),*])),
            };
            Some(quote!(.#set(#some(#list))))
        }
        BoundValue::Static(value) => {
            let value = literal(value);
            Some(quote!(.#name(#value)))
        }
        BoundValue::Input(path, Otherwise::Unset) => {
            let value = value(scope, path);
            Some(quote!(.#set(#value)))
        }
        BoundValue::Input(_, Otherwise::Keep) => None,
    }
}

/// The value of a path, as an `Option`.
fn value(scope: &Scope<'_>, path: &InputPath) -> TokenStream {
    let input = quote!(input);
    match path {
        InputPath::Flag(steps) => owned(scope, steps, &quote!(), &quote!(.copied())),
        InputPath::Text(steps, BoundText::String) => {
            owned(scope, steps, &quote!(.clone()), &quote!(.cloned()))
        }
        InputPath::Text(steps, BoundText::Enum) => {
            let reached = reach(scope, &input, steps);
            quote!(#reached.map(|value| value.as_str().to_owned()))
        }
        InputPath::List(base, steps, BoundText::String) if *steps == [ListStep::Elements] => {
            owned(scope, base, &quote!(.clone()), &quote!(.cloned()))
        }
        InputPath::List(base, steps, text) => {
            let texts = match text {
                BoundText::String => quote!(.cloned()),
                BoundText::Enum => quote!(.map(|value| value.as_str().to_owned())),
            };
            if base.is_empty() {
                let list = list(scope, &input, steps);
                let some = scope.std("Some");
                return quote!(#some(#list #texts.collect()));
            }
            let base = reach(scope, &input, base);
            let list = list(scope, &quote!(value), steps);
            quote!(#base.map(|value| #list #texts.collect()))
        }
    }
}

/// The value of the steps: `of_field` converts an optional field, and `of_reference` an `Option` of
/// a reference.
fn owned(
    scope: &Scope<'_>,
    steps: &[InputStep],
    of_field: &TokenStream,
    of_reference: &TokenStream,
) -> TokenStream {
    let input = quote!(input);
    match steps {
        [
            InputStep::Field {
                name,
                optional: true,
            },
        ] => {
            let name = name.field();
            quote!(input.#name #of_field)
        }
        [
            before @ ..,
            InputStep::Field {
                name,
                optional: true,
            },
        ] => {
            let (before, name) = (reach(scope, &input, before), name.field());
            quote!(#before.and_then(|value| value.#name #of_field))
        }
        steps => {
            let reached = reach(scope, &input, steps);
            quote!(#reached #of_reference)
        }
    }
}

/// An `Option` of a reference to the value of the steps.
fn reach(scope: &Scope<'_>, from: &TokenStream, steps: &[InputStep]) -> TokenStream {
    let some = scope.std("Some");
    let mut reached = TokenStream::new();
    for (index, step) in steps.iter().enumerate() {
        let is_first = index == 0;
        let (part, optional) = match step {
            InputStep::Field { name, optional } => {
                let name = name.field();
                match (optional, is_first) {
                    (true, true) => (quote!(#from.#name.as_ref()), true),
                    (true, false) => (quote!(value.#name.as_ref()), true),
                    (false, true) => (quote!(#some(&#from.#name)), true),
                    (false, false) => (quote!(&value.#name), false),
                }
            }
            InputStep::Variant(name) => {
                let r#as = name.r#as();
                if is_first {
                    (quote!(#from.#r#as().ok()), true)
                } else {
                    (quote!(value.#r#as().ok()), true)
                }
            }
        };
        reached = match (is_first, optional) {
            (true, _) => part,
            (false, true) => quote!(#reached.and_then(|value| #part)),
            (false, false) => quote!(#reached.map(|value| #part)),
        };
    }
    reached
}

/// An iterator over references to the values of the steps.
fn list(scope: &Scope<'_>, from: &TokenStream, steps: &[ListStep]) -> TokenStream {
    let mut list = TokenStream::new();
    for (index, step) in steps.iter().enumerate() {
        let item = if index == 0 {
            from.clone()
        } else {
            quote!(item)
        };
        list = match step {
            ListStep::Elements => quote!(#from.iter()),
            ListStep::Keys => quote!(#from.keys()),
            ListStep::Values => quote!(#from.values()),
            ListStep::Flatten => quote!(#list.flatten()),
            ListStep::Reach(steps) if steps.iter().all(is_always_there) => {
                let fields = steps.iter().filter_map(|step| match step {
                    InputStep::Field { name, .. } => Some(name.field()),
                    InputStep::Variant(_) => None,
                });
                quote!(#list.map(|item| &#item #(.#fields)*))
            }
            ListStep::Reach(steps) => {
                let reached = reach(scope, &item, steps);
                quote!(#list.filter_map(|item| #reached))
            }
            ListStep::Select(parts) => {
                let parts = parts.iter().map(|part| reach(scope, &item, part));
                let selected = quote!([#(#parts),*].into_iter().flatten());
                if index == 0 {
                    selected
                } else {
                    quote!(#list.flat_map(|item| #selected))
                }
            }
        };
    }
    list
}

fn is_always_there(step: &InputStep) -> bool {
    match step {
        InputStep::Field { optional, .. } => !optional,
        InputStep::Variant(_) => false,
    }
}
