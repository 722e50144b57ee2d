//! The service as a whole.

use super::change::{Changes, Kind};
use super::{Sides, docs, spell};
use crate::ir::{AuthScheme, Deprecation, Service};
use crate::smithy::Traits;
use crate::smithy::traits::Deprecated;

/// Compares protocol, authentication and names of the service.
pub(super) fn compare(sides: &Sides<'_>, changes: &mut Changes) {
    let (old, new) = (&sides.old.client.service, &sides.new.client.service);
    let path = "Client";
    let protocol = |service: &Service| {
        let name = service.protocol.rsplit("::").next();
        name.unwrap_or_default().to_owned()
    };
    changes.differ(Kind::Protocol, path, protocol(old), protocol(new));
    let (before, after) = (schemes(&old.auth), schemes(&new.auth));
    changes.differ(Kind::Authentication, path, before, after);
    let (before, after) = (old.signing_name.clone(), new.signing_name.clone());
    changes.differ_if_any(Kind::SigningName, path, before, after);
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
    operations(sides, changes);
}

/// Compares how operations are authenticated that both clients have.
fn operations(sides: &Sides<'_>, changes: &mut Changes) {
    let (old, new) = (&sides.old.client, &sides.new.client);
    let of = |service: &Service, name: &str| -> Option<String> {
        let mut differing = service.operation_auth.iter();
        let (_, auth) = differing.find(|(operation, _)| operation == name)?;
        Some(schemes(auth))
    };
    for operation in &new.operations {
        let name = operation.name.shape();
        if !old.operations.iter().any(|it| it.name.shape() == name) {
            continue;
        }
        let (before, after) = (of(&old.service, name), of(&new.service, name));
        if before != after {
            let before = before.unwrap_or_else(|| schemes(&old.service.auth));
            let after = after.unwrap_or_else(|| schemes(&new.service.auth));
            let path = format!("Client::{}", operation.name.method());
            changes.differ(Kind::Authentication, path, before, after);
        }
    }
}

fn schemes(auth: &[AuthScheme]) -> String {
    let names = auth.iter().map(|scheme| match scheme {
        AuthScheme::SigV4 => "Signature Version 4",
        AuthScheme::NoAuth => "none",
    });
    names.collect::<Vec<_>>().join(", ")
}
