//! The behavior of the server, and the expected results.

mod answers;
mod connections;

use aws_smithy_types::timeout::{TimeoutConfig, TimeoutConfigBuilder};

use crate::server::Reply;
use crate::sides::Setup;

/// The result of a call if a server does this.
pub struct Case {
    pub name: &'static str,
    /// The responses in order. The last one is repeated. Without any, nobody listens.
    pub replies: Vec<Reply>,
    pub setup: Setup,
    pub variant: &'static str,
    pub attempts: usize,
    /// A part of the message.
    pub says: &'static str,
    /// Why our message differs from that of the official crate.
    pub other_words: Option<&'static str>,
    /// The variant and the attempts of the official crate, if it knows less.
    pub official: Option<(&'static str, usize)>,
}

/// A valid response.
pub const OUTPUT: &str = r#"{"composition":{"arn":"arn","stageArn":"stage","state":"STARTING"}}"#;

pub fn cases() -> Vec<Case> {
    let groups = [
        connections::broken_connections(),
        answers::unreadable_responses(),
        answers::refusals(),
        answers::redirects(),
        connections::stalls(),
        connections::recoveries(),
    ];
    groups.into_iter().flatten().collect()
}

impl Case {
    fn new<const N: usize>(name: &'static str, replies: [Reply; N]) -> Self {
        Self {
            name,
            replies: replies.into(),
            setup: Setup::default(),
            variant: "",
            attempts: 0,
            says: "",
            other_words: None,
            official: None,
        }
    }

    /// Whether the client may stop waiting.
    pub fn is_timed(&self) -> bool {
        let timeouts = &self.setup.timeouts;
        timeouts.has_timeouts() && timeouts.connect_timeout().is_none()
    }

    fn ends(self, variant: &'static str, attempts: usize, says: &'static str) -> Self {
        Self {
            variant,
            attempts,
            says,
            ..self
        }
    }

    fn in_other_words(self, why: &'static str) -> Self {
        Self {
            other_words: Some(why),
            ..self
        }
    }

    fn but_official(self, variant: &'static str, attempts: usize) -> Self {
        Self {
            official: Some((variant, attempts)),
            ..self
        }
    }

    fn with_timeout(mut self, set: fn(TimeoutConfigBuilder) -> TimeoutConfigBuilder) -> Self {
        self.setup.timeouts = set(TimeoutConfig::builder()).build();
        self
    }
}

/// A response with a wrong length or framing.
fn framed(headers: &str, body: &str) -> Reply {
    Reply::raw(format!("HTTP/1.1 200 OK\r\n{headers}\r\n\r\n{body}"))
}
