//! Creates idempotency tokens.

use std::fmt;
use std::sync::Mutex;

use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};

use crate::config::{Builder, Config};

/// Creates the tokens by which a service recognizes a repeated request.
///
/// The default creates random UUIDs. A fixed token, from a string, makes requests in tests
/// predictable.
pub struct IdempotencyTokenProvider {
    source: Source,
}

enum Source {
    Fixed(String),
    Random(Mutex<fastrand::Rng>),
}

impl IdempotencyTokenProvider {
    /// Returns a token for a call with this configuration.
    pub(crate) fn token(cfg: &ConfigBag) -> String {
        match cfg.load::<Self>() {
            Some(provider) => provider.make_idempotency_token(),
            None => Self::default().make_idempotency_token(),
        }
    }

    /// Returns a token: the fixed one, or a new UUID (version 4).
    pub fn make_idempotency_token(&self) -> String {
        match &self.source {
            Source::Fixed(token) => token.clone(),
            Source::Random(rng) => {
                let bits = rng
                    .lock()
                    .unwrap_or_else(|poisoned| poisoned.into_inner())
                    .u128(..);
                uuid_v4(bits)
            }
        }
    }
}

/// Writes random bits as a UUID of version 4, variant 1 (RFC 9562, section 5.4).
fn uuid_v4(bits: u128) -> String {
    let bits = bits & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

impl Default for IdempotencyTokenProvider {
    fn default() -> Self {
        Self {
            source: Source::Random(Mutex::new(fastrand::Rng::new())),
        }
    }
}

impl Clone for IdempotencyTokenProvider {
    fn clone(&self) -> Self {
        match &self.source {
            Source::Fixed(token) => Self {
                source: Source::Fixed(token.clone()),
            },
            Source::Random(_) => Self::default(),
        }
    }
}

impl fmt::Debug for IdempotencyTokenProvider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = match &self.source {
            Source::Fixed(_) => "fixed",
            Source::Random(_) => "random",
        };
        f.debug_tuple("IdempotencyTokenProvider")
            .field(&source)
            .finish()
    }
}

impl From<String> for IdempotencyTokenProvider {
    fn from(token: String) -> Self {
        Self {
            source: Source::Fixed(token),
        }
    }
}

impl From<&'static str> for IdempotencyTokenProvider {
    fn from(token: &'static str) -> Self {
        Self::from(token.to_owned())
    }
}

impl Storable for IdempotencyTokenProvider {
    type Storer = StoreReplace<Self>;
}

impl Config {
    /// Returns the provider of idempotency tokens. The default creates random UUIDs.
    pub fn idempotency_token_provider(&self) -> IdempotencyTokenProvider {
        self.config
            .load::<IdempotencyTokenProvider>()
            .cloned()
            .unwrap_or_default()
    }
}

impl Builder {
    /// Sets the provider of idempotency tokens, or a fixed token.
    pub fn idempotency_token_provider(
        mut self,
        idempotency_token_provider: impl Into<IdempotencyTokenProvider>,
    ) -> Self {
        self.set_idempotency_token_provider(Some(idempotency_token_provider.into()));
        self
    }

    /// Sets or removes the provider of idempotency tokens.
    pub fn set_idempotency_token_provider(
        &mut self,
        idempotency_token_provider: Option<IdempotencyTokenProvider>,
    ) -> &mut Self {
        self.config.store_or_unset(idempotency_token_provider);
        self
    }
}

//~ if package
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_tokens_are_uuids_of_version_4() {
        assert_eq!(uuid_v4(0), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid_v4(u128::MAX), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        let provider = IdempotencyTokenProvider::default();
        assert_ne!(
            provider.make_idempotency_token(),
            provider.make_idempotency_token()
        );
    }

    #[test]
    fn a_string_is_a_fixed_token() {
        let provider = IdempotencyTokenProvider::from("token");
        assert_eq!(provider.make_idempotency_token(), "token");
        assert_eq!(provider.clone().make_idempotency_token(), "token");
    }
}
//~ end
