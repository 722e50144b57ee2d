//! Well-known services, and services with large clients.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use super::{Service, listed};

/// A model, its official crate, and operations that programs call together. The default version is
/// that of the workspace.
const SERVICES: [(&str, &str, &[&str]); 9] = [
    (
        "../shared/corpus/2026-08/sqs.json",
        "aws-sdk-sqs@1.119.0",
        &["SendMessage,ReceiveMessage,DeleteMessage"],
    ),
    (
        "../shared/corpus/2026-08/dynamodb.json",
        "aws-sdk-dynamodb@1.136.0",
        &["GetItem,PutItem,Query"],
    ),
    (
        "../shared/corpus/2026-08/lambda.json",
        "aws-sdk-lambda@1.156.0",
        &["Invoke,GetFunction,CreateFunction"],
    ),
    (
        "../shared/corpus/2026-08/iam.json",
        "aws-sdk-iam@1.133.0",
        &["GetUser,ListUsers,CreateUser"],
    ),
    (
        "../shared/corpus/2026-08/s3.json",
        "aws-sdk-s3@1.157.0",
        &["GetObject,PutObject,ListObjectsV2"],
    ),
    (
        "../shared/corpus/2026-11/ec2.json",
        "aws-sdk-ec2@1.274.0",
        &[
            "DescribeVpcs,CreateVpc,DeleteVpc",
            "RunInstances,DescribeInstances,TerminateInstances",
        ],
    ),
    (
        "models/ivs.json",
        "aws-sdk-ivs",
        &["CreateChannel,GetChannel,PutMetadata"],
    ),
    (
        "models/ivs-realtime.json",
        "aws-sdk-ivsrealtime",
        &["CreateParticipantToken,CreateStage,GetStage"],
    ),
    (
        "models/ivschat.json",
        "aws-sdk-ivschat",
        &["CreateChatToken,CreateRoom,SendEvent"],
    ),
];

/// The services of these official crates, or all, whose models exist.
pub(super) fn well_known(names: &[String], workspace: &Path) -> Result<Vec<Service>> {
    let known = SERVICES.map(|(_, official, _)| crate_name(official));
    for name in names {
        let is_known = known.contains(&name.as_str());
        ensure!(is_known, "{name} is none of {}", known.join(", "));
    }
    let mut services = Vec::new();
    for (model, official, only) in SERVICES {
        let is_meant = names.is_empty() || names.iter().any(|it| it == crate_name(official));
        let file = workspace.join(model);
        if !is_meant {
            continue;
        }
        if !file.exists() {
            say!("left out: {official}: there is no {model}");
            continue;
        }
        services.push(Service {
            model: file,
            official: official.to_owned(),
            only: only.iter().map(|names| listed(names)).collect(),
            service: None,
            protocol: None,
        });
    }
    Ok(services)
}

/// The official crates and models of services whose clients are not in the workspace; `None` if one
/// of the models does not exist.
pub fn models(workspace: &Path) -> Option<Vec<(&'static str, PathBuf)>> {
    let others = SERVICES.iter().filter(|it| it.0.starts_with("../"));
    let models = others.map(|(model, official, _)| {
        let model = workspace.join(model);
        model.exists().then(|| (crate_name(official), model))
    });
    models.collect()
}

fn crate_name(official: &'static str) -> &'static str {
    official.split('@').next().unwrap_or(official)
}
