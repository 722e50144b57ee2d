//! Checks the names of parameters.

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostics, Place};
use crate::ir::endpoints::{EndpointParameter, ParameterSource};
use crate::names::FieldName;

/// The methods of the configuration's builder in all clients.
const SETTINGS: [&str; 90] = [
    "account_id_endpoint_mode",
    "allow_no_auth",
    "api_key",
    "api_key_resolver",
    "app_name",
    "apply_test_defaults",
    "apply_test_defaults_v2",
    "auth_scheme_preference",
    "auth_scheme_resolver",
    "aws_chunked_encoding_chunk_size",
    "basic_auth_login",
    "basic_auth_login_resolver",
    "bearer_token",
    "bearer_token_resolver",
    "behavior_version",
    "behavior_version_latest",
    "build",
    "capture_input_attributes",
    "credentials_provider",
    "disable_clock_skew_correction",
    "disable_request_compression",
    "emit_input_attributes",
    "enable_endpoint_discovery",
    "endpoint_resolver",
    "endpoint_url",
    "framework_metadata",
    "http_client",
    "idempotency_token_provider",
    "identity_cache",
    "interceptor",
    "invocation_id_generator",
    "new",
    "push_auth_scheme",
    "push_framework_metadata",
    "push_interceptor",
    "push_retry_classifier",
    "push_runtime_plugin",
    "region",
    "request_checksum_calculation",
    "request_min_compression_size_bytes",
    "request_telemetry",
    "response_checksum_validation",
    "retry_classifier",
    "retry_config",
    "retry_partition",
    "set_account_id_endpoint_mode",
    "set_allow_no_auth",
    "set_api_key",
    "set_app_name",
    "set_auth_scheme_preference",
    "set_auth_scheme_resolver",
    "set_aws_chunked_encoding_chunk_size",
    "set_basic_auth_login",
    "set_behavior_version",
    "set_credentials_provider",
    "set_disable_clock_skew_correction",
    "set_disable_request_compression",
    "set_enable_endpoint_discovery",
    "set_endpoint_resolver",
    "set_endpoint_url",
    "set_http_client",
    "set_idempotency_token_provider",
    "set_identity_cache",
    "set_interceptors",
    "set_invocation_id_generator",
    "set_region",
    "set_request_checksum_calculation",
    "set_request_min_compression_size_bytes",
    "set_response_checksum_validation",
    "set_retry_classifiers",
    "set_retry_config",
    "set_retry_partition",
    "set_sigv4a_signing_region_set",
    "set_sleep_impl",
    "set_stalled_stream_protection",
    "set_time_source",
    "set_timeout_config",
    "set_token_provider",
    "set_use_dual_stack",
    "set_use_fips",
    "sigv4a_signing_region_set",
    "sleep_impl",
    "stalled_stream_protection",
    "time_source",
    "timeout_config",
    "token_provider",
    "use_dual_stack",
    "use_fips",
    "with_test_defaults",
    "with_test_defaults_v2",
];

/// The methods of `Params` and its builder that do not belong to a parameter.
const METHODS_OF_PARAMETERS: [&str; 3] = ["build", "build_unchecked", "builder"];

/// The method of a setting that the configuration of every client already has.
pub(in crate::lower) fn taken_setting(field: &FieldName) -> Option<String> {
    let methods = [field.setter(), field.set()].map(|method| method.to_string());
    let mut methods = methods.into_iter();
    methods.find(|method| SETTINGS.contains(&method.as_str()))
}

/// Checks that the names of parameters, and of the items made from them, are unique in Rust.
pub(super) fn check(
    parameters: &[EndpointParameter],
    place: &Place,
    diagnostics: &mut Diagnostics,
) {
    let methods = METHODS_OF_PARAMETERS.map(|method| (method.to_owned(), None));
    let mut taken: BTreeMap<String, Option<&str>> = methods.into();
    for parameter in parameters {
        let name = parameter.name.as_str();
        let r#type = match &parameter.source {
            ParameterSource::ClientContext(name) => Some(name.to_string()),
            ParameterSource::BuiltIn(_) | ParameterSource::OperationOnly => None,
        };
        let methods = [
            parameter.field.to_string(),
            parameter.field.set().to_string(),
        ];
        let claims = methods.into_iter().chain(r#type);
        for claim in claims {
            let message = match taken.get(&claim) {
                Some(Some(other)) => format!("`{other}` and `{name}` are both `{claim}` in Rust"),
                Some(None) => {
                    format!("`{name}` is `{claim}` in Rust, which is a method of all parameters")
                }
                None => {
                    taken.insert(claim, Some(name));
                    continue;
                }
            };
            diagnostics.error(
                place.clone().key(name),
                message,
                "rename one of them: the names of parameters must differ in more than case",
            );
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::defined::{emitted, methods, templates};

    #[test]
    fn settings_are_those_of_the_templates() {
        assert_eq!(
            methods(&templates("src"), "Builder"),
            SETTINGS.map(str::to_owned).into()
        );
    }

    /// The client of this test has one parameter, whose methods are not in the list.
    #[test]
    fn methods_of_parameters_are_those_of_generated_code() {
        let files = emitted("config/endpoint.rs");
        let mut found = methods(&files, "Params");
        found.extend(methods(&files, "ParamsBuilder"));
        for of_parameter in ["region", "set_region", "endpoint", "set_endpoint"] {
            assert!(found.remove(of_parameter), "{of_parameter}");
        }
        assert_eq!(found, METHODS_OF_PARAMETERS.map(str::to_owned).into());
    }
}
