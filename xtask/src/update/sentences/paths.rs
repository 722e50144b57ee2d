//! What the path of a change is about, in the words of a sentence.

/// Something that a sentence is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item<'a> {
    /// The client, or the service as a whole.
    Client,
    /// A method of the client.
    Operation(&'a str),
    /// What a method of the client returns, and a method of that.
    Call(&'a str, &'a str),
    /// A type.
    Type(&'a str),
    /// A field or variant, with the type that it belongs to.
    Member(Owner<'a>, &'a str),
    /// A number, with the integer enum that it belongs to.
    Number(&'a str, &'a str),
    /// Anything else, as it is.
    Other(&'a str),
}

/// What has a field or variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owner<'a> {
    /// The type's name.
    pub name: &'a str,
    /// What it is.
    pub role: Role<'a>,
}

/// Types of an operation are spoken of as the operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role<'a> {
    /// What the operation takes.
    Input(&'a str),
    /// What the operation returns.
    Output(&'a str),
    /// Why the operation fails.
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

    /// As code in a sentence.
    pub fn code(self) -> String {
        match self {
            Item::Client => "the client".to_owned(),
            Item::Operation(name) | Item::Type(name) | Item::Other(name) => code(name),
            Item::Call(call, method) => code(&format!("{call}.{method}")),
            Item::Member(owner, name) => code(&format!("{}::{name}", owner.name)),
            Item::Number(owner, value) => code(&format!("{owner}: {value}")),
        }
    }

    /// The name without what it belongs to.
    pub fn name(self) -> String {
        match self {
            Item::Call(_, name) | Item::Member(_, name) | Item::Number(_, name) => code(name),
            Item::Other(path) => code(path.rsplit("::").next().unwrap_or(path)),
            Item::Client | Item::Operation(_) | Item::Type(_) => self.code(),
        }
    }

    /// What it belongs to.
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
    /// A type in the module of an operation is one of three.
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
