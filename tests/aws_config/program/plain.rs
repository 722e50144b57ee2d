//! A blocking HTTP client without TLS, because a real one takes longer to compile than everything else here.

use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;

#[derive(Debug)]
pub struct Plain;

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
