//! Spells types, bounds and functions for the lists.
//!
//! The spelling is normalized for comparison: paths are complete, bounds are sorted, and what does
//! not affect the use of an item (names of parameters, binders, `unsafe`) is omitted.

use std::collections::HashMap;

use rustdoc_types::{
    AssocItemConstraint, AssocItemConstraintKind, Crate, Function, FunctionSignature, GenericArg,
    GenericArgs, GenericBound, GenericParamDef, GenericParamDefKind, Generics, Id, ItemEnum, Path,
    Term, TraitBoundModifier, Type, TypeAlias, WherePredicate,
};

/// Spells signatures.
pub(super) struct Spelling<'a> {
    krate: &'a Crate,
    /// The public paths of the crate's own types.
    public: &'a HashMap<Id, String>,
    /// The arguments for the parameters of the type alias that is being expanded.
    parameters: HashMap<&'a str, String>,
}

impl<'a> Spelling<'a> {
    pub(super) fn new(krate: &'a Crate, public: &'a HashMap<Id, String>) -> Self {
        Self {
            krate,
            public,
            parameters: HashMap::new(),
        }
    }

    /// `fn<T: Bound>(&self, Input) -> Output where …`
    pub(super) fn function(&self, function: &Function) -> String {
        let Function {
            sig,
            generics,
            header,
            has_body: _,
        } = function;
        let is_const = if header.is_const { "const " } else { "" };
        let FunctionSignature {
            inputs,
            output,
            is_c_variadic: _,
        } = sig;
        let inputs = inputs.iter().map(|(name, ty)| match self.ty(ty) {
            ty if name == "self" => ty.replace("Self", "self"),
            ty => ty,
        });
        let output = output
            .as_ref()
            .map_or_else(|| "()".to_owned(), |output| self.ty(output));
        // To callers, a function that returns a future is an `async fn`.
        let (is_async, output) = match awaited(&output) {
            Some(awaited) => ("async ", awaited),
            None if header.is_async => ("async ", output.as_str()),
            None => ("", output.as_str()),
        };
        let (parameters, conditions) = self.generics(generics);
        format!(
            "{is_async}{is_const}fn{parameters}({}) -> {output}{conditions}",
            list(inputs)
        )
    }

    /// `<T: Bound>`, and ` where T: Bound`.
    fn generics(&self, generics: &Generics) -> (String, String) {
        let parameters: Vec<_> = generics
            .params
            .iter()
            .filter_map(|parameter| self.parameter(parameter))
            .collect();
        let conditions = generics
            .where_predicates
            .iter()
            .filter_map(|predicate| match predicate {
                WherePredicate::BoundPredicate { type_, bounds, .. } => {
                    Some(format!("{}: {}", self.ty(type_), self.bounds(bounds)))
                }
                WherePredicate::LifetimePredicate { .. } | WherePredicate::EqPredicate { .. } => {
                    None
                }
            });
        let mut conditions: Vec<_> = conditions.collect();
        conditions.sort();
        let conditions = match conditions.is_empty() {
            true => String::new(),
            false => format!(" where {}", conditions.join(", ")),
        };
        (in_angles(parameters), conditions)
    }

    fn parameter(&self, parameter: &GenericParamDef) -> Option<String> {
        let name = &parameter.name;
        match &parameter.kind {
            GenericParamDefKind::Lifetime { .. } => Some(name.clone()),
            // `impl Trait` in argument position, which is spelled there.
            GenericParamDefKind::Type {
                is_synthetic: true, ..
            } => None,
            GenericParamDefKind::Type { bounds, .. } if bounds.is_empty() => Some(name.clone()),
            GenericParamDefKind::Type { bounds, .. } => {
                Some(format!("{name}: {}", self.bounds(bounds)))
            }
            GenericParamDefKind::Const { .. } => None,
        }
    }

    pub(super) fn ty(&self, ty: &Type) -> String {
        match ty {
            Type::ResolvedPath(path) => self.expanded(path),
            Type::Generic(name) => self.parameters.get(&**name).unwrap_or(name).clone(),
            Type::Primitive(name) => name.clone(),
            Type::Tuple(types) => format!("({})", list(types.iter().map(|ty| self.ty(ty)))),
            Type::Slice(ty) => format!("[{}]", self.ty(ty)),
            Type::Array { type_, len } => format!("[{}; {len}]", self.ty(type_)),
            Type::BorrowedRef {
                lifetime,
                is_mutable,
                type_,
            } => {
                let lifetime = lifetime
                    .as_ref()
                    .map(|it| format!("{} ", self.lifetime(it)));
                let mutable = if *is_mutable { "mut " } else { "" };
                format!(
                    "&{}{mutable}{}",
                    lifetime.unwrap_or_default(),
                    self.ty(type_)
                )
            }
            Type::ImplTrait(bounds) => format!("impl {}", self.bounds(bounds)),
            Type::DynTrait(object) => {
                let traits = object.traits.iter().map(|it| self.path(&it.trait_));
                let lifetime = object.lifetime.iter().map(|it| self.lifetime(it));
                format!("dyn {}", sum(traits.chain(lifetime)))
            }
            Type::QualifiedPath {
                name,
                self_type,
                trait_,
                args: _,
            } => {
                let of = trait_
                    .as_ref()
                    .map(|of| self.own_path(of))
                    .unwrap_or_default();
                format!("<{} as {of}>::{name}", self.ty(self_type))
            }
            Type::FunctionPointer(_) => "fn(..)".to_owned(),
            Type::RawPointer { type_, .. } => format!("*{}", self.ty(type_)),
            Type::Infer => "infer".to_owned(),
            Type::Pat { .. } => "pat".to_owned(),
        }
    }

    /// The path of a type or trait with its arguments.
    pub(super) fn path(&self, path: &Path) -> String {
        self.own_path(path) + &self.arguments(path.args.as_deref())
    }

    /// The path of a type, or its expansion if it is an alias of this crate.
    ///
    /// An alias in a signature makes no difference to users. rustdoc expands private aliases
    /// itself.
    fn expanded(&self, path: &Path) -> String {
        match self.krate.index.get(&path.id).map(|item| &item.inner) {
            Some(ItemEnum::TypeAlias(alias)) => self.expand(alias, path),
            _ => self.path(path),
        }
    }

    fn expand(&self, alias: &'a TypeAlias, path: &Path) -> String {
        let mut arguments = match path.args.as_deref() {
            Some(GenericArgs::AngleBracketed { args, .. }) => args.iter(),
            _ => [].iter(),
        };
        let mut inner = Self::new(self.krate, self.public);
        for GenericParamDef { name, kind } in &alias.generics.params {
            let is_lifetime = matches!(kind, GenericParamDefKind::Lifetime { .. });
            // A path may omit lifetimes even if it has type arguments.
            let given = arguments.as_slice().first();
            let given = given.filter(|it| matches!(it, GenericArg::Lifetime(_)) == is_lifetime);
            let argument = match (given, kind) {
                (Some(given), _) => {
                    arguments.next();
                    self.argument(given)
                }
                (
                    None,
                    GenericParamDefKind::Type {
                        default: Some(default),
                        ..
                    },
                ) => inner.ty(default),
                (None, GenericParamDefKind::Lifetime { .. }) => "'_".to_owned(),
                (None, _) => "_".to_owned(),
            };
            inner.parameters.insert(name, argument);
        }
        inner.ty(&alias.type_)
    }

    /// The path without arguments: the public one of a type of this crate, else that of its
    /// definition.
    fn own_path(&self, path: &Path) -> String {
        if let Some(public) = self.public.get(&path.id) {
            return public.clone();
        }
        match self.krate.paths.get(&path.id) {
            Some(summary) if summary.crate_id == 0 => {
                format!("crate::{}", summary.path[1..].join("::"))
            }
            Some(summary) => summary.path.join("::"),
            None => path.path.clone(),
        }
    }

    fn arguments(&self, arguments: Option<&GenericArgs>) -> String {
        match arguments {
            Some(GenericArgs::AngleBracketed { args, constraints }) => {
                let args = args.iter().map(|argument| self.argument(argument));
                let constraints = constraints.iter().map(|it| self.constraint(it));
                in_angles(args.chain(constraints).collect())
            }
            Some(GenericArgs::Parenthesized { inputs, output }) => {
                let output = output
                    .as_ref()
                    .map(|output| format!(" -> {}", self.ty(output)));
                let inputs = list(inputs.iter().map(|input| self.ty(input)));
                format!("({inputs}){}", output.unwrap_or_default())
            }
            Some(GenericArgs::ReturnTypeNotation) | None => String::new(),
        }
    }

    fn argument(&self, argument: &GenericArg) -> String {
        match argument {
            GenericArg::Type(ty) => self.ty(ty),
            GenericArg::Lifetime(lifetime) => self.lifetime(lifetime),
            GenericArg::Const(constant) => constant.expr.clone(),
            GenericArg::Infer => "_".to_owned(),
        }
    }

    fn constraint(&self, constraint: &AssocItemConstraint) -> String {
        let AssocItemConstraint {
            name,
            args: _,
            binding,
        } = constraint;
        match binding {
            AssocItemConstraintKind::Equality(Term::Type(ty)) => format!("{name}={}", self.ty(ty)),
            AssocItemConstraintKind::Equality(Term::Constant(_)) => format!("{name}=?"),
            AssocItemConstraintKind::Constraint(bounds) => {
                let bounds: Vec<_> = bounds.iter().map(|bound| self.bound(bound)).collect();
                format!("{name}: {}", bounds.join("+"))
            }
        }
    }

    fn bounds(&self, bounds: &[GenericBound]) -> String {
        sum(bounds.iter().map(|bound| self.bound(bound)))
    }

    fn bound(&self, bound: &GenericBound) -> String {
        match bound {
            GenericBound::TraitBound {
                trait_, modifier, ..
            } => {
                let maybe = if *modifier == TraitBoundModifier::Maybe {
                    "?"
                } else {
                    ""
                };
                format!("{maybe}{}", self.path(trait_))
            }
            GenericBound::Outlives(lifetime) => self.lifetime(lifetime),
            GenericBound::Use(_) => "?".to_owned(),
        }
    }

    fn lifetime(&self, lifetime: &str) -> String {
        self.parameters
            .get(lifetime)
            .map_or(lifetime, |it| it)
            .to_owned()
    }
}

fn in_angles(arguments: Vec<String>) -> String {
    if arguments.is_empty() {
        String::new()
    } else {
        format!("<{}>", arguments.join(", "))
    }
}

fn list(types: impl Iterator<Item = String>) -> String {
    types.collect::<Vec<_>>().join(", ")
}

/// Bounds in alphabetical order, because their order has no meaning.
fn sum(bounds: impl Iterator<Item = String>) -> String {
    let mut bounds: Vec<_> = bounds.collect();
    bounds.sort();
    bounds.join(" + ")
}

/// What the future resolves to that a function returns.
fn awaited(output: &str) -> Option<&str> {
    let (_, future) = output.strip_prefix("impl ")?.split_once("Future<Output=")?;
    future.strip_suffix('>')
}
