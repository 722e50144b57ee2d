//! Helpers of the model's tests: a client whose requests stay in memory.

use std::fmt;
use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::RetryConfig;

use crate::Client;
//~ if not aws
use crate::config::{BehaviorVersion, Builder};
//~ end
//~ if aws
use crate::config::{BehaviorVersion, Builder, Credentials, Region};
//~ end

/// Returns a client of this network with these settings.
pub(super) fn client(wire: &Arc<Wire>, settings: impl FnOnce(Builder) -> Builder) -> Client {
    let connector = SharedHttpConnector::new(Connector(wire.clone()));
    let config = super::settings()
        .behavior_version(BehaviorVersion::latest())
        //~ if aws
        .region(Region::new("us-west-2"))
        .credentials_provider(Credentials::new(
            "AKIDEXAMPLE",
            "a secret",
            None,
            None,
            "tests",
        ))
        //~ end
        //~ if api-key | basic | bearer
        .allow_no_auth()
        //~ end
        .retry_config(RetryConfig::disabled())
        .http_client(http_client_fn(move |_, _| connector.clone()));
    Client::from_conf(settings(config).build())
}

/// A network in memory.
pub(super) struct Wire {
    /// The request that was sent.
    pub(super) request: Mutex<Option<HttpRequest>>,
    code: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: Vec<u8>,
}

impl Wire {
    pub(super) fn new(code: u16, headers: &[(&'static str, &'static str)], body: &[u8]) -> Self {
        Self {
            request: Mutex::default(),
            code,
            headers: headers.to_vec(),
            body: body.to_owned(),
        }
    }

    fn response(&self) -> HttpResponse {
        let status = self.code.try_into().expect("the code is a status");
        let body = SdkBody::from(self.body.clone());
        let mut response = HttpResponse::new(status, body);
        for (name, value) in &self.headers {
            response.headers_mut().append(*name, *value);
        }
        response
    }
}

#[derive(Clone)]
struct Connector(Arc<Wire>);

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connector")
    }
}

impl HttpConnector for Connector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        *self.0.request.lock().unwrap() = Some(request);
        HttpConnectorFuture::ready(Ok(self.0.response()))
    }
}
