//! Names the item at the path of a change for sentences.

/// The subject of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item<'a> {
    /// The client, or the service as a whole.
    Client,
    /// A method of the client.
    Operation(&'a str),
    /// The return value of a method of the client, and a method of it.
    Call(&'a str, &'a str),
    /// A type.
    Type(&'a str),
    /// A field or variant, with the type that it belongs to.
    Member(Owner<'a>, &'a str),
    /// A number, with the integer enum that it belongs to.
    Number(&'a str, &'a str),
    /// Anything else.
    Other(&'a str),
}

/// The owner of a field or variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner<'a> {
    /// The type's name.
    pub name: &'a str,
    /// Its role.
    pub role: Role<'a>,
}

/// The role of a type. Sentences about the types of an operation name the operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role<'a> {
    /// The input of an operation.
    Input(&'a str),
    /// The output of an operation.
    Output(&'a str),
    /// The error of an operation.
    Error(&'a str),
    /// A shared type.
    Type,
}

impl<'a> Item<'a> {
    /// Reads the path of a change, such as `operation::create_channel::CreateChannelInput::name`.
    pub fn of(path: &'a str) -> Self {
        if let Some((name, value)) = path.split_once(" (i32): ") {
            return Item::Number(name, value);
        }
        let shared = |name, member| {
            let role = Role::Type;
            Item::Member(Owner { name, role }, member)
        };
        let parts: Vec<&str> = path.split("::").collect();
        match parts.as_slice() {
            ["Client"] => Item::Client,
            ["Client", call] => match call.rsplit_once('.') {
                Some((call, method)) => Item::Call(call, method),
                None => Item::Operation(call),
            },
            ["types", "error", name, member] | ["types", name, member] if *name != "error" => {
                shared(name, member)
            }
            ["config", "endpoint", name, member] => shared(name, member),
            ["operation", module, name, member] => {
                let role = Role::of(module, name);
                Item::Member(Owner { name, role }, member)
            }
            ["operation", _, name] | ["types", "error", name] | ["types", name] => Item::Type(name),
            _ => Item::Other(path),
        }
    }

    /// The item as code.
    pub fn code(self) -> String {
        match self {
            Item::Client => "the client".to_owned(),
            Item::Operation(name) | Item::Type(name) | Item::Other(name) => code(name),
            Item::Call(call, method) => code(&format!("{call}.{method}")),
            Item::Member(owner, name) => code(&format!("{}::{name}", owner.name)),
            Item::Number(owner, value) => code(&format!("{owner}: {value}")),
        }
    }

    /// The name without the owner.
    pub fn name(self) -> String {
        match self {
            Item::Call(_, name) | Item::Member(_, name) | Item::Number(_, name) => code(name),
            Item::Other(path) => code(path.rsplit("::").next().unwrap_or(path)),
            Item::Client | Item::Operation(_) | Item::Type(_) => self.code(),
        }
    }

    /// The owner.
    pub fn owner(self) -> String {
        match self {
            Item::Call(call, _) => code(call),
            Item::Number(owner, _) => code(owner),
            Item::Member(owner, _) => match owner.role {
                Role::Input(method) | Role::Output(method) | Role::Error(method) => code(method),
                Role::Type => code(owner.name),
            },
            Item::Client | Item::Operation(_) | Item::Type(_) | Item::Other(_) => self.code(),
        }
    }
}

impl<'a> Role<'a> {
    /// The role of a type in the module of an operation.
    fn of(module: &'a str, name: &str) -> Self {
        if name.ends_with("Input") {
            Role::Input(module)
        } else if name.ends_with("Output") {
            Role::Output(module)
        } else {
            Role::Error(module)
        }
    }
}

/// Text as code.
pub fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}
