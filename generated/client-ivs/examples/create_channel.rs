//! Creates a channel and prints what a streamer and the viewers need.
//!
//! ```sh
//! cargo run --example create_channel -- my-channel --latency-mode LOW
//! ```

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use aws_config::{BehaviorVersion, Region};
use clap::Parser;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use client_ivs::error::DisplayErrorContext;
use client_ivs::types::{ChannelLatencyMode, ChannelType};
use client_ivs::{Client, default_http_client};

/// Create a channel, and print what a streamer and the viewers need.
///
/// Region and credentials come from the environment or the profile, as for the AWS CLI.
#[derive(Parser)]
struct Args {
    /// Name of the channel
    name: String,

    /// How far viewers are behind the streamer
    #[arg(long, value_name = "MODE", default_value = "LOW", value_parser = latency_modes())]
    latency_mode: ChannelLatencyMode,

    /// Which inputs the channel takes, and whether it transcodes them
    #[arg(long, value_name = "TYPE", default_value = "STANDARD", value_parser = channel_types())]
    channel_type: ChannelType,

    /// AWS region to use, such as us-west-2
    #[arg(long)]
    region: Option<String>,

    /// Send requests to this URL instead of the region's endpoint
    #[arg(long, value_name = "URL")]
    endpoint_url: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}", DisplayErrorContext(&*error));
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), Box<dyn Error>> {
    let client = client(args.region, args.endpoint_url).await;
    let created = client
        .create_channel()
        .name(args.name)
        .latency_mode(args.latency_mode)
        .r#type(args.channel_type)
        .send()
        .await?;

    let mut out = io::stdout().lock();
    if let Some(channel) = created.channel() {
        writeln!(out, "channel:      {}", channel.arn().unwrap_or("-"))?;
        // Streaming software asks for the server and for the stream key separately.
        if let Some(host) = channel.ingest_endpoint() {
            writeln!(out, "ingest:       rtmps://{host}:443/app/")?;
        }
        if let Some(srt) = channel.srt() {
            writeln!(out, "ingest (SRT): {}", srt.endpoint().unwrap_or("-"))?;
        }
    }
    // Whoever has the key can stream to the channel. That is why `{:?}` does not show it.
    let key = created.stream_key().and_then(|key| key.value());
    writeln!(out, "stream key:   {}", key.unwrap_or("-"))?;
    let playback_url = created.channel().and_then(|channel| channel.playback_url());
    writeln!(out, "playback:     {}", playback_url.unwrap_or("-"))?;
    Ok(())
}

/// Configures a client as AWS programs do: what the arguments leave open is found in the
/// environment and in the profile.
async fn client(region: Option<String>, endpoint_url: Option<String>) -> Client {
    let mut config =
        aws_config::defaults(BehaviorVersion::latest()).http_client(default_http_client());
    if let Some(region) = region {
        config = config.region(Region::new(region));
    }
    if let Some(endpoint_url) = endpoint_url {
        config = config.endpoint_url(endpoint_url);
    }
    Client::new(&config.load().await)
}

/// Takes the values that the enum knows, and shows them in the help.
fn latency_modes() -> impl TypedValueParser<Value = ChannelLatencyMode> {
    PossibleValuesParser::new(ChannelLatencyMode::values())
        .map(|value| ChannelLatencyMode::from(value.as_str()))
}

/// As [`latency_modes`].
fn channel_types() -> impl TypedValueParser<Value = ChannelType> {
    PossibleValuesParser::new(ChannelType::values()).map(|value| ChannelType::from(value.as_str()))
}
