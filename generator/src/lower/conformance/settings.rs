//! The configuration of a test's client, from `vendorParams`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::ir::TestSettings;
use crate::ir::endpoints::{CallSetting, EndpointParameter, Literal};

/// The shape of `vendorParams` in AWS's tests.
const AWS: &str = "aws.protocoltests.config#AwsConfig";

/// Settings in the form of [`AWS`]. Credentials, clocks and retries are ignored, because they do
/// not affect what is compared.
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

/// Settings for all calls or for one.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Scope {
    region: Option<String>,
    /// All other settings. Those of one service are an object with the service's name.
    #[serde(flatten)]
    others: BTreeMap<String, Value>,
}

impl Scope {
    /// A setting of one service.
    fn of_service(&self, name: &str) -> Option<&Value> {
        self.others.values().find_map(|it| it.get(name))
    }
}

/// The settings of a test, if endpoints depend on them. `shape` determines their form.
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

/// The settings that the client has.
fn settings(scope: &Scope, parameters: &[EndpointParameter]) -> Vec<CallSetting> {
    let flag = |name: &str| scope.of_service(name).and_then(Value::as_bool);
    let style = scope.of_service("addressing_style");
    let wanted = [
        ("Region", scope.region.clone().map(Literal::String)),
        (
            "ForcePathStyle",
            style.map(|it| Literal::Boolean(it == "path")),
        ),
        (
            "Accelerate",
            flag("use_accelerate_endpoint").map(Literal::Boolean),
        ),
        (
            "UseDualStack",
            flag("use_dualstack_endpoint").map(Literal::Boolean),
        ),
    ];
    let found = wanted.into_iter().filter_map(|(name, value)| {
        let parameter = parameters.iter().find(|it| it.name == name)?;
        CallSetting::of(parameter, value?)
    });
    found.collect()
}
