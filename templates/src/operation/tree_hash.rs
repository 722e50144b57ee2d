//! Tree hashes of requests: SHA-256 hashes of each MiB of the body, combined in pairs until one
//! hash is left.

use std::fmt;

use aws_runtime::auth::SigV4OperationSigningConfig;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{
    Intercept, SharedInterceptor, dyn_dispatch_hint,
};
use aws_smithy_runtime_api::client::orchestrator::LoadedRequestBody;
use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_types::config_bag::{ConfigBag, Layer};
use sha2::{Digest, Sha256};

use super::runtime::Operation;

/// The size of the data of a leaf.
const LEAF: usize = 1024 * 1024;

/// An operation whose requests have a tree hash.
pub(crate) trait Hashed: Operation {
    /// The header of the hash.
    const HEADER: &'static str;
}

/// Adds the tree hash to the operation's requests, and the hash of the whole body, which is signed.
/// Both precede the body, so a stream is read first.
pub(crate) fn join<O: Hashed>(layer: &mut Layer, components: &mut RuntimeComponentsBuilder) {
    let signing = layer.load::<SigV4OperationSigningConfig>().cloned();
    let mut signing = signing.unwrap_or_default();
    signing.signing_options.content_sha256_header = true;
    layer.store_put(signing);
    layer.store_put(LoadedRequestBody::Requested);
    components.push_interceptor(SharedInterceptor::permanent(TreeHash(O::HEADER)));
}

#[derive(Debug)]
struct TreeHash(&'static str);

#[dyn_dispatch_hint]
impl Intercept for TreeHash {
    fn name(&self) -> &'static str {
        "TreeHash"
    }

    fn modify_before_retry_loop(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        //~ if presigning
        // The sender of the request may choose its body.
        if crate::presigning::is_presigned(cfg) {
            return Ok(());
        }
        //~ end
        let headers = context.request_mut().headers_mut();
        // The user may have set the hash.
        if headers.get(self.0).is_some() {
            return Ok(());
        }
        let Some(LoadedRequestBody::Loaded(body)) = cfg.load::<LoadedRequestBody>() else {
            return Err("the body has not been read, and needs a hash".into());
        };
        headers.insert(self.0, Hex(tree_hash(body)).to_string());
        Ok(())
    }
}

fn tree_hash(body: &[u8]) -> Hash {
    let mut hashes: Vec<Hash> = body
        .chunks(LEAF)
        .map(|it| Sha256::digest(it).into())
        .collect();
    if hashes.is_empty() {
        hashes.push(Sha256::digest(body).into());
    }
    while hashes.len() > 1 {
        let pairs = hashes.chunks(2).map(|pair| match pair {
            [one, other] => Sha256::new()
                .chain_update(one)
                .chain_update(other)
                .finalize()
                .into(),
            rest => rest[0],
        });
        hashes = pairs.collect();
    }
    hashes[0]
}

type Hash = [u8; 32];

/// The text of a hash.
struct Hex(Hash);

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
