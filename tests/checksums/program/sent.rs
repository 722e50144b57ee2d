//! Checksums of requests.

use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_types::SdkConfig;
use signed::config::RequestChecksumCalculation;
use signed::types::{Algorithm, Digest};

use crate::wire::{Wire, endless, length, stream};
use crate::{HTTP, HTTPS, SUMS, TEXT, client};

pub async fn check() {
    a_body_in_memory_has_its_checksum_in_a_header().await;
    what_the_user_sets_wins().await;
    checksums_may_be_left_to_what_needs_them().await;
    each_attempt_has_the_whole_body().await;
    services_that_do_not_sign_have_checksums_too().await;
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
