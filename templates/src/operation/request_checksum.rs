//! Checksums of requests; see the [trait].
//!
//! The checksum of a body in memory is a header. The checksum of a stream is not known until the
//! stream ends: the body is sent in chunks (`aws-chunked`), and the checksum follows the last one.
//!
//! [trait]: https://smithy.io/2.0/aws/aws-core.html#aws-protocols-httpchecksum-trait

use std::fmt;

//~ if aws
use aws_runtime::auth::{PayloadSigningOverride, SigV4OperationSigningConfig};
use aws_runtime::content_encoding::DeferredSigner;
//~ end
use aws_runtime::content_encoding::{AwsChunkedBody, AwsChunkedBodyOptions};
use aws_smithy_checksums::ChecksumAlgorithm;
use aws_smithy_checksums::body::ChecksumCache;
use aws_smithy_checksums::body::calculate::ChecksumBody;
use aws_smithy_checksums::http::HttpChecksum;
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut, Input,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::checksum_config::RequestChecksumCalculation;
use aws_smithy_types::config_bag::{ConfigBag, Layer, Storable, StoreReplace};
use http_body::Frame;
use http_body_util::BodyExt;

use super::runtime::Operation;

/// An operation whose requests have a checksum.
pub(crate) trait Summed: Operation {
    /// Whether the service requires a checksum.
    const REQUIRED: bool;

    /// The default algorithm.
    const DEFAULT: &'static str;

    /// The header with the name of the algorithm, if the input's member is a header.
    const HEADER: Option<&'static str>;

    /// The algorithm that the user has chosen.
    fn algorithm(input: &Self::Input) -> Option<&str>;
}

/// Adds the checksum to the operation's requests.
pub(crate) fn join<O: Summed>(_: &mut Layer, components: &mut RuntimeComponentsBuilder) {
    components.push_interceptor(SharedInterceptor::permanent(RequestChecksum {
        required: O::REQUIRED,
        default: O::DEFAULT,
        header: O::HEADER,
        algorithm: |input| Some(O::algorithm(input.downcast_ref()?)?.to_owned()),
    }));
}

struct RequestChecksum {
    required: bool,
    default: &'static str,
    header: Option<&'static str>,
    algorithm: fn(&Input) -> Option<String>,
}

impl fmt::Debug for RequestChecksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RequestChecksum")
    }
}

/// The user's choice.
#[derive(Debug)]
struct Chosen(Option<String>);

impl Storable for Chosen {
    type Storer = StoreReplace<Self>;
}

/// The checksum of a call. It stays the same even if the body changes between attempts.
#[derive(Clone, Debug)]
struct Sum {
    algorithm: ChecksumAlgorithm,
    cache: ChecksumCache,
}

impl Storable for Sum {
    type Storer = StoreReplace<Self>;
}

/// How the stream of an attempt is sent, if its length is known.
#[derive(Debug)]
struct Chunks {
    plain: Option<AwsChunkedBodyOptions>,
    //~ if aws
    signed: Option<(AwsChunkedBodyOptions, DeferredSigner)>,
    //~ end
}

impl Storable for Chunks {
    type Storer = StoreReplace<Self>;
}

#[dyn_dispatch_hint]
impl Intercept for RequestChecksum {
    fn name(&self) -> &'static str {
        "RequestChecksum"
    }

    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let chosen = Chosen((self.algorithm)(context.input()));
        cfg.interceptor_state().store_put(chosen);
        Ok(())
    }

    /// Chooses the checksum, before the user agent reports it.
    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.request_mut().headers_mut();
        let is_sum = |name: &str| name.starts_with("x-amz-checksum-");
        if headers.iter().any(|(name, _)| is_sum(name)) {
            return Ok(());
        }
        //~ if presigning
        // The sender of the request may choose its body.
        if crate::presigning::is_presigned(cfg) {
            return Ok(());
        }
        //~ end
        let chosen = cfg.load::<Chosen>().and_then(|chosen| chosen.0.as_deref());
        let algorithm = algorithm(chosen.unwrap_or(self.default))?;
        let mut is_wanted = self.required || chosen.is_some();
        let is_chosen = chosen.is_some();
        let feature = match cfg.load::<RequestChecksumCalculation>() {
            Some(RequestChecksumCalculation::WhenRequired) => {
                SmithySdkFeature::FlexibleChecksumsReqWhenRequired
            }
            _ => {
                is_wanted = true;
                SmithySdkFeature::FlexibleChecksumsReqWhenSupported
            }
        };
        let state = cfg.interceptor_state();
        state.store_append(feature);
        if is_wanted {
            if let (Some(name), false) = (self.header, is_chosen) {
                headers.insert(name, self.default);
            }
            if let Some(feature) = feature_of(algorithm) {
                state.store_append(feature);
            }
            let cache = ChecksumCache::new();
            state.store_put(Sum { algorithm, cache });
        }
        Ok(())
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let Some(sum) = cfg.load::<Sum>() else {
            return Ok(());
        };
        let request = context.request_mut();
        let mut checksum = sum.algorithm.into_impl();
        let name = checksum.header_name();
        if let Some(body) = request.body().bytes() {
            checksum.update(body);
            let value = checksum.header_value();
            request.headers_mut().insert(name, value);
        } else {
            //~ if chunks
            check_size(cfg)?;
            //~ end
            let length = HttpChecksum::size(&*checksum);
            request.headers_mut().insert("x-amz-trailer", name);
            announce_chunks(request, length, cfg);
        }
        Ok(())
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let (Some(sum), Some(chunks)) = (cfg.load::<Sum>(), cfg.load::<Chunks>()) {
            cut(context.request_mut(), sum.clone(), chunks);
        }
        Ok(())
    }
}

/// The algorithm with this name, in upper or lower case. The runtime uses CRC32 for `MD5`.
fn algorithm(name: &str) -> Result<ChecksumAlgorithm, BoxError> {
    name.parse().map_err(|_| {
        let advice = "set the checksum itself, or choose CRC32, CRC32C, CRC64NVME, SHA1 or SHA256";
        format!("this client cannot take checksums by `{name}`: {advice}").into()
    })
}

/// The feature that the user agent reports.
fn feature_of(algorithm: ChecksumAlgorithm) -> Option<SmithySdkFeature> {
    match algorithm {
        ChecksumAlgorithm::Crc32 => Some(SmithySdkFeature::FlexibleChecksumsReqCrc32),
        ChecksumAlgorithm::Crc32c => Some(SmithySdkFeature::FlexibleChecksumsReqCrc32c),
        ChecksumAlgorithm::Crc64Nvme => Some(SmithySdkFeature::FlexibleChecksumsReqCrc64),
        ChecksumAlgorithm::Sha1 => Some(SmithySdkFeature::FlexibleChecksumsReqSha1),
        ChecksumAlgorithm::Sha256 => Some(SmithySdkFeature::FlexibleChecksumsReqSha256),
        _ => None,
    }
}

/// Sets the headers of a body in chunks with a trailer of this length.
fn announce_chunks(request: &mut HttpRequest, trailer: u64, cfg: &mut ConfigBag) {
    let length = request.headers().get("content-length");
    let length = length.and_then(|it| it.parse().ok());
    let length = length.or_else(|| request.body().content_length());
    let plain = length.map(|length| AwsChunkedBodyOptions::new(length, vec![trailer]));
    //~ if chunks
    let plain = plain.zip(length);
    let plain = plain.map(|(options, length)| sized(options, length, cfg));
    //~ end
    //~ if aws
    let signed = signed(request, plain.as_ref(), cfg);
    let options = signed.as_ref().map(|(options, _)| options);
    let options = options.or(plain.as_ref());
    //~ end
    //~ if not aws
    let options = plain.as_ref();
    //~ end
    let headers = request.headers_mut();
    headers.append("content-encoding", "aws-chunked");
    match (length, options) {
        (Some(length), Some(options)) => {
            headers.insert("x-amz-decoded-content-length", length.to_string());
            headers.insert("content-length", options.encoded_length().to_string());
        }
        _ => _ = headers.remove("content-length"),
    }
    cfg.interceptor_state().store_put(Chunks {
        plain,
        //~ if aws
        signed,
        //~ end
    });
}

//~ if chunks
/// The size of chunks that the user has set; `None` is a single chunk.
#[derive(Clone, Debug)]
pub(crate) struct ChunkSize(pub(crate) Option<usize>);

impl Storable for ChunkSize {
    type Storer = StoreReplace<Self>;
}

/// The minimum size of all chunks except the last that services accept.
const SMALLEST: usize = 8192;

/// Fails if services would refuse the chunks.
fn check_size(cfg: &ConfigBag) -> Result<(), BoxError> {
    match cfg.load::<ChunkSize>() {
        Some(ChunkSize(Some(size))) if *size < SMALLEST => Err(format!(
            "`aws_chunked_encoding_chunk_size` is {size}, and must be at least {SMALLEST}"
        )
        .into()),
        _ => Ok(()),
    }
}

/// Sets the size of chunks that the user has chosen.
fn sized(options: AwsChunkedBodyOptions, length: u64, cfg: &ConfigBag) -> AwsChunkedBodyOptions {
    let Some(ChunkSize(chosen)) = cfg.load::<ChunkSize>() else {
        return options;
    };
    let whole = usize::try_from(length).unwrap_or(usize::MAX);
    // Later code divides by the size, which must not be 0 for an empty stream.
    options.with_chunk_size(chosen.unwrap_or(whole).max(1))
}

//~ end
//~ if aws
/// Excludes the body from the signature. If nothing else protects it, its chunks are signed.
fn signed(
    request: &HttpRequest,
    plain: Option<&AwsChunkedBodyOptions>,
    cfg: &mut ConfigBag,
) -> Option<(AwsChunkedBodyOptions, DeferredSigner)> {
    const TRAILER: usize = "x-amz-trailer-signature:".len() + 64;
    let mut signing = cfg.load::<SigV4OperationSigningConfig>().cloned()?;
    signing.signing_options.content_sha256_header = true;
    //~ end
    //~ if sigv4a
    // Signature Version 4A does not sign chunks, and reads only this setting.
    let unsigned = PayloadSigningOverride::StreamingUnsignedPayloadTrailer;
    signing.signing_options.payload_override = Some(unsigned.to_signable_body());
    //~ end
    //~ if aws
    let state = cfg.interceptor_state();
    state.store_put(signing);
    let (Some(plain), true) = (plain, request.uri().starts_with("http:")) else {
        state.store_put(PayloadSigningOverride::StreamingUnsignedPayloadTrailer);
        return None;
    };
    state.store_put(PayloadSigningOverride::StreamingSignedPayloadTrailer);
    let (signer, sender) = DeferredSigner::new();
    state.store_put(sender);
    let options = plain.clone().signed_chunked_encoding(true);
    Some((options.with_trailer_len(TRAILER as u64), signer))
}

/// Whether a request declares signed chunks. It may have no signature at all.
fn awaits_signatures(request: &HttpRequest) -> bool {
    let content = request.headers().get("x-amz-content-sha256");
    content == Some("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER")
}

//~ end
/// Splits the body into chunks.
fn cut(request: &mut HttpRequest, sum: Sum, chunks: &Chunks) {
    //~ if aws
    let is_signed = awaits_signatures(request);
    let (signed, signer) = match &chunks.signed {
        Some((options, signer)) if is_signed => (Some(options), Some(signer.clone())),
        _ => (None, None),
    };
    if let (Some(_), None, Some(plain)) = (&chunks.signed, signed, &chunks.plain) {
        let length = plain.encoded_length().to_string();
        request.headers_mut().insert("content-length", length);
    }
    let options = signed.or(chunks.plain.as_ref()).cloned();
    //~ end
    //~ if not aws
    let options = chunks.plain.clone();
    //~ end
    let body = std::mem::replace(request.body_mut(), SdkBody::taken());
    *request.body_mut() = body.map(move |body| {
        let checksum = sum.algorithm.into_impl();
        let body = ChecksumBody::new(body, checksum).with_cache(sum.cache.clone());
        let Some(options) = options.clone() else {
            return SdkBody::from_body_1_x(body.map_frame(chunk));
        };
        let body = AwsChunkedBody::new(body, options);
        //~ if aws
        if let Some(signer) = signer.clone() {
            return SdkBody::from_body_1_x(body.with_signer(signer));
        }
        //~ end
        SdkBody::from_body_1_x(body)
    });
}

/// A chunk, or the end with the checksum, like [`AwsChunkedBody`], but for any length.
fn chunk<T: AsRef<[u8]> + From<Vec<u8>>>(frame: Frame<T>) -> Frame<T> {
    let mut text = Vec::new();
    match frame.into_data() {
        // An empty chunk would be the last one.
        Ok(data) if data.as_ref().is_empty() => {}
        Ok(data) => {
            text.extend(format!("{:X}\r\n", data.as_ref().len()).bytes());
            text.extend(data.as_ref());
            text.extend(b"\r\n");
        }
        Err(frame) => {
            text.extend(b"0\r\n");
            for (name, value) in frame.trailers_ref().into_iter().flatten() {
                text.extend(name.as_str().bytes());
                text.push(b':');
                text.extend(value.as_bytes());
                text.extend(b"\r\n");
            }
            text.extend(b"\r\n");
        }
    }
    Frame::data(text.into())
}
