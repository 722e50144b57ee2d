//! Lists the account's channels and, if asked, which of them are live.
//!
//! ```sh
//! cargo run --example list_channels -- --live
//! ```

mod program;

use std::collections::HashMap;
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use client_ivs::types::StreamSummary;
use client_ivs::{Client, default_http_client};

/// List the account's channels in a region.
#[derive(Parser)]
struct Args {
    /// List only channels of this name
    #[arg(long)]
    name: Option<String>,

    /// Show which channels are live, with health and number of viewers
    #[arg(long)]
    live: bool,

    /// How many channels and streams to fetch with one request
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(i32).range(1..=100))]
    page_size: i32,

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

    let streams = if args.live {
        Some(streams(&client, args.page_size).await?)
    } else {
        None
    };

    // A page is requested when the one before has been read to its end.
    let mut pages = client
        .list_channels()
        .set_filter_by_name(args.name)
        .into_paginator()
        .page_size(args.page_size)
        .send();
    let mut out = io::stdout().lock();
    while let Some(page) = pages.try_next().await? {
        for channel in page.channels() {
            let (arn, name) = (channel.arn().unwrap_or("-"), channel.name().unwrap_or("-"));
            write!(out, "{arn}  {name}")?;
            match streams.as_ref().map(|streams| streams.get(arn)) {
                Some(Some(stream)) => writeln!(out, "  {}", describe(stream))?,
                Some(None) => writeln!(out, "  offline")?,
                None => writeln!(out)?,
            }
        }
    }
    Ok(())
}

/// Finds the live streams, by the ARN of the channel.
async fn streams(
    client: &Client,
    page_size: i32,
) -> Result<HashMap<String, StreamSummary>, Box<dyn Error>> {
    let mut pages = client
        .list_streams()
        .into_paginator()
        .page_size(page_size)
        .send();
    let mut streams = HashMap::new();
    while let Some(page) = pages.try_next().await? {
        for stream in page.streams {
            if let Some(arn) = stream.channel_arn().map(str::to_owned) {
                streams.insert(arn, stream);
            }
        }
    }
    Ok(streams)
}

fn describe(stream: &StreamSummary) -> String {
    let state = stream.state().map_or("-", |state| state.as_str());
    let health = stream.health().map_or("-", |health| health.as_str());
    // The service answers -1 while it has not counted yet.
    let viewers = match stream.viewer_count() {
        count @ 0.. => count.to_string(),
        _ => "?".to_owned(),
    };
    format!("{state}  health {health}  viewers {viewers}")
}
