//! `ListChannels` with `serde_json` and `#[derive(Deserialize)]`: the cost of only parsing JSON
//! into types.

use std::collections::HashMap;

use serde::Deserialize;

/// A page of channels.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// The channels.
    pub channels: Vec<Summary>,
    /// The token of the next page.
    pub next_token: Option<String>,
}

/// A channel of a page, with the members of the service's own type.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members are the service's")]
pub struct Summary {
    pub arn: Option<String>,
    pub name: Option<String>,
    pub latency_mode: Option<LatencyMode>,
    #[serde(default)]
    pub authorized: bool,
    pub recording_configuration_arn: Option<String>,
    pub tags: Option<HashMap<String, String>>,
    #[serde(default)]
    pub insecure_ingest: bool,
    pub r#type: Option<ChannelType>,
    pub preset: Option<String>,
    pub playback_restriction_policy_arn: Option<String>,
}

/// The latency mode.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the values are the service's")]
pub enum LatencyMode {
    Low,
    Normal,
}

/// The type of a channel.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the values are the service's")]
pub enum ChannelType {
    Basic,
    Standard,
    AdvancedSd,
    AdvancedHd,
}
