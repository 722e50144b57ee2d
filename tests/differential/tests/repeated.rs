//! Clients without interceptors of users, whose calls reuse cached parts.
//!
//! The other tests give every client an interceptor, and only see the first call of each client.

use std::sync::{Arc, Mutex};

use aws_runtime::user_agent::{AwsUserAgent, UserAgentInterceptor};
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::interceptors::{Intercept, disable_interceptor};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::app_name::AppName;
use aws_types::region::Region;
use aws_types::sdk_ua_metadata::FrameworkMetadata;
use differential::transport::{FixedInvocationId, Never, clock, credentials, no_retries};

type Sent = Arc<Mutex<Vec<Vec<String>>>>;

/// An HTTP client that records headers, except for those that depend on the crate's version.
fn http_client(sent: &Sent, version: &'static str) -> SharedHttpClient {
    let sent = sent.clone();
    SharedHttpClient::new(infallible_client_fn(move |request| {
        let headers = request.headers().iter();
        let headers = headers.filter(|(name, _)| *name != "authorization");
        let headers = headers.map(|(name, value)| {
            let value = value.to_str().expect("headers are text");
            format!("{name}: {}", value.replace(&format!("/{version}"), "/any"))
        });
        sent.lock().expect("no panics").push(headers.collect());
        http::Response::new(SdkBody::from("{}"))
    }))
}

/// Changes the user agent at a point where that is possible.
#[derive(Debug)]
struct Renames;

impl Intercept for Renames {
    fn name(&self) -> &'static str {
        "Renames"
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let user_agent = cfg.get_mut::<AwsUserAgent>().expect("it is there by now");
        user_agent.set_app_name(AppName::new("renamed").expect("it is valid"));
        Ok(())
    }
}

/// Turns the user agent off.
#[derive(Debug)]
struct Silences;

impl Intercept for Silences {
    fn name(&self) -> &'static str {
        "Silences"
    }

    fn read_before_execution(
        &self,
        _: &BeforeSerializationInterceptorContextRef<'_>,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let disabled = disable_interceptor::<UserAgentInterceptor>("a test");
        cfg.interceptor_state().store_put(disabled);
        Ok(())
    }
}

macro_rules! calls {
    ($sdk:ident) => {{
        use $sdk::config::{BehaviorVersion, Config};
        let sent = Sent::default();
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-west-2"))
            .credentials_provider(credentials())
            .sleep_impl(SharedAsyncSleep::new(Never))
            .time_source(SharedTimeSource::new(clock()))
            .retry_config(no_retries())
            .invocation_id_generator(FixedInvocationId)
            .http_client(http_client(&sent, $sdk::meta::PKG_VERSION));
        let client = $sdk::Client::from_conf(config.build());
        let named = |name| Config::builder().app_name(AppName::new(name).expect("it is valid"));
        let framework = FrameworkMetadata::new("frame", Some("1")).expect("it is valid");
        let call = || client.list_channels().customize();
        let calls = [
            call(),
            call(),
            call().config_override(named("one")),
            call().config_override(named("one")),
            call().config_override(named("two")),
            call().config_override(Config::builder().framework_metadata(framework)),
            call().config_override(Config::builder().endpoint_url("https://here.test")),
            call().interceptor(Renames),
            call().interceptor(Silences),
            call(),
        ];
        for call in calls {
            call.send().await.expect("it succeeds");
        }
        let mut pages = client.list_channels().into_paginator().send();
        while let Some(page) = pages.next().await {
            page.expect("it succeeds");
        }
        call().send().await.expect("it succeeds");
        let sent = sent.lock().expect("no panics");
        sent.clone()
    }};
}

#[tokio::test]
async fn repeated_calls_send_what_those_of_the_official_crate_do() {
    let (ours, official) = (calls!(client_ivs), calls!(aws_sdk_ivs));
    assert_eq!(ours.len(), 12);
    for (number, (ours, official)) in ours.iter().zip(&official).enumerate() {
        assert_eq!(ours, official, "call {number}");
    }
    let agents = |sent: &[Vec<String>]| {
        let headers = sent.iter().flatten();
        headers.filter(|it| it.starts_with("user-agent")).count()
    };
    assert_eq!(agents(&ours), 11, "all but one say who they are");
    let distinct: std::collections::BTreeSet<_> = ours.iter().collect();
    assert_eq!(distinct.len(), 7);
}
