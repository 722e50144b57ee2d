//! `config/endpoint/partitions.rs`: the partitions as statics, and the lookup by region.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::expressions::{ident, literal};
use crate::ir::endpoints::{
    Endpoints, PartitionAttribute, PartitionOutput, PartitionTable, Pattern, Segment,
};

/// The items of `config/endpoint/partitions.rs`; `None` if no rule uses partitions.
pub fn partitions_file(endpoints: &Endpoints) -> Option<Vec<TokenStream>> {
    let table = endpoints.partitions.as_ref()?;
    let mut items = vec![structure(table), lookup(table)];
    items.extend(classes(table));
    items.extend(table.outputs.iter().map(output));
    Some(items)
}

fn structure(table: &PartitionTable) -> TokenStream {
    let fields = table.attributes.iter().map(|attribute| {
        let name = ident(attribute.field());
        let (docs, r#type) = match attribute {
            PartitionAttribute::Name => (" The name of the partition.", quote!(&'static str)),
            PartitionAttribute::DnsSuffix => (" What host names end with.", quote!(&'static str)),
            PartitionAttribute::DualStackDnsSuffix => (
                " What host names end with if they have addresses of both kinds, IPv4 and IPv6.",
                quote!(&'static str),
            ),
            PartitionAttribute::SupportsFips => {
                (" Whether there are FIPS endpoints.", quote!(bool))
            }
            PartitionAttribute::SupportsDualStack => {
                (" Whether there are endpoints for IPv6.", quote!(bool))
            }
            PartitionAttribute::ImplicitGlobalRegion => (
                " The region that signs for services which have none.",
                quote!(&'static str),
            ),
        };
        quote! {
            #[doc = #docs]
            pub(super) #name: #r#type
        }
    });
    quote! {
        /// A group of regions and their common properties.
        pub(super) struct Partition {
            #(#fields,)*
        }
    }
}

/// The lookup: listed regions first, then patterns, then the fallback.
fn lookup(table: &PartitionTable) -> TokenStream {
    let static_of = |index: &usize| table.outputs[*index].name.ident();
    let wrap = |value: TokenStream| match table.fallback {
        Some(_) => value,
        None => quote!(Some(#value)),
    };
    let listed = table.regions.iter().map(|(regions, index)| {
        let (name, regions) = (static_of(index), regions.iter());
        let found = wrap(quote!(&#name));
        quote!(#(#regions)|* => return #found,)
    });
    let listed = (!table.regions.is_empty()).then(|| {
        quote! {
            match region {
                #(#listed)*
                _ => {}
            }
        }
    });
    let described = table.patterns.iter().map(|(pattern, index)| {
        let name = static_of(index);
        let (pattern, found) = (self::pattern(pattern), wrap(quote!(&#name)));
        quote!(#pattern => #found,)
    });
    let (r#type, otherwise) = match &table.fallback {
        Some(index) => {
            let name = static_of(index);
            (quote!(&'static Partition), quote!(&#name))
        }
        None => (quote!(Option<&'static Partition>), quote!(None)),
    };
    quote! {
        /// Returns the partition of the region.
        pub(super) fn partition_of(region: &str) -> #r#type {
            #listed
            let segments: Vec<&str> = region.split('-').collect();
            match segments[..] {
                #(#described)*
                _ => #otherwise,
            }
        }
    }
}

fn pattern(pattern: &Pattern) -> TokenStream {
    let mut elements = Vec::new();
    let mut guards = Vec::new();
    let (mut words, mut numbers) = (0, 0);
    for segment in &pattern.0 {
        match segment {
            Segment::OneOf(texts) => elements.push(quote!(#(#texts)|*)),
            Segment::Word => {
                let word = numbered("word", &mut words);
                guards.push(quote!(is_word(#word)));
                elements.push(quote!(#word));
            }
            Segment::Digits => {
                let number = numbered("number", &mut numbers);
                guards.push(quote!(is_number(#number)));
                elements.push(quote!(#number));
            }
        }
    }
    let guard = (!guards.is_empty()).then(|| quote!(if #(#guards)&&*));
    quote!([#(#elements),*] #guard)
}

/// `word`, then `word2`.
fn numbered(name: &str, count: &mut usize) -> Ident {
    *count += 1;
    match *count {
        1 => ident(name),
        count => ident(&format!("{name}{count}")),
    }
}

/// The functions for character classes in patterns.
fn classes(table: &PartitionTable) -> Vec<TokenStream> {
    let uses = |segment: Segment| {
        let mut patterns = table.patterns.iter();
        patterns.any(|(pattern, _)| pattern.0.contains(&segment))
    };
    let word = uses(Segment::Word).then(|| {
        quote! {
            fn is_word(segment: &str) -> bool {
                !segment.is_empty()
                    && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            }
        }
    });
    let number = uses(Segment::Digits).then(|| {
        quote! {
            fn is_number(segment: &str) -> bool {
                !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit())
            }
        }
    });
    word.into_iter().chain(number).collect()
}

fn output(output: &PartitionOutput) -> TokenStream {
    let PartitionOutput { name, docs, values } = output;
    let (name, docs) = (name.ident(), format!(" {docs}"));
    let fields = values.iter().map(|(attribute, value)| {
        let (field, value) = (ident(attribute.field()), literal(value));
        quote!(#field: #value)
    });
    quote! {
        #[doc = #docs]
        static #name: Partition = Partition {
            #(#fields,)*
        };
    }
}
