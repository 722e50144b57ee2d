//! Shows a stage on a channel: mixes its participants into one stream, and stops doing so.
//!
//! ```sh
//! cargo run --example composition -- start --stage-arn ARN --channel-arn ARN --wait
//! cargo run --example composition -- stop COMPOSITION_ARN
//! ```

mod program;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use client_ivs_realtime::types::{
    ChannelDestinationConfiguration, CompositionState, DestinationConfiguration, GridConfiguration,
    LayoutConfiguration,
};
use client_ivs_realtime::{Client, default_http_client};
use tokio::time::sleep;

/// How long to wait between two checks of a starting composition.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// How many checks to make before giving up.
const POLLS: usize = 60;

/// Show a stage on a channel, for viewers that do not take part.
#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    command: Command,

    #[command(flatten)]
    aws: program::Aws,
}

#[derive(Subcommand)]
enum Command {
    /// Mix the participants of a stage into the stream of a channel, and print the composition's ARN
    Start(Start),
    /// End a composition; the channel goes offline, the stage goes on
    Stop {
        /// ARN of the composition
        composition_arn: String,
    },
}

#[derive(clap::Args)]
struct Start {
    /// ARN of the stage, on which somebody has to be
    #[arg(long, value_name = "ARN", env = "IVS_STAGE_ARN")]
    stage_arn: String,

    /// ARN of the channel, which has to be offline
    #[arg(long, value_name = "ARN", env = "IVS_CHANNEL_ARN")]
    channel_arn: String,

    /// ARN of an encoder configuration: size, frame rate and bit rate of the stream
    #[arg(long, value_name = "ARN")]
    encoder_configuration_arn: Option<String>,

    /// Attribute whose value is "true" in the token of the participant to show large
    #[arg(long, value_name = "NAME")]
    featured_attribute: Option<String>,

    /// Wait until the composition is active
    #[arg(long)]
    wait: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    program::end(run(Args::parse()).await)
}

async fn run(args: Args) -> Result<(), Box<dyn Error>> {
    let config = args.aws.config().http_client(default_http_client());
    let client = Client::new(&config.load().await);

    match args.command {
        Command::Start(args) => start(&client, args).await?,
        Command::Stop { composition_arn } => {
            let stop = client.stop_composition().arn(composition_arn);
            stop.send().await?;
        }
    }
    Ok(())
}

async fn start(client: &Client, args: Start) -> Result<(), Box<dyn Error>> {
    let channel = ChannelDestinationConfiguration::builder()
        .channel_arn(args.channel_arn)
        .set_encoder_configuration_arn(args.encoder_configuration_arn)
        .build()?;
    let grid = GridConfiguration::builder()
        .set_featured_participant_attribute(args.featured_attribute)
        .build();
    // The client adds an idempotency token, so a retry does not start a second composition.
    let started = client
        .start_composition()
        .stage_arn(args.stage_arn)
        .layout(LayoutConfiguration::builder().grid(grid).build())
        .destinations(DestinationConfiguration::builder().channel(channel).build())
        .send()
        .await?;
    let composition = started
        .composition()
        .ok_or("the response has no composition")?;
    println!("{}", composition.arn());
    if args.wait {
        wait_until_active(client, composition.arn()).await?;
    }
    Ok(())
}

/// Polls the composition's state until it has started. The service has no other way to find out.
async fn wait_until_active(client: &Client, arn: &str) -> Result<(), Box<dyn Error>> {
    for _ in 0..POLLS {
        let found = client.get_composition().arn(arn).send().await?;
        let composition = found.composition().ok_or("the composition is gone")?;
        match composition.state() {
            CompositionState::Active => return Ok(()),
            CompositionState::Starting => sleep(POLL_INTERVAL).await,
            state => return Err(format!("the composition did not start, but is {state}").into()),
        }
    }
    Err("the composition takes too long to start".into())
}
