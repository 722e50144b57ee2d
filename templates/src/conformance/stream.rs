//! Compares streams.

use aws_smithy_types::byte_stream::ByteStream;

/// Compares the content of a stream with a text.
pub(super) async fn check_stream(stream: ByteStream, expected: &str) {
    let bytes = stream.collect().await.expect("the stream can be read");
    assert_eq!(String::from_utf8_lossy(&bytes.into_bytes()), expected);
}
