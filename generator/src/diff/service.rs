//! Compares the service as a whole.

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
    // Authentication covers whether calls are signed at all.
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

/// The customization `sessions` as text.
fn sessions(sessions: &Sessions) -> String {
    let (scheme, parameter) = (&sessions.scheme, &sessions.parameter);
    format!("sessions for each `{parameter}` if the endpoint has `{scheme}`")
}

/// Compares the settings of the client, except for those of the endpoint rules, which are compared
/// with the rules.
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

/// Compares the protocols, and the service's settings if both clients use the same one.
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

/// The name or version of the service in requests, if they contain one.
fn target(service: &Service) -> Option<String> {
    match service.protocol.protocol.target() {
        Target::Uri => None,
        Target::Name => Some(service.shape.clone()),
        Target::Version => Some(service.version.clone()),
    }
}

/// Compares the authentication of operations that both clients have.
fn operations(sides: &Sides<'_>, changes: &mut Changes) {
    let (old, new) = (&sides.old.client, &sides.new.client);
    for operation in &new.operations {
        let name = operation.name.shape();
        if !old.operations.iter().any(|it| it.name.shape() == name) {
            continue;
        }
        let (before, after) = (of(&old.service, name), of(&new.service, name));
        // Operations that use the service's schemes are covered by the service.
        if before.is_some() || after.is_some() {
            let path = format!("Client::{}", operation.name.method());
            let before = schemes(&old.service, before.unwrap_or(&old.service.auth));
            let after = schemes(&new.service, after.unwrap_or(&new.service.auth));
            authentication(&path, [before, after], changes);
        }
    }
}

/// The schemes of an operation, if they differ from the service's.
fn of<'a>(service: &'a Service, name: &str) -> Option<&'a [AuthScheme]> {
    let mut differing = service.operation_auth.iter();
    let (_, auth) = differing.find(|(operation, _)| operation == name)?;
    Some(auth)
}

/// Compares schemes. A client continues to work as long as the service accepts one that it used.
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

/// The names of schemes, and where an API key is sent.
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
