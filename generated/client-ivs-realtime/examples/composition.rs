//! Shows a stage on a channel: mixes its participants into one stream, and stops doing so.
//!
//! ```sh
//! cargo run --example composition -- start --stage-arn ARN --channel-arn ARN --wait
//! cargo run --example composition -- stop COMPOSITION_ARN
//! ```

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;

use aws_config::{BehaviorVersion, Region};
use clap::{Parser, Subcommand};
use client_ivs_realtime::error::DisplayErrorContext;
use client_ivs_realtime::types::{
    ChannelDestinationConfiguration, Composition, CompositionState, DestinationConfiguration,
    GridConfiguration, LayoutConfiguration,
};
use client_ivs_realtime::{Client, default_http_client};
use tokio::time::sleep;

/// How long to wait between two looks at a composition that starts.
const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// How often to look: a composition starts within seconds, or not at all.
const POLLS: usize = 60;

/// Show a stage on a channel, for viewers that do not take part.
///
/// Region and credentials come from the environment or the profile, as for the AWS CLI.
#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    command: Command,

    /// AWS region to use, such as us-west-2
    #[arg(long, global = true)]
    region: Option<String>,

    /// Send requests to this URL instead of the region's endpoint
    #[arg(long, value_name = "URL", global = true)]
    endpoint_url: Option<String>,
}

#[derive(Subcommand)]
enum Command {
    /// Start to mix the participants of a stage into the stream of a channel
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

    /// Wait until the channel is live
    #[arg(long)]
    wait: bool,
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
    match args.command {
        Command::Start(args) => start(&client, args).await,
        Command::Stop { composition_arn } => {
            client
                .stop_composition()
                .arn(composition_arn)
                .send()
                .await?;
            Ok(())
        }
    }
}

async fn start(client: &Client, args: Start) -> Result<(), Box<dyn Error>> {
    let channel = ChannelDestinationConfiguration::builder()
        .channel_arn(args.channel_arn)
        .set_encoder_configuration_arn(args.encoder_configuration_arn)
        .build()?;
    let destination = DestinationConfiguration::builder().channel(channel).build();
    let grid = GridConfiguration::builder()
        .set_featured_participant_attribute(args.featured_attribute)
        .build();
    // The client adds an idempotency token: a request that is sent again starts nothing twice.
    let started = client
        .start_composition()
        .stage_arn(args.stage_arn)
        .layout(LayoutConfiguration::builder().grid(grid).build())
        .destinations(destination)
        .send()
        .await?;
    let mut composition = started
        .composition
        .ok_or("the service started a composition and did not say which")?;

    let mut out = io::stdout().lock();
    writeln!(out, "{}", composition.arn())?;
    if args.wait {
        composition = wait_until_started(client, composition).await?;
    }
    writeln!(out, "{}", composition.state())?;
    Ok(())
}

/// Asks for the state until it is final; the service has no other way to tell.
async fn wait_until_started(
    client: &Client,
    mut composition: Composition,
) -> Result<Composition, Box<dyn Error>> {
    for _ in 0..POLLS {
        match composition.state() {
            CompositionState::Starting => sleep(POLL_INTERVAL).await,
            CompositionState::Active => return Ok(composition),
            state => return Err(format!("the composition did not start, but is {state}").into()),
        }
        let found = client
            .get_composition()
            .arn(composition.arn())
            .send()
            .await?;
        composition = found.composition.ok_or("the composition is gone")?;
    }
    Err("the composition takes too long to start".into())
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
