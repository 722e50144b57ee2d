//! Checksums of requests.

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_types::SdkConfig;
use signed::config::RequestChecksumCalculation;
use signed::types::{Algorithm, Digest};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::wire::{Sent, Wire, endless, stream};
use crate::{SUMS, TEXT, client};

const HTTPS: &str = "https://store.example";
const HTTP: &str = "http://store.example";

/// Data of several chunks, and its CRC32.
fn large() -> (Vec<u8>, &'static str) {
    (
        (0..200_000_u32).map(|it| (it % 251) as u8).collect(),
        "p0XBRQ==",
    )
}

pub async fn check() {
    a_body_in_memory_has_its_checksum_in_a_header().await;
    a_stream_has_its_checksum_at_the_end().await;
    chunks_are_signed_where_nothing_else_protects_them().await;
    chunks_have_the_size_that_the_user_chooses().await;
    a_stream_without_a_length_goes_in_chunks_too().await;
    it_goes_over_a_connection().await;
    what_the_user_sets_wins().await;
    checksums_may_be_left_to_what_needs_them().await;
    each_attempt_has_the_whole_body().await;
    services_that_do_not_sign_have_checksums_too().await;
    the_length_of_a_stream_may_have_to_be_known().await;
}

fn length(sent: &Sent) -> Option<usize> {
    sent.header("content-length")?.parse().ok()
}

async fn a_body_in_memory_has_its_checksum_in_a_header() {
    let wire = Wire::default();
    let client = client!(signed, HTTPS, wire);
    let body = || ByteStream::from_static(TEXT.as_bytes());
    client
        .put_thing()
        .name("a")
        .body(body())
        .send()
        .await
        .expect("it is sent");
    let sent = wire.only();
    assert_eq!(sent.sums(), [("crc32", "y/Q5Jg==")]);
    assert_eq!(sent.header("x-amz-sdk-checksum-algorithm"), Some("CRC32"));
    assert_eq!(sent.header("x-amz-trailer"), None);
    assert_eq!(sent.header("content-encoding"), None);
    assert_eq!(sent.body, TEXT.as_bytes());
    let marks = sent
        .header("x-amz-user-agent")
        .unwrap_or_default()
        .to_owned();
    assert!(
        marks.contains("m/") && marks.contains("U,Z") || marks.contains("Z,U"),
        "{marks}"
    );
    for (name, sum) in SUMS {
        let call = client.put_thing().name("a").body(body());
        call.algorithm(Algorithm::from(name))
            .send()
            .await
            .expect("it is sent");
        let sent = wire.only();
        assert_eq!(sent.sums(), [(name.to_lowercase().as_str(), sum)]);
        assert_eq!(sent.all("x-amz-sdk-checksum-algorithm"), [name]);
    }
    // The user's algorithm is sent, together with a checksum.
    for name in ["crc32", "MD5"] {
        let call = client.put_thing().name("a").body(body());
        call.algorithm(Algorithm::from(name))
            .send()
            .await
            .expect("it is sent");
        let sent = wire.only();
        assert_eq!(sent.sums(), [("crc32", "y/Q5Jg==")]);
        assert_eq!(sent.all("x-amz-sdk-checksum-algorithm"), [name]);
    }
    // An empty body has a checksum as well.
    client
        .put_thing()
        .name("a")
        .send()
        .await
        .expect("it is sent");
    assert_eq!(wire.only().sums(), [("crc32", "AAAAAA==")]);
    client
        .put_legacy()
        .text("a")
        .send()
        .await
        .expect("it is sent");
    let sent = wire.only();
    assert_eq!(sent.header("content-md5"), Some("Y00B9axHEROgE6s3KqS8Hg=="));
    assert_eq!(sent.sums(), []);
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

async fn what_the_user_sets_wins() {
    let wire = Wire::default();
    let client = client!(signed, HTTPS, wire);
    let call = || client.put_thing().name("a").body(stream(TEXT.as_bytes()));
    call()
        .checksum_sha256("mine")
        .send()
        .await
        .expect("it is sent");
    let sent = wire.only();
    assert_eq!(sent.sums(), [("sha256", "mine")]);
    assert_eq!(sent.header("x-amz-sdk-checksum-algorithm"), None);
    assert_eq!(sent.header("content-encoding"), None);
    assert_eq!(sent.body, TEXT.as_bytes());
    // In this case, the client need not support the algorithm.
    let unknown = || call().algorithm(Algorithm::Sha512);
    let with_sum = unknown().checksum_crc32("mine");
    with_sum.send().await.expect("it is sent");
    assert_eq!(wire.only().sums(), [("crc32", "mine")]);
    let error = unknown().send().await.expect_err("nobody can take it");
    let error = DisplayErrorContext(error).to_string();
    assert!(
        error.contains("cannot take checksums by `SHA512`: set the checksum"),
        "{error}"
    );
    assert!(wire.take().is_empty());
}

async fn checksums_may_be_left_to_what_needs_them() {
    let wire = Wire::default();
    let client = client!(signed, HTTPS, wire, |config| config
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired));
    let call = || client.put_thing().name("a").body(stream(TEXT.as_bytes()));
    call().send().await.expect("it is sent");
    let sent = wire.only();
    assert_eq!(sent.body, TEXT.as_bytes());
    assert_eq!(sent.header("x-amz-sdk-checksum-algorithm"), None);
    assert_eq!(length(&sent), Some(9));
    call()
        .algorithm(Algorithm::Sha1)
        .send()
        .await
        .expect("it is sent");
    assert_eq!(
        wire.only().header("x-amz-trailer"),
        Some("x-amz-checksum-sha1")
    );
    // The service requires a checksum, and the algorithm is in the body.
    client
        .put_record()
        .text("a")
        .send()
        .await
        .expect("it is sent");
    let sent = wire.only();
    assert_eq!(sent.body, br#"{"text":"a"}"#);
    let sum = "YZPJdYWg9zHOe1ALtp0kdoFq+xTI2VrI5uhl9oDp5Dg=";
    assert_eq!(sent.sums(), [("sha256", sum)]);
    client
        .put_record()
        .digest(Digest::Sha1)
        .send()
        .await
        .expect("it is sent");
    assert_eq!(wire.only().sums()[0].0, "sha1");
    // The setting from the shared configuration.
    let shared = SdkConfig::builder()
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .build();
    let config = signed::Config::from(&shared);
    let set = config.request_checksum_calculation();
    assert_eq!(set, Some(&RequestChecksumCalculation::WhenRequired));
    assert_eq!(config.response_checksum_validation(), None);
}

async fn each_attempt_has_the_whole_body() {
    for url in [HTTPS, HTTP] {
        for body in [stream(TEXT.as_bytes()), endless(TEXT.as_bytes())] {
            let wire = Wire::default();
            wire.answer(500, &[], "{}".into());
            let client = client!(signed, url, wire);
            client
                .put_thing()
                .name("a")
                .body(body)
                .send()
                .await
                .expect("it is sent");
            let sent = wire.take();
            assert_eq!(sent.len(), 2);
            for sent in sent {
                assert_eq!(sent.all("content-encoding"), ["aws-chunked"]);
                let whole = sent.whole();
                assert_eq!(whole.data, TEXT.as_bytes());
                let sum = whole
                    .trailers
                    .into_iter()
                    .find(|(name, _)| name.ends_with("crc32"));
                assert_eq!(sum.map(|(_, sum)| sum).as_deref(), Some("y/Q5Jg=="));
            }
        }
    }
}

async fn services_that_do_not_sign_have_checksums_too() {
    for url in [HTTPS, HTTP] {
        let wire = Wire::default();
        let client = client!(bearer, url, wire, |config| config
            .bearer_token(bearer::config::Token::new("secret", None)));
        client
            .put_thing()
            .name("a")
            .body(stream(TEXT.as_bytes()))
            .send()
            .await
            .expect("it is sent");
        let sent = wire.only();
        assert_eq!(sent.header("authorization"), Some("Bearer secret"));
        assert_eq!(sent.header("x-amz-content-sha256"), None);
        assert_eq!(length(&sent), Some(sent.body.len()));
        let whole = sent.whole();
        assert_eq!(whole.data, TEXT.as_bytes());
        assert!(whole.signatures.is_empty());
    }
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
