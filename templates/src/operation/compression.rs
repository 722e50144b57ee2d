//! Compression of requests; see the [trait] of the operations that have it.
//!
//! [trait]: https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait

use aws_smithy_compression::body::compress::CompressedBody;
use aws_smithy_compression::{CompressionAlgorithm, CompressionOptions};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};

use crate::config::{Builder, Config};

/// Whether the user has turned compression off.
#[derive(Clone, Copy, Debug)]
struct DisableRequestCompression(bool);

impl Storable for DisableRequestCompression {
    type Storer = StoreReplace<Self>;
}

/// The smallest size of bodies that are compressed, in bytes.
#[derive(Clone, Copy, Debug)]
struct RequestMinCompressionSizeBytes(u32);

impl Storable for RequestMinCompressionSizeBytes {
    type Storer = StoreReplace<Self>;
}

impl Config {
    /// Returns whether the compression of requests is off, if that is set.
    #[inline]
    pub fn disable_request_compression(&self) -> Option<bool> {
        let disabled = self.config.load::<DisableRequestCompression>();
        disabled.map(|disabled| disabled.0)
    }

    /// Returns the smallest size of bodies that are compressed, if that is set.
    #[inline]
    pub fn request_min_compression_size_bytes(&self) -> Option<u32> {
        let size = self.config.load::<RequestMinCompressionSizeBytes>();
        size.map(|size| size.0)
    }
}

impl Builder {
    /// Turns the compression of requests off.
    ///
    /// Operations that allow it compress with gzip unless this is set, here, by the environment
    /// variable `AWS_DISABLE_REQUEST_COMPRESSION`, or by `disable_request_compression` of a profile.
    pub fn disable_request_compression(
        mut self,
        disable_request_compression: impl Into<Option<bool>>,
    ) -> Self {
        self.set_disable_request_compression(disable_request_compression.into());
        self
    }

    /// Sets or removes [`disable_request_compression`](Self::disable_request_compression).
    pub fn set_disable_request_compression(&mut self, value: Option<bool>) -> &mut Self {
        self.config
            .store_or_unset(value.map(DisableRequestCompression));
        self
    }

    /// Sets the smallest size of bodies that are compressed: 0 to 10,485,760 bytes, and 10,240 by
    /// default.
    ///
    /// Bodies that are streamed are always compressed. A call fails if the number is too large.
    /// The environment variable `AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES` sets it, too, and so does
    /// `request_min_compression_size_bytes` of a profile.
    pub fn request_min_compression_size_bytes(
        mut self,
        request_min_compression_size_bytes: impl Into<Option<u32>>,
    ) -> Self {
        self.set_request_min_compression_size_bytes(request_min_compression_size_bytes.into());
        self
    }

    /// Sets or removes the [size](Self::request_min_compression_size_bytes).
    pub fn set_request_min_compression_size_bytes(&mut self, value: Option<u32>) -> &mut Self {
        self.config
            .store_or_unset(value.map(RequestMinCompressionSizeBytes));
        self
    }
}

/// Compresses the request's body if it is large enough and compression is on.
pub(crate) fn compress(request: &mut HttpRequest, cfg: &ConfigBag) -> Result<(), BoxError> {
    let disabled = cfg.load::<DisableRequestCompression>();
    if disabled.is_some_and(|disabled| disabled.0) {
        return Ok(());
    }
    let mut options = CompressionOptions::default();
    if let Some(size) = cfg.load::<RequestMinCompressionSizeBytes>() {
        options = options.with_min_compression_size_bytes(size.0)?;
    }
    let least = u64::from(options.min_compression_size_bytes());
    let length = request.body().content_length();
    if length.is_some_and(|length| length < least) {
        return Ok(());
    }
    let body = std::mem::replace(request.body_mut(), SdkBody::taken());
    let compressor = CompressionAlgorithm::Gzip.into_impl_http_body_1_x(&options);
    let headers = request.headers_mut();
    // An encoding that the user has set comes first.
    let encoding = match headers.get("content-encoding") {
        Some(encoding) => format!("{encoding}, gzip"),
        None => "gzip".to_owned(),
    };
    headers.insert("content-encoding", encoding);
    headers.remove("content-length");
    *request.body_mut() = if body.bytes().is_some() {
        let body = CompressedBody::new(body, compressor).into_compressed_sdk_body()?;
        let length = body.content_length().unwrap_or_default();
        headers.insert("content-length", length.to_string());
        body
    } else {
        body.map(move |body| SdkBody::from_body_1_x(CompressedBody::new(body, compressor.clone())))
    };
    Ok(())
}
