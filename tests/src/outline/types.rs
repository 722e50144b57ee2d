//! Structures, unions and enums.

use super::*;

impl Outline<'_> {
    pub(super) fn structure(&mut self, structure: &Structure) {
        let Structure {
            name,
            home,
            gate,
            docs,
            deprecated,
            fields,
            build,
            redaction,
            schema,
            error,
        } = structure;
        let home = match home {
            Home::Types => "types",
            Home::Error => "types::error",
            Home::OperationInput(_) => "input",
            Home::OperationOutput(_) => "output",
        };
        self.line(format!("\nstructure {name} ({home}) [{schema}]"));
        self.gate(*gate);
        self.docs(docs, "  ");
        self.deprecated(deprecated.as_ref(), "  ");
        if let Some(ErrorShape {
            codes,
            retry,
            sensitive,
        }) = error
        {
            let retry = retry.map(|retry| format!(", retried as {retry:?}"));
            let codes = codes.join(" or ");
            self.line(format!("  code: {codes}{}", retry.unwrap_or_default()));
            if *sensitive {
                self.line("  its text is sensitive");
            }
        }
        if *build == Build::Fallible {
            self.line("  build can fail");
        }
        self.redaction(*redaction);
        for field in fields {
            self.field(field);
        }
    }

    pub(super) fn field(&mut self, field: &Field) {
        let Field {
            name,
            index,
            ty,
            presence,
            required,
            docs,
            limits,
            sensitive,
            deprecated,
            unsent,
        } = field;
        let mut line = match index {
            Some(index) => format!("  {index} "),
            None => "  - ".to_owned(),
        };
        let _ = write!(line, "{}: ", name.field());
        let ty = self.ty(ty);
        let _ = match presence {
            Presence::Optional => write!(line, "Option<{ty}>"),
            Presence::Required => write!(line, "{ty}"),
            Presence::Defaulted(default) => write!(line, "{ty} = {}", value(default)),
        };
        if name.set() != format!("set_{}", name.as_str()) {
            let _ = write!(line, ", {}, {}", name.set(), name.get());
        }
        if let Some(default) = unsent {
            let _ = write!(line, ", unsent if {}", value(default));
        }
        for (is, word) in [(required, ", required"), (sensitive, ", sensitive")] {
            if *is {
                line.push_str(word);
            }
        }
        self.line(line);
        self.docs(docs, "      ");
        self.optional("      limits", limits.as_ref());
        self.deprecated(deprecated.as_ref(), "      ");
    }

    pub(super) fn union(&mut self, union: &Union) {
        let Union {
            name,
            gate,
            docs,
            deprecated,
            variants,
            redaction,
            schema,
            stream,
        } = union;
        self.line(format!("\nunion {name} [{schema}]"));
        self.gate(*gate);
        self.docs(docs, "  ");
        self.deprecated(deprecated.as_ref(), "  ");
        self.redaction(*redaction);
        for variant in variants {
            let Variant {
                name,
                index,
                ty,
                docs,
                sensitive,
                deprecated,
            } = variant;
            let hidden = if *sensitive { ", sensitive" } else { "" };
            self.line(format!("  {index} {name}({}){hidden}", self.ty(ty)));
            self.docs(docs, "      ");
            self.deprecated(deprecated.as_ref(), "      ");
        }
        if let Some(StreamErrors {
            name,
            errors,
            is_sent,
        }) = stream
        {
            let sent = if *is_sent { ", sent" } else { "" };
            self.line(format!("  is a stream, which ends with {name}{sent}"));
            for (member, error) in errors {
                let error = &self.client.structure(*error).name;
                self.line(format!("    {member} is {error}"));
            }
        }
    }

    pub(super) fn r#enum(&mut self, r#enum: &Enum) {
        let Enum {
            name,
            gate,
            docs,
            deprecated,
            values,
            redaction,
        } = r#enum;
        self.line(format!("\nenum {name}"));
        self.gate(*gate);
        self.docs(docs, "  ");
        self.deprecated(deprecated.as_ref(), "  ");
        self.redaction(*redaction);
        for it in values {
            let EnumValue {
                variant,
                value,
                docs,
                deprecated,
            } = it;
            self.line(format!("  {variant} = {value:?}"));
            self.docs(docs, "      ");
            self.deprecated(deprecated.as_ref(), "      ");
        }
    }

    pub(super) fn redaction(&mut self, redaction: Redaction) {
        if redaction != Redaction::None {
            self.line(format!("  hides: {redaction:?}"));
        }
    }

    /// A type as Rust spells it.
    pub(super) fn ty(&self, ty: &Type) -> String {
        match ty {
            Type::Boolean => "bool".to_owned(),
            Type::Integer(Width::Byte) => "i8".to_owned(),
            Type::Integer(Width::Short) => "i16".to_owned(),
            Type::Integer(Width::Integer) => "i32".to_owned(),
            Type::Integer(Width::Long) => "i64".to_owned(),
            Type::Float => "f32".to_owned(),
            Type::Double => "f64".to_owned(),
            Type::Enum(id) => self.client.r#enum(*id).name.to_string(),
            Type::Structure(id) => self.client.structure(*id).name.to_string(),
            Type::Union(id) => self.client.union(*id).name.to_string(),
            Type::List(element) => format!("Vec<{}>", self.ty(element)),
            Type::Map(key, value) => format!("HashMap<{}, {}>", self.ty(key), self.ty(value)),
            Type::Sparse(element) => format!("Option<{}>", self.ty(element)),
            Type::Boxed(inner) => format!("Box<{}>", self.ty(inner)),
            Type::EventSender(id) => format!("EventStreamSender<{}>", self.client.union(*id).name),
            Type::EventReceiver(id) => format!("EventReceiver<{}>", self.client.union(*id).name),
            Type::Unit => "()".to_owned(),
            Type::Timestamp => "DateTime".to_owned(),
            Type::BigInteger
            | Type::BigDecimal
            | Type::String
            | Type::Blob
            | Type::ByteStream
            | Type::Document => format!("{ty:?}"),
        }
    }
}

fn value(default: &Default) -> String {
    format!("{default:?}")
}
