//! Selects the protocol of a client.

use crate::config::{Entry, ServiceConfig, UnknownNames};
use crate::diagnostics::{Diagnostics, Place};
use crate::protocol::{PROTOCOLS, Protocol};
use crate::shape_id::ShapeId;
use crate::smithy::suggest::did_you_mean;

/// Selects the protocol of a client from those of the service: the configured one, or else the one
/// that Smithy prefers.
///
/// # Errors
///
/// Fails if the service has no supported protocol, or not the configured one.
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

/// The problem of a service without a supported protocol.
fn missing(service: &ShapeId) -> Diagnostics {
    let known = quoted(PROTOCOLS.iter().map(|protocol| protocol.id));
    let mut diagnostics = Diagnostics::new();
    diagnostics.error(
        Place::shape(service),
        "the service has no protocol trait",
        format!("add the one that it uses: clients support {known}"),
    );
    diagnostics
}

/// The problem of a configured protocol that the service does not have.
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
        false => {
            format!("clients do not support the protocol `{name}`: the service speaks {speaks}")
        }
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
    use super::*;

    /// The name of the protocol that is selected from these.
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
            unknown.starts_with("clients do not support the protocol `example#own`"),
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
        assert_eq!(chosen.expect("it is ignored").name, "awsQuery");
    }
}
