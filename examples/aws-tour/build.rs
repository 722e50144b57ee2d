//! Generates clients with the operations that the tour calls, as the modules `crate::aws_sdk_…`.
//!
//! The models are those that AWS publishes. They are looked for in the folder `models` here, or in
//! the one that the variable `AWS_MODELS` names.

use std::env;
use std::path::{Path, PathBuf};
use std::process::exit;

use generator::{Diagnostics, Operations, ServiceConfig};

/// The modules, the models, and the operations.
const CLIENTS: [(&str, &str, &str); 5] = [
    (
        "aws_sdk_dynamodb",
        "dynamodb-2012-08-10.json",
        "CreateTable DeleteTable DescribeTable GetItem PutItem Query",
    ),
    (
        "aws_sdk_s3",
        "s3-2006-03-01.json",
        "CreateBucket DeleteBucket DeleteObject GetObject HeadBucket PutObject",
    ),
    (
        "aws_sdk_sns",
        "sns-2010-03-31.json",
        "CreateTopic DeleteTopic Publish Subscribe",
    ),
    (
        "aws_sdk_sqs",
        "sqs-2012-11-05.json",
        "CreateQueue DeleteMessage DeleteQueue GetQueueAttributes ReceiveMessage SendMessage \
         SetQueueAttributes",
    ),
    ("aws_sdk_sts", "sts-2011-06-15.json", "GetCallerIdentity"),
];

fn main() -> Result<(), Diagnostics> {
    println!("cargo::rerun-if-env-changed=AWS_MODELS");
    let folder = env::var_os("AWS_MODELS").map_or_else(|| "models".into(), PathBuf::from);
    for (module, model, operations) in CLIENTS {
        let config = ServiceConfig {
            operations: Operations::Only(operations.split(' ').map(Into::into).collect()),
            ..ServiceConfig::module(format!("crate::{module}"))
        };
        generator::build(found(&folder, model), &config)?;
    }
    Ok(())
}

/// The model, if it is in the folder.
fn found(folder: &Path, model: &str) -> PathBuf {
    let path = folder.join(model);
    if !path.is_file() {
        println!("cargo::rerun-if-changed={}", path.display());
        let path = env::current_dir().unwrap_or_default().join(&path);
        eprintln!("error: there is no model {}", path.display());
        eprintln!("AWS publishes the models at https://github.com/aws/api-models-aws.");
        eprintln!("Put these into that folder, or set AWS_MODELS to the folder that has them:");
        for (_, model, _) in CLIENTS {
            eprintln!("  {model}");
        }
        exit(1);
    }
    path
}
