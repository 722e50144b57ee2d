//! The model of a service, as the generator sees it.

use std::path::Path;
use std::sync::LazyLock;

use generator::ir::{self, MemberSchema, SchemaBody, SchemaTrait, StructureId};
use generator::{Diagnostics, Services, Source};

use crate::{CRATES, Crates};

/// A service: its model and its crates.
#[derive(Debug)]
pub struct Model {
    /// The model, with the operations that both crates have.
    pub client: ir::Client,
    /// The crates.
    pub crates: Crates,
}

/// Where a member stands in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// In the JSON body.
    Body,
    /// In the path of the request.
    Label,
    /// In the query of the request.
    Query,
    /// In a header.
    Header(&'a str),
}

impl Model {
    /// The model of a service.
    pub fn of(service: &str) -> &'static Self {
        static MODELS: LazyLock<Vec<Model>> =
            LazyLock::new(|| load().unwrap_or_else(|diagnostics| panic!("{diagnostics}")));
        let mut models = MODELS.iter();
        let model = models.find(|model| model.crates.service == service);
        model.expect("build.rs makes both crates of every service")
    }

    /// The members of a structure or union, by their place in its schema.
    pub fn members(&self, schema: &str) -> &[MemberSchema] {
        let mut schemas = self.client.schemas.iter();
        let definition = schemas.find(|definition| definition.name.as_str() == schema);
        match definition.map(|definition| &definition.body) {
            Some(SchemaBody::Members(_, members)) => members,
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
}

/// Reads all models.
fn load() -> Result<Vec<Model>, Diagnostics> {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let services = Services::read(&models.join("services.toml"))?;
    let partitions = generator::partitions(&Source::read(models.join("partitions.json"))?)?;
    let model = |crates: &Crates| {
        let name = crates.service;
        let mut services = services.iter();
        let config = services.find_map(|(other, config)| (other == name).then_some(config));
        let config = config.expect("build.rs takes services from the same file");
        let source = Source::read(models.join(format!("{name}.json")))?;
        let mut client = generator::lower(&source, config, &partitions)?.client;
        let is_there = |name: String| crates.operations.contains(&name.as_str());
        client
            .operations
            .retain(|operation| is_there(operation.name.to_string()));
        Ok(Model {
            client,
            crates: *crates,
        })
    };
    CRATES.iter().map(model).collect()
}

/// Where a member stands in a message.
pub fn place(member: &MemberSchema) -> Place<'_> {
    let mut place = Place::Body;
    for setting in &member.traits {
        place = match setting {
            SchemaTrait::HttpLabel => Place::Label,
            SchemaTrait::HttpQuery(_) => Place::Query,
            SchemaTrait::HttpHeader(name) => Place::Header(name),
            SchemaTrait::TimestampFormat(_) => continue,
            // The three services have none of the others: whoever adds one finds it here.
            other => panic!("the tests do not know {other:?} of `{}`", member.name),
        };
    }
    place
}
