//! Lowers the customization `sessions`, whose names have already been resolved.

use super::Context;
use super::endpoints::taken_setting;
use super::presence::step;
use crate::customize::CREDENTIALS;
use crate::diagnostics::{Diagnostics, Place};
use crate::ir::endpoints::{BoundValue, EndpointParameter};
use crate::ir::{CredentialsShape, Operation, OperationId, Sessions};
use crate::names::FieldName;

/// The sessions that calls are signed with; `None` if no call of the client is, or it cannot open
/// any.
pub(super) fn sessions(
    context: &Context<'_>,
    operations: &[Operation],
    parameters: &[EndpointParameter],
    diagnostics: &mut Diagnostics,
) -> Option<Sessions> {
    let (model, known) = (context.model, context.customized.sessions.as_ref()?);
    let mut ids = (0..).map(OperationId).zip(&model.operations);
    let (id, operation) = ids.find(|(_, it)| it.id == known.operation)?;
    let find = |name: &str| parameters.iter().find(|it| it.name == name);
    let parameter = &find(&known.parameter)?.field;
    let wants_one = |it: &Operation| {
        let mut bindings = it.endpoint_bindings.iter();
        let binding = bindings.find(|it| it.parameter == *parameter);
        binding.is_some_and(|it| !matches!(it.value, BoundValue::Static(_)))
    };
    let mut others = (0..).map(OperationId).zip(operations);
    others.find(|(other, it)| *other != id && wants_one(it))?;
    let input = model.shape(operation.input.as_ref()?);
    let output = model.shape(operation.output.as_ref()?);
    let member = output.member(&known.credentials)?;
    let credentials = model.target(member);
    let [access_key_id, secret_access_key, session_token, expiration] =
        CREDENTIALS.map(|(name, _)| step(model, credentials, name));
    check_provider(context, &known.provider, parameters, diagnostics);
    Some(Sessions {
        scheme: known.scheme.clone(),
        operation: id,
        input: FieldName::new(input.member(&known.input)?.rust_name()),
        parameter: parameter.clone(),
        credentials: CredentialsShape {
            step: step(model, output, &known.credentials)?,
            structure: *context.shapes.structures.get(&credentials.id)?,
            access_key_id: access_key_id?,
            secret_access_key: secret_access_key?,
            session_token: session_token?,
            expiration: expiration?,
        },
        token_header: known.token_header.clone(),
        token_parameter: in_query(&known.token_header),
        provider: known.provider.clone(),
        disabled_by: find(&known.disabled_by)?.field.clone(),
        variable: known.variable.clone(),
        profile: known.profile.clone(),
        feature: known.feature.clone(),
    })
}

/// A header in the spelling of query parameters: `X-Amz-Date`.
fn in_query(header: &str) -> String {
    let words = header.split('-').map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|it| it.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    words.collect::<Vec<_>>().join("-")
}

/// Checks that the client does not already have a setting with this name.
fn check_provider(
    context: &Context<'_>,
    provider: &str,
    parameters: &[EndpointParameter],
    diagnostics: &mut Diagnostics,
) {
    let field = FieldName::new(provider);
    let mut settings = parameters.iter();
    if taken_setting(&field).is_some() || settings.any(|it| it.field == field) {
        diagnostics.error(
            Place::shape(&context.model.service.id),
            format!("the setting `{provider}` of `sessions` already exists in the client"),
            "give it another name in the customizations of the service",
        );
    }
}
