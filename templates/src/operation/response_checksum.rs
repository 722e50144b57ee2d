//! Checksums of responses; see the [trait].
//!
//! [trait]: https://smithy.io/2.0/aws/aws-core.html#aws-protocols-httpchecksum-trait

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use aws_smithy_checksums::ChecksumAlgorithm;
use aws_smithy_checksums::body::validate::Error;
use aws_smithy_checksums::http::{CHECKSUM_ALGORITHMS_IN_PRIORITY_ORDER, HttpChecksum};
use aws_smithy_runtime::client::sdk_feature::SmithySdkFeature;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextMut, BeforeSerializationInterceptorContextMut, Input,
};
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::base64;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::checksum_config::ResponseChecksumValidation;
use aws_smithy_types::config_bag::{ConfigBag, Layer, Storable, StoreReplace};
use http_body::{Body, Frame, SizeHint};

use super::runtime::Operation;

/// The value of the member that requests checksums.
const ENABLED: &str = "ENABLED";

/// An operation whose responses have a checksum.
pub(crate) trait Checked: Operation {
    /// The algorithms of checksums that the client checks.
    const ALGORITHMS: &'static [&'static str];

    /// Returns the value of the member that requests checksums.
    fn mode(input: &Self::Input) -> Option<&str>;
}

/// Requests checksums, whatever the user has set: the member has no value to turn them off.
pub(crate) fn ask<T: for<'a> From<&'a str>>(mode: &mut Option<T>, cfg: &ConfigBag) {
    //~ if presigning
    // The sender of the request may not be able to check the response.
    if crate::presigning::is_presigned(cfg) {
        return;
    }
    //~ end
    if is_supported(cfg) {
        *mode = Some(T::from(ENABLED));
    }
}

/// Whether the user wants checksums wherever the service supports them.
fn is_supported(cfg: &ConfigBag) -> bool {
    let set = cfg.load::<ResponseChecksumValidation>();
    set != Some(&ResponseChecksumValidation::WhenRequired)
}

/// Checks the responses of the operation.
pub(crate) fn join<O: Checked>(_: &mut Layer, components: &mut RuntimeComponentsBuilder) {
    components.push_interceptor(SharedInterceptor::permanent(ResponseChecksum {
        algorithms: O::ALGORITHMS,
        is_enabled: |input| input.downcast_ref().and_then(O::mode) == Some(ENABLED),
    }));
}

struct ResponseChecksum {
    algorithms: &'static [&'static str],
    is_enabled: fn(&Input) -> bool,
}

impl fmt::Debug for ResponseChecksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResponseChecksum")
            .field("algorithms", &self.algorithms)
            .finish_non_exhaustive()
    }
}

/// Marks a call whose responses are checked.
#[derive(Debug)]
struct IsWanted;

impl Storable for IsWanted {
    type Storer = StoreReplace<Self>;
}

#[dyn_dispatch_hint]
impl Intercept for ResponseChecksum {
    fn name(&self) -> &'static str {
        "ResponseChecksum"
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let is_supported = is_supported(cfg);
        let state = cfg.interceptor_state();
        state.store_append(match is_supported {
            true => SmithySdkFeature::FlexibleChecksumsResWhenSupported,
            false => SmithySdkFeature::FlexibleChecksumsResWhenRequired,
        });
        if is_supported || (self.is_enabled)(context.input()) {
            state.store_put(IsWanted);
        }
        Ok(())
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response_mut();
        // Errors are read without a check.
        if cfg.load::<IsWanted>().is_none() || !response.status().is_success() {
            return Ok(());
        }
        if let Some((algorithm, expected)) = expected(response.headers(), self.algorithms) {
            tracing::debug!(?algorithm, "the response's checksum is going to be checked");
            let body = std::mem::replace(response.body_mut(), SdkBody::taken());
            *response.body_mut() = body.map(move |inner| {
                SdkBody::from_body_1_x(CheckedBody {
                    inner,
                    checksum: Some(algorithm.into_impl()),
                    expected: expected.clone(),
                })
            });
        }
        Ok(())
    }
}

/// Returns the checksum of a response: of those that can be checked, the fastest one.
///
/// The checksum of an object that was uploaded in parts covers their checksums. It ends in a hyphen
/// and the number of parts, and cannot be checked against the object alone.
fn expected(headers: &Headers, known: &[&str]) -> Option<(ChecksumAlgorithm, Vec<u8>)> {
    let is_known = |name: &&str| known.iter().any(|known| name.eq_ignore_ascii_case(known));
    let names = CHECKSUM_ALGORITHMS_IN_PRIORITY_ORDER.into_iter();
    let algorithms = names.filter(is_known).filter_map(|name| name.parse().ok());
    let mut found = algorithms.filter_map(|algorithm: ChecksumAlgorithm| {
        let checksum = algorithm.into_impl();
        let value = base64::decode(headers.get(checksum.header_name())?).ok()?;
        let is_whole = value.len() as u64 == aws_smithy_checksums::Checksum::size(&*checksum);
        is_whole.then_some((algorithm, value))
    });
    found.next()
}

/// A body that ends with an error if its checksum is wrong.
struct CheckedBody {
    inner: SdkBody,
    checksum: Option<Box<dyn HttpChecksum>>,
    expected: Vec<u8>,
}

impl Body for CheckedBody {
    type Data = <SdkBody as Body>::Data;
    type Error = <SdkBody as Body>::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        loop {
            let frame = ready!(Pin::new(&mut self.inner).poll_frame(cx));
            match &frame {
                // Readers stop here, before the end, and do not read trailers.
                Some(Ok(frame)) if frame.is_trailers() => continue,
                Some(Ok(frame)) => {
                    if let (Some(checksum), Some(data)) = (&mut self.checksum, frame.data_ref()) {
                        checksum.update(data);
                    }
                }
                Some(Err(_)) => {}
                None => {
                    let actual = self.checksum.take().map(|checksum| checksum.finalize());
                    if let Some(actual) = actual.filter(|actual| *actual != self.expected) {
                        let expected = self.expected.clone().into();
                        let error = Error::ChecksumMismatch { expected, actual };
                        return Poll::Ready(Some(Err(error.into())));
                    }
                }
            }
            return Poll::Ready(frame);
        }
    }

    fn is_end_stream(&self) -> bool {
        // The end has not been checked yet.
        self.checksum.is_none() && self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
