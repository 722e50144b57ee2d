//! The model of a service, as the generator sees it.

use std::collections::HashMap;

use differential_calls::Lacking;
use generator::Lowered;
use generator::ir::endpoints::{BoundValue, InputPath, InputStep};
use generator::ir::{
    self, MemberSchema, MemberTarget, SchemaBody, SchemaDef, SchemaRef, SchemaTrait, StructureId,
    TimestampFormat,
};

use crate::Crates;
use crate::tree::Format;

/// A service: its model and its crates.
#[derive(Debug)]
pub struct Model {
    /// The model, with the parts that both crates have.
    pub client: ir::Client,
    /// The crates.
    pub crates: Crates,
    /// The parts that only one of the crates has.
    pub lacking: Lacking,
    /// The protocol.
    pub protocol: Protocol,
    /// Whether errors in XML have no element around `Error`. Our clients read both forms.
    pub has_bare_errors: bool,
    schemas: HashMap<String, usize>,
}

/// The format of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "these are the names of protocols")]
pub enum Protocol {
    AwsJson,
    RestJson,
    RestXml,
    AwsQuery,
    Ec2Query,
    RpcV2Cbor,
}

impl Protocol {
    /// The format of responses.
    pub fn format(self) -> Format {
        match self {
            Self::AwsJson | Self::RestJson => Format::Json,
            Self::RestXml | Self::AwsQuery | Self::Ec2Query => Format::Xml,
            Self::RpcV2Cbor => Format::Cbor,
        }
    }
}

/// The place of a member in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// In the body, with others.
    Body,
    /// The whole body.
    Payload,
    /// In the path of the request.
    Label,
    /// In the query of the request.
    Query,
    /// In a header.
    Header(&'a str),
    /// In headers with this prefix.
    PrefixHeaders(&'a str),
    /// The status.
    Status,
}

/// The schema of a member, or of the elements of a list or map.
#[derive(Clone, Copy, Debug)]
pub struct Schema<'a> {
    /// Its traits.
    pub traits: &'a [SchemaTrait],
    target: Target<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Target<'a> {
    Plain,
    List(&'a SchemaRef),
    Map(&'a SchemaRef, &'a SchemaRef),
}

impl Model {
    /// The model of a service whose client has at least the operations of these crates.
    pub fn new(lowered: Lowered, lacking: Lacking, crates: Crates) -> Self {
        let has_bare_errors = lowered.model.service.traits.has_bare_errors();
        let mut client = lowered.client;
        lacking.apply(&mut client);
        let is_there = |name: String| crates.operations.contains(&name.as_str());
        client
            .operations
            .retain(|operation| is_there(operation.name.to_string()));
        let protocol = match client.service.protocol.protocol.name {
            "restJson1" => Protocol::RestJson,
            "awsJson1_0" | "awsJson1_1" => Protocol::AwsJson,
            "restXml" => Protocol::RestXml,
            "awsQuery" => Protocol::AwsQuery,
            "ec2Query" => Protocol::Ec2Query,
            "rpcv2Cbor" => Protocol::RpcV2Cbor,
            other => panic!("responses in {other} are not written yet: add it"),
        };
        let schemas = client.schemas.iter().enumerate();
        let schemas = schemas.map(|(index, schema)| (schema.name.as_str().to_owned(), index));
        Self {
            schemas: schemas.collect(),
            client,
            crates,
            lacking,
            protocol,
            has_bare_errors,
        }
    }

    /// Whether the endpoint rules use a member of inputs, such as a bucket.
    pub fn is_told_to_endpoints(&self, field: &ir::Field) -> bool {
        let operations = self.client.operations.iter();
        let mut bindings = operations.flat_map(|operation| &operation.endpoint_bindings);
        bindings.any(|binding| match &binding.value {
            BoundValue::Input(InputPath::Text(steps, _), _) => {
                matches!(&steps[..], [InputStep::Field { name, .. }] if *name == field.name)
            }
            _ => false,
        })
    }

    /// A schema of the client.
    pub fn schema(&self, name: &str) -> &SchemaDef {
        &self.client.schemas[self.schemas[name]]
    }

    /// The members of a structure or union, by their place in its schema.
    pub fn members(&self, schema: &str) -> &[MemberSchema] {
        match &self.schema(schema).body {
            SchemaBody::Members(_, members) => members,
            _ => panic!("{schema} is not the schema of a structure"),
        }
    }

    /// The fields of a structure that are members in the model, in its order.
    pub fn fields(&self, id: StructureId) -> Vec<(&ir::Field, &MemberSchema)> {
        let structure = self.client.structure(id);
        let members = self.members(structure.schema.as_str());
        let member = |field: &'_ ir::Field| field.index.map(|index| &members[index]);
        let fields = structure.fields.iter();
        fields
            .filter_map(|field| Some((field, member(field)?)))
            .collect()
    }

    /// The schema of the elements of a list or the values of a map.
    pub fn element<'a>(&'a self, schema: Schema<'a>) -> Schema<'a> {
        match schema.target {
            Target::List(element) | Target::Map(_, element) => self.referred(element),
            Target::Plain => Schema::PLAIN,
        }
    }

    /// The schema of the keys of a map.
    pub fn key<'a>(&'a self, schema: Schema<'a>) -> Schema<'a> {
        match schema.target {
            Target::Map(key, _) => self.referred(key),
            _ => Schema::PLAIN,
        }
    }

    fn referred<'a>(&'a self, reference: &'a SchemaRef) -> Schema<'a> {
        let SchemaRef::Static(name) = reference else {
            return Schema::PLAIN;
        };
        let definition = self.schema(name.as_str());
        let target = match &definition.body {
            SchemaBody::List(element) => Target::List(element),
            SchemaBody::Map(key, value) => Target::Map(key, value),
            SchemaBody::Members(..) | SchemaBody::Element(_) => Target::Plain,
        };
        Schema {
            traits: &definition.traits,
            target,
        }
    }

    /// The name of a member in a body.
    pub fn wire_name(&self, member: &MemberSchema) -> String {
        let name = Schema::of(member).name(self.protocol.format());
        name.unwrap_or(&member.name).to_owned()
    }
}

impl<'a> Schema<'a> {
    /// An empty schema.
    pub const PLAIN: Schema<'static> = Schema {
        traits: &[],
        target: Target::Plain,
    };

    /// The schema of a member.
    pub fn of(member: &'a MemberSchema) -> Self {
        let target = match &member.target {
            MemberTarget::Plain => Target::Plain,
            MemberTarget::List(element) => Target::List(element),
            MemberTarget::Map(key, value) => Target::Map(key, value),
        };
        Self {
            traits: &member.traits,
            target,
        }
    }

    /// Whether it has a trait.
    pub fn has(self, setting: &SchemaTrait) -> bool {
        self.traits.contains(setting)
    }

    /// The name in a format, if it differs from the model's.
    pub fn name(self, format: Format) -> Option<&'a str> {
        self.traits.iter().find_map(|setting| match setting {
            SchemaTrait::JsonName(name) if format == Format::Json => Some(name.as_str()),
            SchemaTrait::XmlName(name) if format == Format::Xml => Some(name.as_str()),
            _ => None,
        })
    }

    /// The format of times, if the model sets it.
    pub fn timestamps(self) -> Option<TimestampFormat> {
        self.traits.iter().find_map(|setting| match setting {
            SchemaTrait::TimestampFormat(format) => Some(*format),
            _ => None,
        })
    }
}

/// The place of a member in a message.
pub fn place(member: &MemberSchema) -> Place<'_> {
    let mut places = member.traits.iter().filter_map(|setting| match setting {
        SchemaTrait::HttpLabel => Some(Place::Label),
        SchemaTrait::HttpQuery(_) | SchemaTrait::HttpQueryParams => Some(Place::Query),
        SchemaTrait::HttpHeader(name) => Some(Place::Header(name)),
        SchemaTrait::HttpPrefixHeaders(prefix) => Some(Place::PrefixHeaders(prefix)),
        SchemaTrait::HttpPayload => Some(Place::Payload),
        SchemaTrait::HttpResponseCode => Some(Place::Status),
        _ => None,
    });
    places.next().unwrap_or(Place::Body)
}
