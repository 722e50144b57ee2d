//! Prints the key of the credentials that the environment leads to, and who provided them.

use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use aws_config::BehaviorVersion;
use aws_credential_types::provider::ProvideCredentials as _;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let config = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http_client_fn(|_, _| SharedHttpConnector::new(Plain)))
        .load()
        .await;
    let provider = config.credentials_provider().expect("there is a chain");
    let credentials = provider.provide_credentials().await;
    let credentials = credentials.unwrap_or_else(|error| panic!("{error:#?}"));
    let shown = format!("{credentials:?}");
    let provider = if shown.contains("provider_name: \"SSO\"") {
        "SSO"
    } else {
        "elsewhere"
    };
    println!("{} from {provider}", credentials.access_key_id());
}

/// HTTP without TLS and without waiting: a real client takes longer to compile than all else here.
#[derive(Debug)]
struct Plain;

impl HttpConnector for Plain {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::ready(send(&request).map_err(ConnectorError::io))
    }
}

fn send(request: &HttpRequest) -> Result<HttpResponse, Box<dyn Error + Send + Sync>> {
    let rest = request.uri().strip_prefix("http://").ok_or("it is HTTPS")?;
    let (host, path) = rest.split_once('/').ok_or("there is no path")?;
    let mut head = format!("{} /{path} HTTP/1.1\r\nhost: {host}\r\n", request.method());
    for (name, value) in request.headers() {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut stream = TcpStream::connect(host)?;
    write!(stream, "{head}connection: close\r\n\r\n")?;
    stream.write_all(request.body().bytes().ok_or("the body is a stream")?)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("there is no body")?;
    let status: u16 = head
        .split(' ')
        .nth(1)
        .ok_or("there is no status")?
        .parse()?;
    Ok(HttpResponse::new(status.try_into()?, SdkBody::from(body)))
}
