//! Lowers the service and the package of its client.

use super::{Context, auth, describe, docs};
use crate::harmless;
use crate::ir::{Example, LeftOut, Package, Service, ServiceProtocol};
use crate::output::Output;
use crate::protocol::Protocol;
use crate::smithy::{Kind, Model};

/// The service.
pub(super) fn service(context: &Context<'_>, protocol: &'static Protocol) -> Service {
    let (service, customized) = (&context.model.service, context.customized);
    let sdk_id = match service.traits.aws_service() {
        Some(aws) => aws.sdk_id,
        None => service.id.name().to_owned(),
    };
    let title = docs::plain(&title(context));
    let module = sdk_id.to_lowercase().replace(' ', "");
    let auth = auth::schemes(&service.traits, &service.traits);
    let operation_auth = auth::of_operations(context.model, &auth);
    Service {
        namespace: service.id.namespace().to_owned(),
        shape: service.id.name().to_owned(),
        version: service.version.clone(),
        docs: describe::of_service(context),
        signing_name: auth::signing_name(&service.traits).map(str::to_owned),
        error_text: error_text(context),
        title,
        sdk_id,
        module,
        protocol: ServiceProtocol {
            protocol,
            xml_namespace: service.traits.xml_namespace(),
            query_compatible: service.traits.query_compatible() && !protocol.has_query_codes(),
        },
        operation_auth,
        auth,
        is_aws: auth::is_aws(&service.traits),
        api_key: auth::api_key(&service.traits),
        headers: customized.headers.clone(),
        transient_errors: customized.transient_errors.clone(),
        label_prefixes: customized.prefixes.clone(),
        retries: customized.retries,
        signing: customized.signing,
        code_of_empty_404: customized.code_of_empty_404.clone(),
        errors_in_success: customized.errors_in_success,
        extended_request_id: customized.extended_request_id,
        auth_tokens: customized.auth_tokens.clone(),
        environment_token: customized.environment_token.clone(),
        lenient_dates: customized
            .lenient_dates
            .headers
            .clone()
            .into_iter()
            .collect(),
        any_root: customized
            .any_root
            .iter()
            .map(|id| id.name().to_owned())
            .collect(),
    }
}

/// The operations that were left out because they are not supported.
pub(super) fn left_out(model: &Model) -> Vec<LeftOut> {
    let unsupported = model.left_out.unsupported.iter();
    let left_out = unsupported.map(|(operation, reason)| LeftOut {
        operation: operation.name().to_owned(),
        reason: reason.clone(),
    });
    left_out.collect()
}

/// The string member that ends in `message` and that errors without a `message` have in common.
fn error_text(context: &Context<'_>) -> Option<String> {
    let errors = context
        .shapes
        .structures
        .keys()
        .map(|id| context.model.shape(id));
    let mut texts = errors
        .filter(|shape| shape.traits.error().is_some())
        .flat_map(|shape| {
            let members = shape.members();
            let known = |name: &str| ["message", "errormessage"].contains(&name);
            let has_message = members
                .iter()
                .any(|member| known(&member.name.to_lowercase()));
            let text = members.into_iter().find(|member| {
                let is_text = matches!(context.model.target(member).kind, Kind::String);
                is_text && member.name.to_lowercase().ends_with("message")
            });
            text.filter(|_| !has_message)
                .map(|member| member.name.clone())
        });
    let first = texts.next()?;
    texts.all(|text| text == first).then_some(first)
}

/// The service's title on one line.
fn title(context: &Context<'_>) -> String {
    let service = &context.model.service;
    let traits = &service.traits;
    let title = traits.title().map(harmless::line);
    let words = title.as_deref().unwrap_or_default().split_whitespace();
    let title = words.collect::<Vec<_>>().join(" ");
    Some(title)
        .filter(|title| !title.is_empty())
        .or_else(|| traits.aws_service().map(|aws| aws.sdk_id))
        .unwrap_or_else(|| service.id.name().to_owned())
}

/// The package, as configured.
pub(super) fn package(context: &Context<'_>, model_name: &str) -> Package {
    let config = context.config;
    Package {
        library: config.package.replace('-', "_"),
        name: config.package.clone(),
        version: config.version.clone(),
        description: format!("A client of {}", title(context)),
        keywords: config.keywords.clone(),
        replaces: config.replaces.clone(),
        model: harmless::line(model_name).into_owned(),
        examples: config.extra_files.iter().filter_map(example).collect(),
        made_by: harmless::line(&config.made_by).into_owned(),
        layout: config.layout.clone(),
    }
}

/// An example among the extra files: files in subfolders are shared by examples.
fn example(file: &Output) -> Option<Example> {
    let name = file.path.strip_prefix("examples/")?.strip_suffix(".rs")?;
    let docs = file
        .text
        .lines()
        .map_while(|line| line.strip_prefix("//! "));
    (!name.contains('/')).then(|| Example {
        name: name.to_owned(),
        summary: harmless::line(&docs.collect::<Vec<_>>().join(" ")).into_owned(),
    })
}
