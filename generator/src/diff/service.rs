//! The service as a whole.

use super::change::Changes;
use super::kind::Kind;
use super::{Sides, docs, form, spell};
use crate::ir::{ApiKey, AuthScheme, Deprecation, Service, Sessions};
use crate::protocol::Target;
use crate::smithy::Traits;
use crate::smithy::traits::Deprecated;

/// Compares protocol, authentication and names of the service.
pub(super) fn compare(sides: &Sides<'_>, changes: &mut Changes) {
    let (old, new) = (&sides.old.client.service, &sides.new.client.service);
    let path = "Client";
    protocol(sides, path, changes);
    let auth = [schemes(old, &old.auth), schemes(new, &new.auth)];
    authentication(path, auth, changes);
    // Whether calls are signed at all is a matter of authentication.
    if let (Some(before), Some(after)) = (&old.signing_name, &new.signing_name) {
        changes.differ(Kind::SigningName, path, before, after);
    }
    changes.differ(Kind::SdkId, path, &old.sdk_id, &new.sdk_id);
    let (before, after) = (old.error_text.clone(), new.error_text.clone());
    changes.differ_if_any(Kind::ErrorText, path, before, after);
    changes.differ(Kind::ServiceVersion, path, &old.version, &new.version);
    changes.differ(Kind::Title, path, &old.title, &new.title);
    let (old, new) = (
        &sides.old.model.service.traits,
        &sides.new.model.service.traits,
    );
    let deprecation = |traits: &Traits| {
        let Deprecated { since, message, .. } = traits.deprecated()?;
        let note = message;
        spell::deprecation(Some(&Deprecation { since, note }))
    };
    changes.differ_if_any(Kind::Deprecation, path, deprecation(old), deprecation(new));
    docs::compare(path, Some(old), Some(new), changes);
    let [old, new] = [sides.old, sides.new].map(|side| side.client.sessions.as_ref());
    let (before, after) = (old.map(sessions), new.map(sessions));
    changes.differ_if_any(Kind::Handling, path, before, after);
    operations(sides, changes);
    settings(sides, changes);
}

/// What is known of sessions beside the model.
fn sessions(sessions: &Sessions) -> String {
    let (scheme, parameter) = (&sessions.scheme, &sessions.parameter);
    format!("sessions of each `{parameter}` where the endpoint has `{scheme}`")
}

/// Compares the settings that a client has because of what its service and operations do. Those of
/// the endpoint rules are compared with these.
fn settings(sides: &Sides<'_>, changes: &mut Changes) {
    let [old, new] = [sides.old, sides.new].map(|side| crate::emit::settings(&side.client));
    let path = |name: &String| format!("config::Builder::{name}");
    for name in old.difference(&new) {
        changes.add(Kind::SettingRemoved, path(name));
    }
    for name in new.difference(&old) {
        changes.add(Kind::SettingAdded, path(name));
    }
}

/// Compares the protocols, and what the service says of the one that both clients speak.
fn protocol(sides: &Sides<'_>, path: &str, changes: &mut Changes) {
    let [old, new] = [sides.old, sides.new].map(|side| &side.client.service);
    if !sides.have_one_protocol() {
        let id = old.protocol.protocol.id;
        let is_kept = sides.new.model.protocols.iter().any(|it| it.as_str() == id);
        let kind = match is_kept {
            true => Kind::ProtocolPreferred,
            false => Kind::Protocol,
        };
        let name = |service: &Service| service.protocol.protocol.name;
        changes.differ(kind, path, name(old), name(new));
        return;
    }
    changes.differ_if_any(Kind::Target, path, target(old), target(new));
    form::service(path, old, new, changes);
}

/// What requests call the service, if they have a name for it.
fn target(service: &Service) -> Option<String> {
    match service.protocol.protocol.target() {
        Target::Uri => None,
        Target::Name => Some(service.shape.clone()),
        Target::Version => Some(service.version.clone()),
    }
}

/// Compares how operations are authenticated that both clients have.
fn operations(sides: &Sides<'_>, changes: &mut Changes) {
    let (old, new) = (&sides.old.client, &sides.new.client);
    for operation in &new.operations {
        let name = operation.name.shape();
        if !old.operations.iter().any(|it| it.name.shape() == name) {
            continue;
        }
        let (before, after) = (of(&old.service, name), of(&new.service, name));
        // What goes by the service is said of that.
        if before.is_some() || after.is_some() {
            let path = format!("Client::{}", operation.name.method());
            let before = schemes(&old.service, before.unwrap_or(&old.service.auth));
            let after = schemes(&new.service, after.unwrap_or(&new.service.auth));
            authentication(&path, [before, after], changes);
        }
    }
}

/// The schemes of an operation that does not go by the service.
fn of<'a>(service: &'a Service, name: &str) -> Option<&'a [AuthScheme]> {
    let mut differing = service.operation_auth.iter();
    let (_, auth) = differing.find(|(operation, _)| operation == name)?;
    Some(auth)
}

/// A client goes on as long as the service takes what it took.
fn authentication(path: &str, [old, new]: [Vec<String>; 2], changes: &mut Changes) {
    let kind = match (
        old.iter().all(|scheme| new.contains(scheme)),
        old.len() == new.len(),
    ) {
        (true, false) => Kind::AuthenticationAdded,
        (true, true) => Kind::AuthenticationPreferred,
        (false, _) => Kind::Authentication,
    };
    changes.differ(kind, path, old.join(", "), new.join(", "));
}

/// What schemes are called, and where an API key goes.
fn schemes(service: &Service, auth: &[AuthScheme]) -> Vec<String> {
    let names = auth.iter().map(|scheme| match (scheme, &service.api_key) {
        (AuthScheme::SigV4, _) => "Signature Version 4".to_owned(),
        (AuthScheme::SigV4A, _) => "Signature Version 4A".to_owned(),
        (AuthScheme::Basic, _) => "user and password".to_owned(),
        (AuthScheme::Bearer, _) => "bearer token".to_owned(),
        (AuthScheme::NoAuth, _) => "none".to_owned(),
        (AuthScheme::ApiKey, Some(ApiKey::Query(name))) => {
            format!("API key in the query parameter `{name}`")
        }
        (AuthScheme::ApiKey, Some(ApiKey::Header { name, scheme })) => match scheme {
            Some(scheme) => format!("API key in the header `{name}` after `{scheme}`"),
            None => format!("API key in the header `{name}`"),
        },
        (AuthScheme::ApiKey, None) => "API key".to_owned(),
    });
    names.collect()
}
