//! Tests that the test tools of the AWS SDK work with generated clients as with official ones:
//! `aws-smithy-mocks`, `StaticReplayClient`, `capture_request`, and what
//! [`customize`](client_ivs::client::customize) offers.
//!
//! The clients have the feature `test-util`, like programs that are tested in this way.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use aws_smithy_http_client::test_util::{ReplayEvent, StaticReplayClient, capture_request};
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use aws_smithy_types::body::SdkBody;
use client_ivs::config::http::HttpResponse;
use client_ivs::config::interceptors::{
    BeforeTransmitInterceptorContextMut, FinalizerInterceptorContextRef,
};
use client_ivs::config::{ConfigBag, Intercept, Region, RuntimeComponents};
use client_ivs::error::{BoxError, ErrorMetadata, ProvideErrorMetadata};

/// An error as the services send it: Chat uses another name for the message than the two others.
fn not_found() -> http::Response<SdkBody> {
    http::Response::builder()
        .status(404)
        .header("x-amzn-errortype", "ResourceNotFoundException")
        .body(SdkBody::from(
            r#"{"exceptionMessage": "gone", "message": "gone"}"#,
        ))
        .expect("a response")
}

fn ok(body: &'static str) -> http::Response<SdkBody> {
    http::Response::builder()
        .body(SdkBody::from(body))
        .expect("a response")
}

mod ivs {
    use client_ivs::Client;
    use client_ivs::operation::get_channel::{GetChannelError, GetChannelOutput};
    use client_ivs::types::Channel;
    use client_ivs::types::error::ResourceNotFoundException;

    use super::*;

    #[tokio::test]
    async fn rules_answer_in_their_order() {
        let output = mock!(Client::get_channel)
            .match_requests(|input| input.arn() == Some("a"))
            .then_output(|| {
                let channel = Channel::builder().name("one").build();
                GetChannelOutput::builder().channel(channel).build()
            });
        let error = mock!(Client::get_channel).then_error(|| {
            let meta = ErrorMetadata::builder().message("gone").build();
            let error = ResourceNotFoundException::builder().meta(meta).build();
            GetChannelError::ResourceNotFoundException(error)
        });
        let response = mock!(Client::get_channel).then_http_response(|| {
            HttpResponse::try_from(ok(r#"{"channel": {"name": "two"}}"#)).expect("a response")
        });
        let error_response = mock!(Client::get_channel)
            .then_http_response(|| HttpResponse::try_from(not_found()).expect("a response"));
        let rules = [&output, &error, &response, &error_response];
        let client = mock_client!(client_ivs, RuleMode::Sequential, rules);
        let get = || client.get_channel().arn("a").send();

        let found = get().await.expect("an output");
        assert_eq!(found.channel().and_then(Channel::name), Some("one"));
        let error = get().await.expect_err("an error").into_service_error();
        assert!(error.is_resource_not_found_exception());
        assert_eq!(error.message(), Some("gone"));
        let found = get().await.expect("an output");
        assert_eq!(found.channel().and_then(Channel::name), Some("two"));
        let error = get().await.expect_err("an error").into_service_error();
        assert!(error.is_resource_not_found_exception());
        assert_eq!(error.message(), Some("gone"));
        assert!(rules.iter().all(|rule| rule.num_calls() == 1));
    }

    #[tokio::test]
    async fn a_sequence_is_retried() {
        let rule = mock!(Client::get_channel)
            .sequence()
            .http_status(503, None)
            .times(2)
            .output(|| GetChannelOutput::builder().build())
            .build();
        let client = mock_client!(client_ivs, [&rule]);
        let found = client.get_channel().arn("a").send().await;
        found.expect("the third attempt succeeds");
        assert_eq!(rule.num_calls(), 3);
    }
}

mod realtime {
    use client_ivs_realtime::Client;
    use client_ivs_realtime::operation::list_stages::{ListStagesError, ListStagesOutput};
    use client_ivs_realtime::types::StageSummary;

    use super::*;

    #[tokio::test]
    async fn any_matching_rule_answers() {
        let stage = || {
            StageSummary::builder()
                .arn("s")
                .build()
                .expect("all is set")
        };
        let second = mock!(Client::list_stages)
            .match_requests(|input| input.next_token() == Some("more"))
            .then_output(move || {
                let output = ListStagesOutput::builder().stages(stage());
                output.build().expect("all is set")
            });
        let first = mock!(Client::list_stages)
            .match_requests(|input| input.next_token().is_none())
            .then_http_response(|| {
                let response = ok(r#"{"stages": [{"arn": "r"}], "nextToken": "more"}"#);
                HttpResponse::try_from(response).expect("a response")
            });
        let client = mock_client!(client_ivs_realtime, RuleMode::MatchAny, [&second, &first]);
        let mut pages = client.list_stages().into_paginator().send();
        let mut arns = Vec::new();
        while let Some(page) = pages.try_next().await.expect("a page") {
            arns.extend(page.stages.into_iter().map(|stage| stage.arn));
        }
        assert_eq!(arns, ["r", "s"]);
    }

    #[tokio::test]
    async fn an_error_without_a_type_can_be_mocked() {
        let rule = mock!(Client::list_stages).then_error(|| {
            let meta = ErrorMetadata::builder().code("Strange").message("odd");
            ListStagesError::generic(meta.build())
        });
        let client = mock_client!(client_ivs_realtime, [&rule]);
        let error = client.list_stages().send().await.expect_err("an error");
        assert_eq!(
            (error.code(), error.message()),
            (Some("Strange"), Some("odd"))
        );
    }
}

mod chat {
    use client_ivschat::Client;
    use client_ivschat::config::Credentials;
    use client_ivschat::operation::send_event::{SendEventError, SendEventOutput};
    use client_ivschat::types::ResourceType;
    use client_ivschat::types::error::ThrottlingException;

    use super::*;

    #[tokio::test]
    async fn output_error_and_response() {
        let output = mock!(Client::send_event)
            .match_requests(|input| input.event_name() == Some("hello"))
            .then_output(|| SendEventOutput::builder().id("1").build());
        let error = mock!(Client::send_event).then_error(|| {
            let error = ThrottlingException::builder()
                .message("slow down")
                .resource_id("room")
                .resource_type(ResourceType::Room)
                .limit(10);
            SendEventError::ThrottlingException(error.build().expect("all is set"))
        });
        let response = mock!(Client::send_event)
            .then_http_response(|| HttpResponse::try_from(not_found()).expect("a response"));
        let rules = [&output, &error, &response];
        // The macro's last argument changes settings in addition to the test defaults.
        let client = mock_client!(client_ivschat, RuleMode::Sequential, rules, |config| {
            config.retry_config(client_ivschat::config::retry::RetryConfig::disabled())
        });
        let send = || client.send_event().room_identifier("r").event_name("hello");

        assert_eq!(send().send().await.expect("an output").id(), Some("1"));
        let error = send().send().await.expect_err("an error");
        assert!(error.into_service_error().is_throttling_exception());
        let error = send().send().await.expect_err("an error");
        assert_eq!(error.code(), Some("ResourceNotFoundException"));
        assert_eq!(error.message(), Some("gone"));
    }

    #[tokio::test]
    async fn a_request_is_captured() {
        let (http_client, request) = capture_request(Some(ok(r#"{"id": "1"}"#)));
        let config = client_ivschat::Config::builder()
            .with_test_defaults_v2()
            .credentials_provider(Credentials::for_tests())
            .http_client(http_client)
            .build();
        let sent = Client::from_conf(config)
            .send_event()
            .room_identifier("r")
            .event_name("hello")
            .send()
            .await;
        assert_eq!(sent.expect("an output").id(), Some("1"));
        let request = request.expect_request();
        assert_eq!(
            request.uri(),
            "https://ivschat.us-east-1.amazonaws.com/SendEvent"
        );
        let body = request.body().bytes().expect("the body is in memory");
        assert_eq!(body, br#"{"eventName":"hello","roomIdentifier":"r"}"#);
        // The clock of the test defaults.
        assert_eq!(
            request.headers().get("x-amz-date"),
            Some("20090213T233130Z")
        );
    }
}

/// A client of IVS with the test defaults and `http_client`, which is independent of the
/// environment.
fn ivs_client(http_client: StaticReplayClient) -> client_ivs::Client {
    let config = client_ivs::Config::builder()
        .with_test_defaults_v2()
        .http_client(http_client);
    client_ivs::Client::from_conf(config.build())
}

fn request(uri: &str, body: &'static str) -> http::Request<SdkBody> {
    http::Request::builder()
        .method("POST")
        .uri(uri)
        .body(SdkBody::from(body))
        .expect("a request")
}

#[tokio::test]
async fn a_conversation_is_replayed() {
    let uri = "https://ivs.us-east-1.amazonaws.com/GetChannel";
    let http_client = StaticReplayClient::new(vec![
        ReplayEvent::new(request(uri, r#"{"arn":"a"}"#), not_found()),
        ReplayEvent::new(request(uri, r#"{"arn":"b"}"#), ok(r#"{"channel": {}}"#)),
    ]);
    let client = ivs_client(http_client.clone());
    let missing = client.get_channel().arn("a").send().await;
    assert!(
        missing
            .expect_err("it is not there")
            .into_service_error()
            .is_resource_not_found_exception()
    );
    let found = client.get_channel().arn("b").send().await;
    assert!(found.expect("it is there").channel().is_some());
    http_client.assert_requests_match(&[]);
}

/// Adds a header to every attempt, and counts the calls that end.
#[derive(Clone, Debug, Default)]
struct Observer {
    ended: Arc<AtomicUsize>,
}

impl Intercept for Observer {
    fn name(&self) -> &'static str {
        "Observer"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.request_mut().headers_mut();
        headers.insert("x-observer", "seen");
        Ok(())
    }

    fn read_after_execution(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // The output still has its own type and can be inspected.
        let output = context.output_or_error();
        if output.is_some_and(|result| result.is_ok()) {
            self.ended.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    }
}

#[tokio::test]
async fn a_single_call_is_customized() {
    let event = |uri| ReplayEvent::new(request(uri, "{}"), ok("{}"));
    let http_client = StaticReplayClient::new(vec![
        event("https://ivs.eu-west-1.amazonaws.com/ListChannels"),
        event("https://ivs.us-east-1.amazonaws.com/ListChannels"),
    ]);
    let observer = Observer::default();
    let client = ivs_client(http_client.clone());
    let config = client_ivs::Config::builder().region(Region::new("eu-west-1"));
    let customized = client
        .list_channels()
        .customize()
        .config_override(config)
        .interceptor(observer.clone())
        .mutate_request(|request| {
            request.headers_mut().insert("x-trace", "on");
        })
        .send()
        .await;
    customized.expect("an output");
    client.list_channels().send().await.expect("an output");

    http_client.assert_requests_match(&[]);
    assert_eq!(observer.ended.load(Ordering::Relaxed), 1);
    let requests: Vec<_> = http_client.actual_requests().collect();
    let headers = |index: usize, name| requests[index].headers().get(name);
    for name in ["x-observer", "x-trace"] {
        assert!(headers(0, name).is_some() && headers(1, name).is_none());
        let authorization = headers(0, "authorization").expect("requests are signed");
        assert!(authorization.contains(name), "{authorization}");
    }
}

#[tokio::test]
async fn an_interceptor_of_the_config_sees_every_call() {
    let observer = Observer::default();
    let (http_client, request) = capture_request(Some(ok("{}")));
    let config = client_ivs::Config::builder()
        .with_test_defaults_v2()
        .interceptor(observer.clone())
        .http_client(http_client);
    let client = client_ivs::Client::from_conf(config.build());
    client.list_channels().send().await.expect("an output");
    let request = request.expect_request();
    assert_eq!(request.headers().get("x-observer"), Some("seen"));
    assert_eq!(observer.ended.load(Ordering::Relaxed), 1);
}
