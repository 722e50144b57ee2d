//! The public items of a crate, one line each.

use std::collections::{BTreeSet, HashMap, HashSet};

use rustdoc_types::{
    Attribute, Crate, Enum, Id, Impl, Item, ItemEnum, Module, Struct, StructKind, Trait, Use,
    VariantKind, Visibility,
};

use super::spelling::Spelling;

/// Lists what users of `krate` can name, as `kind path: signature`.
///
/// The crate's own name is replaced with `crate`, so that lists of different crates can be
/// compared. An item is listed under every public path, and types in signatures are spelled by
/// their shortest public path. Private modules appear only in paths of items that have no public
/// path.
pub(super) fn list(krate: &Crate) -> BTreeSet<String> {
    let reached = Walk::of(krate);
    let public = public_paths(&reached);
    let lister = Lister {
        krate,
        spelling: Spelling::new(krate, &public),
    };
    reached
        .iter()
        .flat_map(|reached| lister.lines(reached))
        .collect()
}

/// An item, and one public path that leads to it.
struct Reached<'a> {
    path: String,
    item: &'a Item,
}

/// Follows modules and re-exports from the crate's root.
struct Walk<'a> {
    krate: &'a Crate,
    seen: HashSet<(Id, String)>,
    reached: Vec<Reached<'a>>,
}

impl<'a> Walk<'a> {
    fn of(krate: &'a Crate) -> Vec<Reached<'a>> {
        let mut walk = Self {
            krate,
            seen: HashSet::new(),
            reached: Vec::new(),
        };
        if let Some(Item {
            inner: ItemEnum::Module(root),
            ..
        }) = krate.index.get(&krate.root)
        {
            root.items
                .iter()
                .for_each(|id| walk.visit(*id, "crate", None));
        }
        walk.reached
    }

    /// Visits the item `id` in the module `parent`, where a re-export may have given it a new name.
    fn visit(&mut self, id: Id, parent: &str, rename: Option<&str>) {
        let Some(item) = self.krate.index.get(&id).filter(|item| !is_hidden(item)) else {
            return;
        };
        if let ItemEnum::Use(import) = &item.inner {
            return self.follow(item, import, parent);
        }
        if !matches!(item.visibility, Visibility::Public | Visibility::Default) {
            return;
        }
        let name = rename.or(item.name.as_deref()).unwrap_or_default();
        let path = format!("{parent}::{name}");
        if !self.seen.insert((id, path.clone())) {
            return;
        }
        self.reached.push(Reached {
            path: path.clone(),
            item,
        });
        if let ItemEnum::Module(module) = &item.inner {
            module
                .items
                .iter()
                .for_each(|id| self.visit(*id, &path, None));
        }
    }

    fn follow(&mut self, item: &'a Item, import: &'a Use, parent: &str) {
        if item.visibility != Visibility::Public {
            return;
        }
        match import.id.and_then(|id| self.krate.index.get(&id)) {
            Some(target) if import.is_glob => {
                contents(target)
                    .iter()
                    .for_each(|id| self.visit(*id, parent, None));
            }
            Some(target) => self.visit(target.id, parent, Some(&import.name)),
            // An item of another crate is not in this crate's documentation, but its re-export is.
            None => self.reached.push(Reached {
                path: format!("{parent}::{}", import.name),
                item,
            }),
        }
    }
}

/// The items that a glob import of `target` imports.
fn contents(target: &Item) -> &[Id] {
    match &target.inner {
        ItemEnum::Module(Module { items, .. }) | ItemEnum::Trait(Trait { items, .. }) => items,
        ItemEnum::Enum(Enum { variants, .. }) => variants,
        _ => &[],
    }
}

/// The shortest path of every type and trait that can be named in a signature.
fn public_paths(reached: &[Reached<'_>]) -> HashMap<Id, String> {
    let mut paths: HashMap<Id, String> = HashMap::new();
    for Reached { path, item } in reached {
        let is_named_in_signatures = matches!(
            item.inner,
            ItemEnum::Struct(_) | ItemEnum::Enum(_) | ItemEnum::Trait(_) | ItemEnum::TypeAlias(_)
        );
        if is_named_in_signatures {
            let shortest = paths.entry(item.id).or_insert_with(|| path.clone());
            if path.len() < shortest.len() {
                shortest.clone_from(path);
            }
        }
    }
    paths
}

/// Writes the lines of single items.
struct Lister<'a> {
    krate: &'a Crate,
    spelling: Spelling<'a>,
}

impl Lister<'_> {
    fn lines(&self, Reached { path, item }: &Reached<'_>) -> Vec<String> {
        match &item.inner {
            ItemEnum::Module(_) => vec![format!("mod {path}")],
            ItemEnum::Struct(structure) => self.structure(path, structure),
            ItemEnum::Enum(enumeration) => self.enumeration(path, enumeration),
            ItemEnum::Trait(definition) => self.definition(path, definition),
            ItemEnum::Function(function) => {
                vec![format!("fn {path}: {}", self.spelling.function(function))]
            }
            ItemEnum::TypeAlias(alias) => {
                vec![format!("type {path} = {}", self.spelling.ty(&alias.type_))]
            }
            ItemEnum::Constant { .. } | ItemEnum::Static(_) => vec![format!("const {path}")],
            ItemEnum::Macro(_) => vec![format!("macro {path}")],
            ItemEnum::Use(Use { source, .. }) => {
                let source = source.rsplit("::").next().unwrap_or_default();
                vec![format!("use {path} = {source}")]
            }
            _ => Vec::new(),
        }
    }

    fn structure(&self, path: &str, structure: &Struct) -> Vec<String> {
        let fields: &[Id] = match &structure.kind {
            StructKind::Plain { fields, .. } => fields,
            StructKind::Unit | StructKind::Tuple(_) => &[],
        };
        let fields = self
            .items(fields)
            .filter(|field| field.visibility == Visibility::Public);
        let fields = fields
            .filter(|field| !is_hidden(field))
            .filter_map(|field| {
                let ItemEnum::StructField(ty) = &field.inner else {
                    return None;
                };
                Some(format!(
                    "field {path}.{}: {}",
                    name(field),
                    self.spelling.ty(ty)
                ))
            });
        let mut lines = vec![format!("struct {path}")];
        lines.extend(fields);
        lines.extend(self.impls(path, &structure.impls));
        lines
    }

    fn enumeration(&self, path: &str, enumeration: &Enum) -> Vec<String> {
        let variants = self
            .items(&enumeration.variants)
            .filter(|variant| !is_hidden(variant));
        let variants = variants.filter_map(|variant| {
            let ItemEnum::Variant(kind) = &variant.inner else {
                return None;
            };
            let content = match &kind.kind {
                VariantKind::Tuple(fields) => self.tuple(fields),
                VariantKind::Plain | VariantKind::Struct { .. } => String::new(),
            };
            Some(format!("variant {path}::{}{content}", name(variant)))
        });
        let mut lines = vec![format!("enum {path}")];
        lines.extend(variants);
        lines.extend(self.impls(path, &enumeration.impls));
        lines
    }

    /// The fields of a tuple variant, hidden ones as `_`.
    fn tuple(&self, fields: &[Option<Id>]) -> String {
        let fields = fields.iter().map(|id| {
            let field = id.and_then(|id| self.krate.index.get(&id));
            match field.map(|field| &field.inner) {
                Some(ItemEnum::StructField(ty)) => self.spelling.ty(ty),
                _ => "_".to_owned(),
            }
        });
        format!("({})", fields.collect::<Vec<_>>().join(", "))
    }

    fn definition(&self, path: &str, definition: &Trait) -> Vec<String> {
        let functions = self.items(&definition.items).filter_map(|item| {
            let ItemEnum::Function(function) = &item.inner else {
                return None;
            };
            Some(format!(
                "traitfn {path}::{}: {}",
                name(item),
                self.spelling.function(function)
            ))
        });
        [format!("trait {path}")]
            .into_iter()
            .chain(functions)
            .collect()
    }

    /// The methods of a type and the traits that it implements explicitly.
    ///
    /// rustdoc lists an `impl From<A> for B` for `A` as well, and so do the official lists.
    fn impls(&self, path: &str, ids: &[Id]) -> Vec<String> {
        let impls = self.items(ids).filter_map(|item| match &item.inner {
            ItemEnum::Impl(implementation) => Some(implementation),
            _ => None,
        });
        let written = impls.filter(|it| !it.is_synthetic && it.blanket_impl.is_none());
        written
            .flat_map(|it| self.implementation(path, it))
            .collect()
    }

    fn implementation(&self, path: &str, implementation: &Impl) -> Vec<String> {
        if let Some(implemented) = &implementation.trait_ {
            let implemented = self.spelling.path(implemented);
            // The compiler adds it to a derived `PartialEq`.
            if implemented == "core::marker::StructuralPartialEq" {
                return Vec::new();
            }
            return vec![format!("impl {implemented} for {path}")];
        }
        let items = self.items(&implementation.items);
        let public = items.filter(|item| item.visibility == Visibility::Public);
        let lines = public.filter_map(|item| match &item.inner {
            ItemEnum::Function(function) => Some(format!(
                "method {path}::{}: {}",
                name(item),
                self.spelling.function(function)
            )),
            ItemEnum::AssocConst { .. } => Some(format!("const {path}::{}", name(item))),
            _ => None,
        });
        lines.collect()
    }

    /// The items with these ids that rustdoc has not stripped.
    fn items<'a>(&'a self, ids: &'a [Id]) -> impl Iterator<Item = &'a Item> {
        ids.iter().filter_map(|id| self.krate.index.get(id))
    }
}

fn name(item: &Item) -> &str {
    item.name.as_deref().unwrap_or_default()
}

fn is_hidden(item: &Item) -> bool {
    let is_hiding =
        |attr: &Attribute| matches!(attr, Attribute::Other(text) if text.contains("doc(hidden)"));
    item.attrs.iter().any(is_hiding)
}
