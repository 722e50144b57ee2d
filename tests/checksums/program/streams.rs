//! Checksums of streams, which are sent in chunks.

use aws_smithy_types::error::display::DisplayErrorContext;
use signed::types::Algorithm;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::wire::{Wire, endless, length, stream};
use crate::{HTTP, HTTPS, SUMS, TEXT, client};

/// Data of several chunks, and its CRC32.
fn large() -> (Vec<u8>, &'static str) {
    (
        (0..200_000_u32).map(|it| (it % 251) as u8).collect(),
        "p0XBRQ==",
    )
}

pub async fn check() {
    a_stream_has_its_checksum_at_the_end().await;
    chunks_are_signed_where_nothing_else_protects_them().await;
    chunks_have_the_size_that_the_user_chooses().await;
    a_stream_without_a_length_goes_in_chunks_too().await;
    it_goes_over_a_connection().await;
    the_length_of_a_stream_may_have_to_be_known().await;
}

async fn a_stream_has_its_checksum_at_the_end() {
    let wire = Wire::default();
    let client = client!(signed, HTTPS, wire);
    for (name, sum) in SUMS {
        let call = client.put_thing().name("a").body(stream(TEXT.as_bytes()));
        let call = call
            .algorithm(Algorithm::from(name))
            .content_encoding("gzip");
        call.send().await.expect("it is sent");
        let sent = wire.only();
        let trailer = format!("x-amz-checksum-{}", name.to_lowercase());
        assert_eq!(sent.sums(), []);
        assert_eq!(sent.header("x-amz-trailer"), Some(trailer.as_str()));
        assert_eq!(sent.header("x-amz-decoded-content-length"), Some("9"));
        assert_eq!(sent.all("content-encoding"), ["gzip", "aws-chunked"]);
        let content = sent.header("x-amz-content-sha256");
        assert_eq!(content, Some("STREAMING-UNSIGNED-PAYLOAD-TRAILER"));
        assert_eq!(length(&sent), Some(sent.body.len()));
        let whole = sent.whole();
        assert_eq!(whole.data, TEXT.as_bytes());
        assert_eq!(whole.trailers, [(trailer, sum.to_owned())]);
        assert!(whole.signatures.is_empty());
    }
    let (data, sum) = large();
    client
        .put_thing()
        .name("a")
        .body(stream(&data))
        .send()
        .await
        .expect("it is sent");
    let sent = wire.only();
    assert_eq!(length(&sent), Some(sent.body.len()));
    let whole = sent.whole();
    assert!(whole.data == data);
    assert_eq!(whole.chunks, 4);
    assert_eq!(
        whole.trailers,
        [("x-amz-checksum-crc32".to_owned(), sum.to_owned())]
    );
}

async fn chunks_are_signed_where_nothing_else_protects_them() {
    let wire = Wire::default();
    let client = client!(signed, HTTP, wire);
    let (data, sum) = large();
    client
        .put_thing()
        .name("a")
        .body(stream(&data))
        .send()
        .await
        .expect("it is sent");
    let sent = wire.only();
    let content = sent.header("x-amz-content-sha256");
    assert_eq!(content, Some("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"));
    assert_eq!(length(&sent), Some(sent.body.len()));
    let whole = sent.whole();
    assert!(whole.data == data);
    let prefix = "chunk-signature=";
    let is_signature = |it: &String| it.starts_with(prefix) && it.len() == prefix.len() + 64;
    assert_eq!(whole.signatures.len(), whole.chunks + 1);
    assert!(
        whole.signatures.iter().all(is_signature),
        "{:?}",
        whole.signatures
    );
    let mut trailers = whole.trailers;
    trailers.sort();
    assert_eq!(
        trailers[0],
        ("x-amz-checksum-crc32".to_owned(), sum.to_owned())
    );
    assert_eq!(trailers[1].0, "x-amz-trailer-signature");
    assert_eq!(trailers[1].1.len(), 64);
    // Without credentials, nothing is signed.
    let client = signed::Client::from_conf(
        signed::Config::builder()
            .behavior_version(signed::config::BehaviorVersion::latest())
            .region(signed::config::Region::new("us-east-1"))
            .endpoint_url(HTTP)
            .allow_no_auth()
            .http_client(wire.clone())
            .build(),
    );
    client
        .put_thing()
        .name("a")
        .body(stream(&data))
        .send()
        .await
        .expect("it is sent");
    let sent = wire.only();
    assert_eq!(sent.header("authorization"), None);
    assert_eq!(length(&sent), Some(sent.body.len()));
    let whole = sent.whole();
    assert!(whole.signatures.is_empty() && whole.data == data);
    assert_eq!(whole.trailers.len(), 1);
}

async fn chunks_have_the_size_that_the_user_chooses() {
    let (data, sum) = large();
    let cases = [
        (Some(8192), 25),
        (Some(100_000), 2),
        (Some(300_000), 1),
        (None, 1),
    ];
    for (url, is_signed) in [(HTTPS, false), (HTTP, true)] {
        for (size, chunks) in cases {
            let wire = Wire::default();
            let client = client!(signed, url, wire);
            let config = client
                .config()
                .to_builder()
                .aws_chunked_encoding_chunk_size(size);
            let client = signed::Client::from_conf(config.build());
            let call = client.put_thing().name("a").body(stream(&data));
            call.send().await.expect("it is sent");
            let sent = wire.only();
            assert_eq!(length(&sent), Some(sent.body.len()));
            let whole = sent.whole();
            assert!(whole.data == data);
            assert_eq!(whole.chunks, chunks, "{size:?}");
            assert_eq!(whole.signatures.is_empty(), !is_signed);
            let sum = ("x-amz-checksum-crc32".to_owned(), sum.to_owned());
            assert!(whole.trailers.contains(&sum));
            // An empty stream has no chunks.
            let call = client.put_thing().name("a").body(stream(&[]));
            call.send().await.expect("it is sent");
            let sent = wire.only();
            assert_eq!(length(&sent), Some(sent.body.len()));
            assert_eq!(sent.whole().chunks, 0);
        }
    }
    let wire = Wire::default();
    let client = client!(signed, HTTPS, wire);
    let call = client.put_thing().name("a").body(stream(&data)).customize();
    let config = signed::Config::builder().aws_chunked_encoding_chunk_size(Some(8191));
    let error = call.config_override(config).send().await;
    let error = DisplayErrorContext(error.expect_err("chunks are too small")).to_string();
    let said = "`aws_chunked_encoding_chunk_size` is 8191, and must be at least 8192";
    assert!(error.contains(said), "{error}");
}

async fn a_stream_without_a_length_goes_in_chunks_too() {
    let (data, sum) = large();
    for url in [HTTPS, HTTP] {
        let wire = Wire::default();
        let client = client!(signed, url, wire);
        client
            .put_thing()
            .name("a")
            .body(endless(&data))
            .send()
            .await
            .expect("it is sent");
        let sent = wire.only();
        assert_eq!(sent.header("content-length"), None);
        assert_eq!(sent.header("x-amz-decoded-content-length"), None);
        assert_eq!(sent.all("content-encoding"), ["aws-chunked"]);
        let content = sent.header("x-amz-content-sha256");
        assert_eq!(content, Some("STREAMING-UNSIGNED-PAYLOAD-TRAILER"));
        let whole = sent.whole();
        assert!(whole.data == data);
        assert_eq!(
            whole.trailers,
            [("x-amz-checksum-crc32".to_owned(), sum.to_owned())]
        );
        // The user may set the length.
        let call = client.put_thing().name("a").body(endless(&data));
        call.content_length(200_000)
            .send()
            .await
            .expect("it is sent");
        let sent = wire.only();
        assert_eq!(sent.header("x-amz-decoded-content-length"), Some("200000"));
        assert_eq!(length(&sent), Some(sent.body.len()));
    }
}

/// Sends through a real HTTP client to a server that reads what the headers announce.
async fn it_goes_over_a_connection() {
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port is free");
    let url = format!("http://{}", listener.local_addr().expect("it is bound"));
    let server = tokio::spawn(async move {
        let mut bodies = Vec::new();
        for _ in 0..2 {
            let (mut stream, _) = listener.accept().await.expect("a client connects");
            let mut read = Vec::new();
            let end = b"x-amz-checksum-crc32:p0XBRQ==\r\n";
            while !read.windows(end.len()).any(|it| it == end) {
                assert_ne!(stream.read_buf(&mut read).await.expect("it is sent"), 0);
            }
            let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
            stream.write_all(answer).await.expect("it is read");
            bodies.push(String::from_utf8_lossy(&read).to_lowercase());
        }
        bodies
    });
    let config = signed::Config::builder()
        .behavior_version(signed::config::BehaviorVersion::latest())
        .region(signed::config::Region::new("us-east-1"))
        .credentials_provider(signed::config::Credentials::for_tests())
        .endpoint_url(url);
    let client = signed::Client::from_conf(config.build());
    let (data, _) = large();
    for body in [stream(&data), endless(&data)] {
        client
            .put_thing()
            .name("a")
            .body(body)
            .send()
            .await
            .expect("it is sent");
    }
    let bodies = server.await.expect("the server is well");
    assert!(bodies[0].contains("\r\nx-amz-decoded-content-length: 200000\r\n"));
    assert!(!bodies[0].contains("transfer-encoding"));
    assert!(bodies[1].contains("\r\ntransfer-encoding: chunked\r\n"));
}

async fn the_length_of_a_stream_may_have_to_be_known() {
    let wire = Wire::default();
    let client = client!(signed, HTTPS, wire);
    client
        .put_sized()
        .body(stream(TEXT.as_bytes()))
        .send()
        .await
        .expect("it is sent");
    let sent = wire.only();
    assert_eq!(
        (length(&sent), sent.body.as_slice()),
        (Some(9), TEXT.as_bytes())
    );
    let call = client.put_sized().body(endless(TEXT.as_bytes()));
    let error = DisplayErrorContext(call.send().await.expect_err("it has no length")).to_string();
    assert!(
        error.contains("needs to know the length of the stream"),
        "{error}"
    );
    assert!(wire.take().is_empty());
}
