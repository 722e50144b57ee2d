//! Allowed differences in the bodies of requests.

use crate::cbor;
use crate::model::{Model, Protocol};

/// Whether ours has additional empty parameters, for lists without members.
pub fn lists_of_nothing(model: &Model, official: &[u8], ours: &[u8]) -> bool {
    if !matches!(model.protocol, Protocol::AwsQuery | Protocol::Ec2Query) {
        return false;
    }
    let (official, ours) = (parameters(official), parameters(ours));
    let is_list = |name: &str| {
        let prefix = format!("{name}.");
        !ours.iter().any(|(other, _)| other.starts_with(&prefix))
    };
    let is_left_out = |parameter: &(&str, &str)| {
        let (name, value) = *parameter;
        value.is_empty() && is_list(name) && !official.contains(parameter)
    };
    let without: Vec<_> = ours.iter().copied().filter(|it| !is_left_out(it)).collect();
    without == official
}

fn parameters(form: &[u8]) -> Vec<(&str, &str)> {
    let form = std::str::from_utf8(form).unwrap_or_default();
    let parameters = form.split('&').filter(|it| !it.is_empty());
    parameters
        .map(|it| it.split_once('=').unwrap_or((it, "")))
        .collect()
}

/// Whether both are the same value in CBOR.
pub fn same_cbor(model: &Model, official: &[u8], ours: &[u8]) -> bool {
    model.protocol == Protocol::RpcV2Cbor
        && cbor::parse(official).is_some_and(|tree| cbor::parse(ours) == Some(tree))
}
