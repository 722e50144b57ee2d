//! The protocols that clients speak: everything that the generator has to know about them.
//!
//! At run time, a protocol is the runtime's protocol object, or a template below
//! `templates/protocol/` that wraps it.

use crate::shape_id::ShapeId;

/// A protocol.
#[derive(Debug)]
pub struct Protocol {
    /// Shape id of the protocol's trait.
    pub id: &'static str,
    /// The name that the specification gives it.
    pub name: &'static str,
    /// Whether operations and members are bound to HTTP messages: `@http`, `@httpHeader` and so on.
    /// If not, everything is in the body.
    pub(crate) binds_to_http: bool,
    /// The format of bodies, which decides what reads them.
    pub(crate) format: Format,
    /// Which trait gives members another name on the wire.
    pub(crate) names: Names,
    /// The default format of timestamps in bodies.
    pub(crate) timestamps: TimestampFormat,
    /// Media type of payloads in the protocol's own format.
    pub(crate) media_type: &'static str,
    /// What is sent if the payload is a structure that is not set.
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

/// The format of a
/// [timestamp](https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimestampFormat {
    /// Seconds since 1970 as a number.
    EpochSeconds,
    /// RFC 3339 in UTC.
    DateTime,
    /// IMF-fixdate of RFC 7231.
    HttpDate,
}

impl TimestampFormat {
    /// The name that models have for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::EpochSeconds => "epoch-seconds",
            Self::DateTime => "date-time",
            Self::HttpDate => "http-date",
        }
    }
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
    Ec2Query,
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

/// What requests call the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// Nothing: they have a method and a path of their own.
    Uri,
    /// The name of the service's shape.
    Name,
    /// The version of the service.
    Version,
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
pub(crate) static PROTOCOLS: [Protocol; 8] = [
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
        names: Names::Ec2Query,
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
        match trait_id {
            "smithy.api#jsonName" => self.names == Names::Json,
            "aws.protocols#ec2QueryName" => self.names == Names::Ec2Query,
            // These have a single format for times, whatever a model says.
            "smithy.api#timestampFormat" => {
                !matches!(self.object, Object::RpcV2Cbor | Object::RpcV2Json)
            }
            id if id.starts_with("smithy.api#xml") => self.format == Format::Xml,
            id if id.starts_with("smithy.api#http") => self.binds_to_http,
            _ => true,
        }
    }

    /// Whether this is the name or the id of the protocol.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        name == self.name || name == self.id
    }

    /// What requests call the service.
    pub(crate) fn target(&self) -> Target {
        match self.object {
            Object::RestJson | Object::RestXml => Target::Uri,
            Object::AwsJson10 | Object::AwsJson11 | Object::RpcV2Cbor | Object::RpcV2Json => {
                Target::Name
            }
            Object::AwsQuery | Object::Ec2Query => Target::Version,
        }
    }

    /// Whether a value can be a document.
    pub(crate) fn has_documents(&self) -> bool {
        self.format == Format::Json
    }

    /// Whether requests can have maps: the specification leaves open how `ec2Query` would write one.
    pub(crate) fn sends_maps(&self) -> bool {
        self.object != Object::Ec2Query
    }

    /// Whether a body can be a stream of bytes: there has to be nothing else in it.
    pub(crate) fn has_streams(&self) -> bool {
        self.binds_to_http
    }

    /// Whether a body can be a stream of events: the query protocols have none.
    pub(crate) fn has_event_streams(&self) -> bool {
        !matches!(self.object, Object::AwsQuery | Object::Ec2Query)
    }

    /// Whether requests name the media types that a response may have.
    pub(crate) fn states_what_it_accepts(&self) -> bool {
        matches!(self.object, Object::RpcV2Cbor | Object::RpcV2Json)
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::smithy::traits;

    #[test]
    fn every_protocol_of_smithy_and_aws_is_spoken() {
        let all = traits::ids().filter(|id| traits::is_protocol(id));
        let spoken = PROTOCOLS.iter().map(|protocol| protocol.id);
        assert_eq!(all.collect::<BTreeSet<_>>(), spoken.collect());
    }
}
