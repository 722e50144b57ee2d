//! A client of each protocol against moto: created, listed page by page, read, changed, refused and
//! deleted.
//!
//! The clients are generated from public models, with the operations that `protocols/` calls, next
//! to that program in the target folder. The models are not part of this repository. Without them,
//! the tests report that they were skipped. The repository's own clients use restJson1.
//!
//! moto does not support rpcv2Cbor: it responds to such a request with 404. `serve_cbor.py` is a
//! proxy that reads and writes CBOR with botocore.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use generator::{Operations, PresignedBody, ServiceConfig, Source, generate};
use serde_json::{Value, json};
use workspace_tests::{partitions, scratch, workspace};

use crate::moto::{moto, server};
use crate::programs::finish;

/// The folder of public models, next to the project.
const MODELS: &str = "../shared/corpus";

/// The clients: package, model, protocols of the service that are not in its model, and operations.
const CLIENTS: [(&str, &str, &[&str], &str); 8] = [
    (
        "cloud-watch",
        "2025-04/cloudwatch-2010-08-01.json",
        // The service has supported them since.
        &[
            "smithy.protocols#rpcv2Cbor",
            "aws.protocols#awsQueryCompatible",
        ],
        "DeleteDashboards GetDashboard GetMetricStatistics ListDashboards ListMetrics PutDashboard \
         PutMetricData",
    ),
    (
        "dynamo-db",
        "2026-08/dynamodb.json",
        &[],
        "CreateTable DeleteTable DescribeTable GetItem ListTables PutItem Scan UpdateItem",
    ),
    (
        "ec2",
        "2026-11/ec2.json",
        &[],
        "CreateVpc DeleteVpc DescribeInstances DescribeVpcAttribute DescribeVpcs ModifyVpcAttribute \
         RunInstances TerminateInstances",
    ),
    (
        "route-53",
        "2026-08/route-53.json",
        &[],
        "ChangeResourceRecordSets CreateHostedZone DeleteHostedZone GetHostedZone ListHostedZones \
         ListResourceRecordSets UpdateHostedZoneComment",
    ),
    (
        "s3",
        // Its endpoint rules are a rule set.
        "2025-04/s3-2006-03-01.json",
        &[],
        "CreateBucket GetBucketLocation GetObject HeadBucket HeadObject ListObjectsV2 PutObject",
    ),
    (
        "secrets-manager",
        "2025-04/secrets-manager-2017-10-17.json",
        &[],
        "CreateSecret DeleteSecret DescribeSecret GetSecretValue ListSecrets UpdateSecret",
    ),
    (
        "sns",
        "2025-04/sns-2010-03-31.json",
        &[],
        "CreateTopic DeleteTopic GetTopicAttributes ListTagsForResource ListTopics Publish \
         SetTopicAttributes",
    ),
    (
        "sqs",
        "2026-08/sqs.json",
        &[],
        "CreateQueue DeleteMessage DeleteQueue GetQueueAttributes GetQueueUrl ListQueues \
         ReceiveMessage SendMessage SetQueueAttributes",
    ),
];

/// The presigned requests.
const PRESIGNED: [&str; 2] = ["GetObject", "PutObject"];

/// The program that calls all services; `None` if there are no models.
fn program() -> Option<&'static Path> {
    static PROGRAM: OnceLock<Option<PathBuf>> = OnceLock::new();
    let program = PROGRAM.get_or_init(|| workspace(MODELS).is_dir().then(build));
    if program.is_none() {
        println!("left out: there is no {MODELS}");
    }
    program.as_deref()
}

fn build() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("protocols");
    let mut program = scratch::Program::new(&folder, "tests/end_to_end/protocols");
    let partitions = partitions();
    for (package, model, protocols, operations) in CLIENTS {
        let names = operations.split(' ');
        let presigned = names.clone().filter(|name| PRESIGNED.contains(name));
        let config = ServiceConfig {
            presigning: presigned
                .map(|name| (name.into(), PresignedBody::UnsignedBody))
                .collect(),
            operations: Operations::Only(names.map(Into::into).collect()),
            ..ServiceConfig::new(package)
        };
        let rendered = generate(&read(model, protocols), &config, &partitions)
            .unwrap_or_else(|problems| panic!("{problems}"));
        let path = folder.join("clients").join(package);
        let written = rendered.write(&path);
        written.unwrap_or_else(|problems| panic!("{problems}"));
        program.calls(package, &path, &["default-https-client", "rt-tokio"]);
    }
    program.needs("aws-smithy-runtime-api", &[]);
    program.needs("aws-smithy-types", &[]);
    program.needs("aws-types", &[]);
    program.needs("tokio", &["macros", "rt"]);
    program.build()
}

/// Reads a model, and adds these protocols to its service.
fn read(model: &str, protocols: &[&str]) -> Source {
    let source = Source::read(workspace(MODELS).join(model));
    let source = source.unwrap_or_else(|problems| panic!("{problems}"));
    if protocols.is_empty() {
        return source;
    }
    let mut json: Value = serde_json::from_str(source.text()).expect("a model is JSON");
    let shapes = json["shapes"].as_object_mut().expect("it has shapes");
    let services = shapes
        .values_mut()
        .filter(|shape| shape["type"] == "service");
    for service in services {
        for protocol in protocols {
            service["traits"][protocol] = json!({});
        }
    }
    Source::new(source.name(), json.to_string())
}

/// Runs the part of the program for a service.
fn call(service: &str, url: &str) {
    let Some(program) = program() else { return };
    let ran = finish(Command::new(program).args([service, url]));
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
}

#[test]
fn dynamo_db_by_aws_json_1_0() {
    let Some(moto) = moto() else { return };
    call("dynamo-db", moto.url());
}

#[test]
fn sqs_by_aws_json_1_0() {
    let Some(moto) = moto() else { return };
    call("sqs", moto.url());
}

#[test]
fn secrets_manager_by_aws_json_1_1() {
    let Some(moto) = moto() else { return };
    call("secrets-manager", moto.url());
}

#[test]
fn route_53_by_rest_xml() {
    let Some(moto) = moto() else { return };
    call("route-53", moto.url());
}

#[test]
fn s3_by_rest_xml() {
    let Some(moto) = moto() else { return };
    call("s3", moto.url());
}

#[test]
fn sns_by_aws_query() {
    let Some(moto) = moto() else { return };
    call("sns", moto.url());
}

#[test]
fn ec2_by_ec2_query() {
    let Some(moto) = moto() else { return };
    call("ec2", moto.url());
}

#[test]
fn cloud_watch_by_rpc_v2_cbor() {
    let Some(moto) = moto() else { return };
    let Some(cbor) = server("serve_cbor.py", &[moto.url()]) else {
        return;
    };
    call("cloud-watch", cbor.url());
}
