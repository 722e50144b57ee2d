//! How the client of a test is configured: the test's `vendorParams`.

use serde::Deserialize;

use crate::ir::TestSettings;
use crate::ir::endpoints::{CallSetting, EndpointParameter, Literal};

/// The shape that these settings have in AWS's tests.
const AWS: &str = "aws.protocoltests.config#AwsConfig";

/// Settings in the form of [`AWS`]. Credentials, clocks and retries are left out: they change nothing
/// of what is compared.
#[derive(Default, Deserialize)]
pub(super) struct VendorParams {
    #[serde(default, rename = "scopedConfig")]
    scoped: Scoped,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Scoped {
    client: Scope,
    operation: Scope,
}

/// What is set for all calls, or for one.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Scope {
    region: Option<String>,
    #[serde(rename = "s3")]
    buckets: Buckets,
}

/// How buckets are found.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Buckets {
    addressing_style: Option<String>,
    use_accelerate_endpoint: Option<bool>,
    use_dualstack_endpoint: Option<bool>,
}

/// The settings of a test, if endpoints depend on them. `shape` says what form they have.
pub(super) fn lower(
    shape: Option<&str>,
    params: Option<VendorParams>,
    parameters: &[EndpointParameter],
) -> Option<TestSettings> {
    let Scoped { client, operation } = params.filter(|_| shape == Some(AWS))?.scoped;
    let client = settings(&client, parameters);
    (!client.is_empty()).then(|| TestSettings {
        client,
        call: settings(&operation, parameters),
    })
}

/// Those of the settings that the client has.
fn settings(scope: &Scope, parameters: &[EndpointParameter]) -> Vec<CallSetting> {
    let flag = |flag: Option<bool>| flag.map(Literal::Boolean);
    let Buckets {
        addressing_style,
        use_accelerate_endpoint,
        use_dualstack_endpoint,
    } = &scope.buckets;
    let in_path = addressing_style.as_ref().map(|style| style == "path");
    let region = scope.region.clone().map(Literal::String);
    let wanted = [
        ("Region", region),
        ("ForcePathStyle", flag(in_path)),
        ("Accelerate", flag(*use_accelerate_endpoint)),
        ("UseDualStack", flag(*use_dualstack_endpoint)),
    ];
    let found = wanted.into_iter().filter_map(|(name, value)| {
        let parameter = parameters.iter().find(|it| it.name == name)?;
        CallSetting::of(parameter, value?)
    });
    found.collect()
}
