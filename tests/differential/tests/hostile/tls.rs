//! Servers that fail before HTTP.

use std::sync::Arc;
use std::time::Duration;

use aws_smithy_types::timeout::TimeoutConfig;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpSocket;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;

use crate::server::Server;
use crate::sides::{SIDES, Setup, shared_http_client};
use crate::table::END;

/// Connecting to a server that never responds must end.
const PATIENCE: Duration = Duration::from_millis(200);

#[tokio::test]
async fn a_certificate_that_nobody_trusts_is_refused() {
    let acceptor = TlsAcceptor::from(Arc::new(untrusted()));
    let server = Server::on_connection(move |_, stream| {
        let acceptor = acceptor.clone();
        async move {
            let handshake = acceptor.accept(stream).await;
            assert!(handshake.is_err(), "the client trusts the certificate");
        }
    })
    .await;
    let url = server.https_url();
    check(
        "untrusted",
        &url,
        &Setup::default(),
        "DispatchFailure(io)",
        "UnknownIssuer",
    )
    .await;
}

#[tokio::test]
async fn a_server_without_tls_is_refused() {
    let server = Server::on_connection(|_, mut stream| async move {
        // The client closes the connection when it has read this.
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        let _ = stream.read_to_end(&mut Vec::new()).await;
    })
    .await;
    let setup = Setup::default();
    check(
        "no TLS",
        &server.https_url(),
        &setup,
        "DispatchFailure(io)",
        "InvalidContentType",
    )
    .await;
}

#[tokio::test]
async fn a_handshake_ends_with_the_connect_timeout() {
    let server = Server::on_connection(|_, stream| async move {
        std::future::pending::<()>().await;
        drop(stream);
    })
    .await;
    let says = "connect timeout";
    check(
        "handshake",
        &server.https_url(),
        &impatient(),
        "DispatchFailure(timeout)",
        says,
    )
    .await;
}

/// On Linux, connections wait if the queue is full.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn connecting_ends_with_the_connect_timeout() {
    let socket = TcpSocket::new_v4().expect("a socket");
    let any = "127.0.0.1:0".parse().expect("an address");
    socket.bind(any).expect("a free port");
    let listener = socket.listen(1).expect("a listener");
    let address = listener.local_addr().expect("a bound socket");
    let mut waiting = Vec::new();
    while let Ok(connected) = timeout(PATIENCE, tokio::net::TcpStream::connect(address)).await {
        waiting.push(connected.expect("a place"));
    }
    let (url, says) = (format!("http://{address}"), "connect timeout");
    check(
        "backlog",
        &url,
        &impatient(),
        "DispatchFailure(timeout)",
        says,
    )
    .await;
}

fn impatient() -> Setup {
    Setup {
        timeouts: TimeoutConfig::builder().connect_timeout(PATIENCE).build(),
        ..Setup::default()
    }
}

/// Checks the variant and a part of the message on all sides, after three attempts.
async fn check(name: &str, url: &str, setup: &Setup, variant: &str, says: &str) {
    let http = shared_http_client();
    let mut official = None;
    for side in SIDES {
        let client = side.client(name, url, &http, setup);
        let outcome = timeout(END, client.start_composition("stage", None)).await;
        let outcome = outcome.unwrap_or_else(|_| panic!("{name}, {side:?}: the call does not end"));
        let attempts = client.attempts();
        println!(
            "{name}: {side:?} {attempts} attempts  {}  {}",
            outcome.variant, outcome.message
        );
        assert_eq!(
            (outcome.variant.as_str(), attempts),
            (variant, 3),
            "{side:?}"
        );
        assert!(
            outcome.message.contains(says),
            "{side:?}: {}",
            outcome.message
        );
        let official = official.get_or_insert_with(|| outcome.clone());
        assert_eq!(&outcome, official, "{side:?}");
    }
}

fn untrusted() -> ServerConfig {
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let own = rcgen::generate_simple_self_signed(names).expect("a certificate");
    let key = own.signing_key.serialize_der().try_into().expect("a key");
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring speaks TLS")
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.into()], key)
        .expect("a key that fits")
}
