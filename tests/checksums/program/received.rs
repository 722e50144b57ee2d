//! Checksums of responses.

use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::display::DisplayErrorContext;
use signed::config::ResponseChecksumValidation;
use signed::operation::get_thing::GetThingOutput;
use signed::types::Mode;

use crate::wire::{Pieces, Wire};
use crate::{SUMS, TEXT, client};

const URL: &str = "https://store.example";
const WRONG: &str = "AAAAAA==";

pub async fn check() {
    they_are_asked_for_and_checked().await;
    what_cannot_be_checked_is_passed_over().await;
    they_may_be_left_to_what_asks_for_them().await;
    nothing_asks_for_none().await;
    a_response_in_memory_is_checked_before_it_is_read().await;
}

/// The result of a streamed response with these headers: its text, or the error at its end.
async fn get(headers: &[(&'static str, &str)], body: SdkBody) -> Result<Vec<u8>, String> {
    let wire = Wire::default();
    wire.answer(200, headers, body);
    let client = client!(signed, URL, wire);
    let output = client
        .get_thing()
        .name("a")
        .send()
        .await
        .expect("the head is fine");
    assert_eq!(wire.only().header("x-amz-checksum-mode"), Some("ENABLED"));
    read(output).await
}

async fn read(output: GetThingOutput) -> Result<Vec<u8>, String> {
    let body = output.body.collect().await;
    body.map(|it| it.to_vec())
        .map_err(|it| DisplayErrorContext(it).to_string())
}

fn body() -> SdkBody {
    SdkBody::from_body_1_x(Pieces::new(TEXT.as_bytes(), None))
}

/// The header of an algorithm's checksum.
fn header(name: &str) -> &'static str {
    match name {
        "CRC32" => "x-amz-checksum-crc32",
        "CRC32C" => "x-amz-checksum-crc32c",
        "CRC64NVME" => "x-amz-checksum-crc64nvme",
        "SHA1" => "x-amz-checksum-sha1",
        _ => "x-amz-checksum-sha256",
    }
}

async fn they_are_asked_for_and_checked() {
    for (name, sum) in SUMS {
        let right = [(header(name), sum)];
        assert_eq!(get(&right, body()).await.as_deref(), Ok(TEXT.as_bytes()));
        assert_eq!(
            get(&right, TEXT.into()).await.as_deref(),
            Ok(TEXT.as_bytes())
        );
        let other = SdkBody::from_body_1_x(Pieces::new(b"12345678x", None));
        let error = get(&right, other).await.expect_err("it is another text");
        assert!(error.contains("checksum mismatch"), "{error}");
        // A truncated body does not match, either.
        get(&right, "12345678".into())
            .await
            .expect_err("it is cut off");
    }
    // Only the fastest algorithm is verified.
    let all = [
        ("x-amz-checksum-crc32", WRONG),
        ("x-amz-checksum-crc64nvme", SUMS[2].1),
    ];
    assert!(get(&all, body()).await.is_ok());
    let all = [
        ("x-amz-checksum-crc32c", WRONG),
        ("x-amz-checksum-sha256", SUMS[4].1),
    ];
    assert!(get(&all, body()).await.is_err());
    // Trailers are not part of the body.
    let late = || SdkBody::from_body_1_x(Pieces::with_trailer(TEXT.as_bytes()));
    assert!(get(&[(header("CRC32"), SUMS[0].1)], late()).await.is_ok());
    assert!(get(&[(header("CRC32"), WRONG)], late()).await.is_err());
    // The length is still known.
    let wire = Wire::default();
    let sized = SdkBody::from_body_1_x(Pieces::new(TEXT.as_bytes(), Some(9)));
    wire.answer(200, &[(header("CRC32"), SUMS[0].1)], sized);
    let output = client!(signed, URL, wire)
        .get_thing()
        .name("a")
        .send()
        .await;
    let output = output.expect("the head is fine");
    assert_eq!(output.checksum_crc32(), Some(SUMS[0].1));
    assert_eq!(output.body.size_hint(), (9, Some(9)));
}

async fn what_cannot_be_checked_is_passed_over() {
    // A checksum of the parts' checksums.
    let parts = format!("{}-3", SUMS[4].1);
    assert!(
        get(&[("x-amz-checksum-sha256", &parts)], body())
            .await
            .is_ok()
    );
    assert!(
        get(&[("x-amz-checksum-crc32", "y/Q5Jg==-12")], body())
            .await
            .is_ok()
    );
    let both = [
        ("x-amz-checksum-crc32", "y/Q5Jg==-12"),
        ("x-amz-checksum-sha1", WRONG),
    ];
    assert!(get(&both, body()).await.is_ok(), "a SHA-1 is longer");
    let both = [
        ("x-amz-checksum-crc32c", "y/Q5Jg==-12"),
        ("x-amz-checksum-crc32", WRONG),
    ];
    assert!(get(&both, body()).await.is_err());
    assert!(
        get(&[("x-amz-checksum-crc32", "no base64")], body())
            .await
            .is_ok()
    );
    assert!(get(&[("x-amz-checksum-md5", WRONG)], body()).await.is_ok());
    assert!(get(&[], body()).await.is_ok());
}

async fn they_may_be_left_to_what_asks_for_them() {
    let wire = Wire::default();
    let client = client!(signed, URL, wire, |config| config
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired));
    for _ in 0..2 {
        wire.answer(200, &[("x-amz-checksum-crc32", WRONG)], body());
    }
    let output = client
        .get_thing()
        .name("a")
        .send()
        .await
        .expect("it is read");
    let sent = wire.only();
    assert_eq!(sent.header("x-amz-checksum-mode"), None);
    let marks = sent.header("x-amz-user-agent").expect("there is one");
    assert!(marks.contains(",c") || marks.contains("m/c"), "{marks}");
    assert!(read(output).await.is_ok());
    let call = client.get_thing().name("a").mode(Mode::Enabled);
    let output = call.send().await.expect("it is read");
    assert_eq!(wire.only().header("x-amz-checksum-mode"), Some("ENABLED"));
    assert!(read(output).await.is_err());
}

async fn nothing_asks_for_none() {
    let wire = Wire::default();
    let client = client!(signed, URL, wire);
    for mode in ["enabled", "DISABLED"] {
        wire.answer(200, &[("x-amz-checksum-crc32", WRONG)], body());
        let call = client.get_thing().name("a").mode(Mode::from(mode));
        let output = call.send().await.expect("it is read");
        assert_eq!(wire.only().header("x-amz-checksum-mode"), Some("ENABLED"));
        assert!(read(output).await.is_err());
    }
}

async fn a_response_in_memory_is_checked_before_it_is_read() {
    let wire = Wire::default();
    let client = client!(signed, URL, wire, |config| config
        .retry_config(aws_smithy_types::retry::RetryConfig::disabled()));
    let text = r#"{"text":"a"}"#;
    let sum = "YZPJdYWg9zHOe1ALtp0kdoFq+xTI2VrI5uhl9oDp5Dg=";
    wire.answer(200, &[("x-amz-checksum-sha256", sum)], text.into());
    let output = client.get_record().send().await.expect("it is right");
    assert_eq!(output.text(), Some("a"));
    assert_eq!(wire.only().body, br#"{"mode":"ENABLED"}"#);
    wire.answer(
        200,
        &[("x-amz-checksum-sha256", sum)],
        r#"{"text":"b"}"#.into(),
    );
    let error = client.get_record().send().await.expect_err("it is wrong");
    let error = DisplayErrorContext(error).to_string();
    assert!(error.contains("checksum mismatch"), "{error}");
    // An algorithm that the model does not name.
    wire.answer(200, &[("x-amz-checksum-crc32", WRONG)], text.into());
    client
        .get_record()
        .send()
        .await
        .expect("it is not looked at");
    // Errors are read even if their checksum is wrong.
    let headers = [("x-amz-checksum-sha256", sum), ("x-amzn-errortype", "Gone")];
    wire.answer(400, &headers, "{}".into());
    let error = client
        .get_record()
        .send()
        .await
        .expect_err("it is an error");
    let error = error
        .as_service_error()
        .map(|it| it.meta().code().map(str::to_owned));
    assert_eq!(error, Some(Some("Gone".to_owned())));
}
