//! Calls a service: `program SERVICE URL`.
//!
//! A test of the workspace compiles this together with the clients.

mod cloud_watch;
mod dynamo_db;
mod ec2;
mod route_53;
mod s3;
mod secrets_manager;
mod sns;
mod sqs;

use std::error::Error;
use std::fmt::Debug;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{CreateUnhandledError, SdkError};
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;

type Outcome = Result<(), Box<dyn Error>>;

/// A client as in a program, except for the URL.
macro_rules! client {
    ($library:ident, $url:expr) => {
        ::$library::Client::from_conf(
            ::$library::Config::builder()
                .behavior_version(::$library::config::BehaviorVersion::latest())
                .region(::$library::config::Region::from_static("us-east-1"))
                .credentials_provider(::$library::config::Credentials::new(
                    "AKIDEXAMPLE",
                    "secret",
                    None,
                    None,
                    "test",
                ))
                .endpoint_url($url)
                .build(),
        )
    };
}
use client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    let mut arguments = std::env::args().skip(1);
    let service = arguments.next().ok_or("which service?")?;
    let url = arguments.next().ok_or("where is it?")?;
    match service.as_str() {
        "cloud-watch" => cloud_watch::run(&url).await,
        "dynamo-db" => dynamo_db::run(&url).await,
        "ec2" => ec2::run(&url).await,
        "route-53" => route_53::run(&url).await,
        "s3" => s3::run(&url).await,
        "secrets-manager" => secrets_manager::run(&url).await,
        "sns" => sns::run(&url).await,
        "sqs" => sqs::run(&url).await,
        _ => Err(format!("there is no program for {service}").into()),
    }
}

/// The error that a service returns. It prints its code, message and request id.
fn refused<T, E>(call: Result<T, SdkError<E, HttpResponse>>, code: &str, words: &str) -> E
where
    T: Debug,
    E: ProvideErrorMetadata + RequestId + CreateUnhandledError + Error + Send + Sync + 'static,
{
    let error = call.expect_err("the service refuses this");
    let status = error
        .raw_response()
        .map(|response| response.status().as_u16());
    assert!(
        status.is_some_and(|status| (400..500).contains(&status)),
        "{error:?}"
    );
    let printed = DisplayErrorContext(&error).to_string();
    let error = error.into_service_error();
    assert_eq!(error.code(), Some(code), "{printed}");
    let message = error.message().unwrap_or_default();
    assert!(message.contains(words), "{printed}");
    let request_id = error.request_id().unwrap_or_default();
    assert!(!request_id.is_empty(), "{printed}");
    for text in [code, words, request_id] {
        assert!(printed.contains(text), "{text} is not in {printed}");
    }
    error
}
