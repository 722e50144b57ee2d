//! Creates a channel and prints what a streamer and the viewers need.
//!
//! ```sh
//! cargo run --example create_channel -- my-channel --latency-mode LOW
//! ```

mod program;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use client_ivs::types::{ChannelLatencyMode, ChannelType};
use client_ivs::{Client, default_http_client};

/// Create a channel, and print what a streamer and the viewers need.
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

    #[command(flatten)]
    aws: program::Aws,
}

#[tokio::main]
async fn main() -> ExitCode {
    program::end(run(Args::parse()).await)
}

async fn run(args: Args) -> Result<(), Box<dyn Error>> {
    let config = args.aws.config().http_client(default_http_client());
    let client = Client::new(&config.load().await);

    let created = client
        .create_channel()
        .name(args.name)
        .latency_mode(args.latency_mode)
        .r#type(args.channel_type)
        .send()
        .await?;

    let channel = created.channel().ok_or("the response has no channel")?;
    println!("channel:      {}", channel.arn().unwrap_or("-"));
    // Streaming software asks for the server and for the stream key separately.
    if let Some(host) = channel.ingest_endpoint() {
        println!("ingest:       rtmps://{host}:443/app/");
    }
    if let Some(srt) = channel.srt() {
        println!("ingest (SRT): {}", srt.endpoint().unwrap_or("-"));
    }
    // Anyone who has the key can stream to the channel. That is why `{:?}` does not show it.
    let key = created.stream_key().and_then(|key| key.value());
    println!("stream key:   {}", key.unwrap_or("-"));
    println!("playback:     {}", channel.playback_url().unwrap_or("-"));
    Ok(())
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
