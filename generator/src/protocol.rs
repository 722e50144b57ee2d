//! The protocols that clients speak: everything that the generator has to know of one is here.
//!
//! What a protocol does when the client runs belongs to the runtime's protocol object, or to a
//! template below `templates/protocol/` that wraps it.

use crate::config::{Entry, ServiceConfig, UnknownNames};
use crate::diagnostics::{Diagnostics, Place};
use crate::smithy::ShapeId;
use crate::smithy::suggest::did_you_mean;
use crate::smithy::traits::TimestampFormat;

/// A protocol.
#[derive(Debug)]
pub struct Protocol {
    /// Shape id of the protocol's trait.
    pub id: &'static str,
    /// The name that the specification gives it.
    pub name: &'static str,
    /// Whether operations and members are bound to HTTP messages: `@http`, `@httpHeader` and so on.
    /// Without, everything is in the body.
    pub(crate) binds_to_http: bool,
    /// The format of bodies, which decides what reads them.
    pub(crate) format: Format,
    /// Which trait gives members another name on the wire.
    pub(crate) names: Names,
    /// How a timestamp in a body is written if the model does not say.
    pub(crate) timestamps: TimestampFormat,
    /// Media type of payloads in the protocol's own format.
    pub(crate) media_type: &'static str,
    /// What is sent for a structure that is the whole payload and not set.
    pub(crate) empty_structure: &'static str,
    /// The object that writes requests and reads responses.
    pub(crate) object: Object,
    /// Lines of the client's manifest, for crates that only some protocols need.
    pub(crate) dependencies: &'static [&'static str],
}

/// The format of bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// JSON, both ways.
    Json,
    /// CBOR, both ways.
    Cbor,
    /// XML; requests are forms in the query protocols.
    Xml,
}

/// Where a member's name on the wire comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    /// The model's names are those on the wire.
    Modeled,
    /// `@jsonName`
    Json,
    /// `@xmlName`, and how XML is written: `@xmlAttribute`, `@xmlFlattened`, `@xmlNamespace`.
    Xml,
    /// As for XML in responses; requests have `@ec2QueryName`, or the XML name with a capital.
    Ec2,
}

/// The object that writes requests and reads responses: the runtime's, or one of the templates'.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Object {
    RestJson,
    AwsJson10,
    AwsJson11,
    RestXml,
    AwsQuery,
    Ec2Query,
    RpcV2Cbor,
    RpcV2Json,
}

const JSON: &str = "aws-smithy-json = \"0.65\"";
const XML: &str = "aws-smithy-xml = \"0.64\"";

const fn aws_json(id: &'static str, name: &'static str, object: Object) -> Protocol {
    Protocol {
        id,
        name,
        binds_to_http: false,
        format: Format::Json,
        names: Names::Modeled,
        timestamps: TimestampFormat::EpochSeconds,
        media_type: "application/json",
        empty_structure: "{}",
        object,
        dependencies: &[JSON],
    }
}

/// In Smithy's order of preference, for services that speak several.
static PROTOCOLS: [Protocol; 8] = [
    Protocol {
        id: "smithy.protocols#rpcv2Cbor",
        name: "rpcv2Cbor",
        binds_to_http: false,
        format: Format::Cbor,
        names: Names::Modeled,
        timestamps: TimestampFormat::EpochSeconds,
        media_type: "application/cbor",
        empty_structure: "",
        object: Object::RpcV2Cbor,
        dependencies: &["aws-smithy-cbor = \"0.64\""],
    },
    aws_json("aws.protocols#awsJson1_0", "awsJson1_0", Object::AwsJson10),
    aws_json("aws.protocols#awsJson1_1", "awsJson1_1", Object::AwsJson11),
    Protocol {
        id: "aws.protocols#restJson1",
        name: "restJson1",
        binds_to_http: true,
        format: Format::Json,
        names: Names::Json,
        timestamps: TimestampFormat::EpochSeconds,
        media_type: "application/json",
        empty_structure: "{}",
        object: Object::RestJson,
        dependencies: &[JSON],
    },
    Protocol {
        id: "aws.protocols#restXml",
        name: "restXml",
        binds_to_http: true,
        format: Format::Xml,
        names: Names::Xml,
        timestamps: TimestampFormat::DateTime,
        media_type: "application/xml",
        empty_structure: "",
        object: Object::RestXml,
        dependencies: &[XML],
    },
    Protocol {
        id: "aws.protocols#awsQuery",
        name: "awsQuery",
        binds_to_http: false,
        format: Format::Xml,
        names: Names::Xml,
        timestamps: TimestampFormat::DateTime,
        media_type: "",
        empty_structure: "",
        object: Object::AwsQuery,
        dependencies: &["aws-smithy-query = \"0.64\"", XML],
    },
    Protocol {
        id: "aws.protocols#ec2Query",
        name: "ec2Query",
        binds_to_http: false,
        format: Format::Xml,
        names: Names::Ec2,
        timestamps: TimestampFormat::DateTime,
        media_type: "",
        empty_structure: "",
        object: Object::Ec2Query,
        dependencies: &[XML],
    },
    Protocol {
        id: "smithy.protocols#rpcv2Json",
        name: "rpcv2Json",
        binds_to_http: false,
        format: Format::Json,
        names: Names::Modeled,
        timestamps: TimestampFormat::EpochSeconds,
        media_type: "application/json",
        empty_structure: "{}",
        object: Object::RpcV2Json,
        dependencies: &[JSON],
    },
];

impl Protocol {
    /// Whether the protocol heeds a serialization trait.
    pub(crate) fn heeds(&self, trait_id: &str) -> bool {
        let Some(name) = trait_id.strip_prefix("smithy.api#") else {
            return self.names == Names::Ec2;
        };
        match name {
            "jsonName" => self.names == Names::Json,
            // These have a single format for times, whatever a model says.
            "timestampFormat" => !matches!(self.object, Object::RpcV2Cbor | Object::RpcV2Json),
            _ if name.starts_with("xml") => matches!(self.names, Names::Xml | Names::Ec2),
            _ if name.starts_with("http") => self.binds_to_http,
            _ => true,
        }
    }

    /// Whether this is the name or the id of the protocol.
    fn is_called(&self, name: &str) -> bool {
        name == self.name || name == self.id
    }

    /// Whether a value can be a document.
    pub(crate) fn has_documents(&self) -> bool {
        self.format == Format::Json
    }

    /// Whether a body can be a stream of bytes: there has to be nothing else in it.
    pub(crate) fn has_streams(&self) -> bool {
        self.binds_to_http
    }

    /// Whether a body can be a stream of events: the query protocols have none.
    pub(crate) fn has_event_streams(&self) -> bool {
        !matches!(self.object, Object::AwsQuery | Object::Ec2Query)
    }

    /// Whether the code of an error is that of `@awsQueryError`.
    pub(crate) fn has_query_codes(&self) -> bool {
        self.object == Object::AwsQuery
    }

    /// Whether the members of an operation's input are written in the order of their names, as the
    /// official crates do where some of them go into the body and others do not.
    pub(crate) fn sorts_inputs(&self) -> bool {
        self.binds_to_http
    }
}

/// The names of all protocols, in Smithy's order of preference.
#[cfg(feature = "cli")]
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    PROTOCOLS.iter().map(|protocol| protocol.name)
}

/// Whether clients can speak a protocol.
pub(crate) fn is_supported(id: &ShapeId) -> bool {
    PROTOCOLS.iter().any(|protocol| protocol.id == id.as_str())
}

/// The protocol that the client of a service speaks: of those that the service has, the one that is
/// asked for or else the one that Smithy prefers.
///
/// # Errors
///
/// When the service has no protocol that clients speak, or not the one that is asked for.
pub(crate) fn choose(
    service: &ShapeId,
    protocols: &[ShapeId],
    config: &ServiceConfig,
) -> Result<&'static Protocol, Diagnostics> {
    let is_spoken = |protocol: &&Protocol| protocols.iter().any(|id| id.as_str() == protocol.id);
    let spoken: Vec<_> = PROTOCOLS.iter().filter(is_spoken).collect();
    let preferred = *spoken.first().ok_or_else(|| missing(service))?;
    let Some(wanted) = &config.protocol else {
        return Ok(preferred);
    };
    let is_wanted = |protocol: &&&Protocol| protocol.is_called(wanted.as_str());
    match spoken.iter().find(is_wanted) {
        Some(protocol) => Ok(protocol),
        None if config.unknown_names == UnknownNames::PassOver => Ok(preferred),
        None => Err(not_spoken(wanted, service, &spoken, config)),
    }
}

/// The problem of a service that has none of the protocols that clients speak.
fn missing(service: &ShapeId) -> Diagnostics {
    let known = quoted(PROTOCOLS.iter().map(|protocol| protocol.id));
    let mut diagnostics = Diagnostics::new();
    diagnostics.error(
        Place::shape(service),
        "the service has no protocol trait",
        format!("add the one that it speaks: clients know {known}"),
    );
    diagnostics
}

/// The problem of a service that is asked for a protocol which it does not have.
fn not_spoken(
    wanted: &Entry,
    service: &ShapeId,
    spoken: &[&Protocol],
    config: &ServiceConfig,
) -> Diagnostics {
    let names = spoken.iter().map(|protocol| protocol.name);
    let speaks = quoted(names.clone());
    let name = wanted.as_str();
    let message = match PROTOCOLS.iter().any(|protocol| protocol.is_called(name)) {
        true => format!("the service does not speak `{name}`: it speaks {speaks}"),
        false => format!("clients know no protocol `{name}`: the service speaks {speaks}"),
    };
    let ids = spoken.iter().map(|protocol| protocol.id);
    let remedy = did_you_mean(name, names.chain(ids)).unwrap_or_else(|| {
        "name a protocol of the service, or none to have the one that Smithy prefers".to_owned()
    });
    let mut diagnostics = Diagnostics::new();
    let place = Place::shape(service);
    wanted.error(config, place, message, remedy, &mut diagnostics);
    diagnostics
}

fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::smithy::traits;

    /// The name of the protocol that the client of a service with these ones speaks.
    fn chosen(protocols: &[&str], wanted: Option<&str>) -> Result<&'static str, String> {
        let id = |id: &str| ShapeId::parse(id).expect("it is a shape id");
        let protocols: Vec<_> = protocols.iter().map(|it| id(it)).collect();
        let config = ServiceConfig {
            protocol: wanted.map(Entry::from),
            ..ServiceConfig::new("client-example")
        };
        choose(&id("example#Service"), &protocols, &config)
            .map(|protocol| protocol.name)
            .map_err(|problems| problems.iter().map(|it| it.message()).collect())
    }

    #[test]
    fn the_protocol_that_smithy_prefers_is_spoken_unless_another_one_is_wanted() {
        let (query, cbor) = ("aws.protocols#awsQuery", "smithy.protocols#rpcv2Cbor");
        let all = [query, "aws.protocols#awsJson1_0", cbor, "example#own"];
        assert_eq!(chosen(&all, None), Ok("rpcv2Cbor"));
        assert_eq!(chosen(&all[..2], None), Ok("awsJson1_0"));
        assert_eq!(chosen(&all, Some("awsQuery")), Ok("awsQuery"));
        assert_eq!(chosen(&all, Some(query)), Ok("awsQuery"));
        let other = chosen(&all[..2], Some("rpcv2Cbor")).unwrap_err();
        assert!(
            other.ends_with("it speaks `awsJson1_0`, `awsQuery`"),
            "{other}"
        );
        let unknown = chosen(&all, Some("example#own")).unwrap_err();
        assert!(
            unknown.starts_with("clients know no protocol `example#own`"),
            "{unknown}"
        );
        assert_eq!(
            chosen(&all[3..], None).unwrap_err(),
            "the service has no protocol trait"
        );
    }

    #[test]
    fn a_model_that_is_replaced_need_not_have_the_protocol() {
        let config = ServiceConfig {
            protocol: Some("rpcv2Cbor".into()),
            ..ServiceConfig::new("client-example")
        };
        let [service, query] = ["example#Service", "aws.protocols#awsQuery"]
            .map(|id| ShapeId::parse(id).expect("it is a shape id"));
        let protocols = [query];
        assert!(choose(&service, &protocols, &config).is_err());
        let chosen = choose(&service, &protocols, &config.of_predecessor());
        assert_eq!(chosen.expect("it is passed over").name, "awsQuery");
    }

    #[test]
    fn every_protocol_of_smithy_and_aws_is_spoken() {
        let all = traits::ids().filter(|id| traits::is_protocol(id));
        let spoken = PROTOCOLS.iter().map(|protocol| protocol.id);
        assert_eq!(all.collect::<BTreeSet<_>>(), spoken.collect());
    }
}
