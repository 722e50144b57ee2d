//! The same calls, made with the generated clients and with the official crates.
//!
//! The crates are source-compatible, so the macro `side` is expanded once for each. [`answers`]
//! contains the responses of the services.

pub mod answers;
pub mod typed;

use std::hint::black_box;

use aws_credential_types::Credentials;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_http_client::test_util::infallible_client_fn;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::body::SdkBody;
use aws_types::region::Region;

/// The crates that are compared.
#[cfg(feature = "official")]
pub const SIDES: &[&str] = &["ours", "official"];

/// The crates that are compared; the feature `official` adds the official ones.
#[cfg(not(feature = "official"))]
pub const SIDES: &[&str] = &["ours"];

/// The measured calls.
pub const CALLS: [&str; 5] = [
    "CreateChannel",
    "ListChannels",
    "PutMetadata",
    "CreateParticipantToken",
    "CreateChatToken",
];

/// An HTTP client that responds to every request with the same text, without a network.
pub fn in_memory(answer: &'static str) -> SharedHttpClient {
    let client = infallible_client_fn(move |_| {
        http::Response::builder()
            .header("content-type", "application/json")
            .header("x-amzn-requestid", "11111111-2222-3333-4444-555555555555")
            .body(SdkBody::from(answer))
            .expect("the response is valid")
    });
    SharedHttpClient::new(client)
}

macro_rules! side {
    ($side:ident: $ivs:ident, $realtime:ident, $chat:ident) => {
        /// One of the two sides.
        pub mod $side {
            use super::*;

            /// A client for each service.
            #[derive(Clone, Debug)]
            pub struct Clients {
                ivs: $ivs::Client,
                realtime: $realtime::Client,
                chat: $chat::Client,
            }

            impl Clients {
                /// Creates clients that use `http_client`, and `endpoint` if it is set.
                pub fn new(http_client: &SharedHttpClient, endpoint: Option<&str>) -> Self {
                    macro_rules! client {
                        ($service:ident) => {{
                            let config = $service::Config::builder()
                                .behavior_version($service::config::BehaviorVersion::latest())
                                .region(Region::from_static("us-west-2"))
                                .credentials_provider(Credentials::new(
                                    "id", "secret", None, None, "fixed",
                                ))
                                .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
                                .http_client(http_client.clone());
                            let config = match endpoint {
                                Some(endpoint) => config.endpoint_url(endpoint),
                                None => config,
                            };
                            $service::Client::from_conf(config.build())
                        }};
                    }
                    Self {
                        ivs: client!($ivs),
                        realtime: client!($realtime),
                        chat: client!($chat),
                    }
                }

                /// Makes a call of [`CALLS`].
                ///
                /// # Panics
                ///
                /// Panics if the call fails or does not exist.
                pub async fn call(&self, name: &str) {
                    match name {
                        "CreateChannel" => {
                            let request = self.ivs.create_channel().name("my-channel");
                            let request = request.tags("team", "video").authorized(true);
                            black_box(request.send().await.expect("it succeeds"));
                        }
                        "ListChannels" => {
                            let request = self.ivs.list_channels().max_results(50);
                            black_box(request.send().await.expect("it succeeds"));
                        }
                        "PutMetadata" => {
                            let request = self.ivs.put_metadata().channel_arn(answers::CHANNEL);
                            let request = request.metadata(r#"{"question":42}"#);
                            black_box(request.send().await.expect("it succeeds"));
                        }
                        "CreateParticipantToken" => {
                            let request = self.realtime.create_participant_token();
                            let request = request.stage_arn(answers::STAGE).user_id("alice");
                            black_box(request.send().await.expect("it succeeds"));
                        }
                        "CreateChatToken" => {
                            let request = self.chat.create_chat_token().user_id("alice");
                            let request = request.room_identifier(answers::ROOM);
                            black_box(request.send().await.expect("it succeeds"));
                        }
                        other => panic!("there is no call `{other}`"),
                    }
                }
            }

            /// The parser of `ListChannels`.
            pub fn parser() -> Parser {
                Parser::of(&$ivs::operation::list_channels::ListChannels::new())
            }
        }
    };
}

side!(ours: client_ivs, client_ivs_realtime, client_ivschat);
#[cfg(feature = "official")]
side!(official: aws_sdk_ivs, aws_sdk_ivsrealtime, aws_sdk_ivschat);

pub use parser::Parser;

mod parser {
    use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
    use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
    use aws_smithy_runtime_api::client::ser_de::{
        DeserializeResponse as _, SharedResponseDeserializer,
    };
    use aws_smithy_runtime_api::http::StatusCode;
    use aws_smithy_types::body::SdkBody;
    use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer};

    /// Reads responses like an operation.
    #[derive(Debug)]
    pub struct Parser {
        layer: FrozenLayer,
        cfg: ConfigBag,
    }

    impl Parser {
        pub(super) fn of(operation: &impl RuntimePlugin) -> Self {
            Self {
                layer: operation.config().expect("operations have a configuration"),
                cfg: ConfigBag::base(),
            }
        }

        /// A response with this body.
        pub fn response(text: &str) -> HttpResponse {
            let status = StatusCode::try_from(200).expect("200 is a status");
            HttpResponse::new(status, SdkBody::from(text))
        }

        /// Reads a response and drops the result.
        ///
        /// # Panics
        ///
        /// Panics if it cannot be read.
        pub fn parse(&self, response: &HttpResponse) {
            let deserializer = self
                .layer
                .load::<SharedResponseDeserializer>()
                .expect("operations have a deserializer");
            let output = deserializer.deserialize_nonstreaming_with_config(response, &self.cfg);
            std::hint::black_box(output.expect("the response can be read"));
        }
    }
}
