//! Creates a stage, and a token for everyone who is to take part.
//!
//! ```sh
//! cargo run --example create_stage -- my-stage --host alice --guest bob --guest carol
//! ```

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use aws_config::{BehaviorVersion, Region};
use clap::Parser;
use client_ivs_realtime::error::DisplayErrorContext;
use client_ivs_realtime::types::{
    ParticipantTokenCapability, ParticipantTokenConfiguration, StageEndpoints,
};
use client_ivs_realtime::{Client, default_http_client};

/// Create a stage, and a token for everyone who is to take part.
///
/// A token is what a participant joins with, once, from an app or a browser. Hand it to that
/// participant alone. Region and credentials come from the environment or the profile, as for the
/// AWS CLI.
#[derive(Parser)]
struct Args {
    /// Name of the stage
    name: String,

    /// User id of someone who sends and receives; can be repeated
    #[arg(long = "host", value_name = "USER_ID")]
    hosts: Vec<String>,

    /// User id of someone who only receives; can be repeated
    #[arg(long = "guest", value_name = "USER_ID")]
    guests: Vec<String>,

    /// How long the tokens can be used to join, in minutes
    #[arg(long, value_name = "MINUTES", default_value_t = 720)]
    duration: i32,

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
    use ParticipantTokenCapability::{Publish, Subscribe};

    let token = |user_id, capabilities: &[ParticipantTokenCapability]| {
        ParticipantTokenConfiguration::builder()
            .user_id(user_id)
            .duration(args.duration)
            .set_capabilities(Some(capabilities.to_vec()))
            .build()
    };
    let hosts = args
        .hosts
        .into_iter()
        .map(|user_id| token(user_id, &[Publish, Subscribe]));
    let guests = args
        .guests
        .into_iter()
        .map(|user_id| token(user_id, &[Subscribe]));
    let tokens: Vec<_> = hosts.chain(guests).collect();

    let client = client(args.region, args.endpoint_url).await;
    let created = client
        .create_stage()
        .name(args.name)
        .set_participant_token_configurations(Some(tokens))
        .send()
        .await?;

    let mut out = io::stdout().lock();
    if let Some(stage) = created.stage() {
        writeln!(out, "stage:  {}", stage.arn())?;
        if let Some(endpoints) = stage.endpoints() {
            print_endpoints(&mut out, endpoints)?;
        }
    }
    for token in created.participant_tokens() {
        writeln!(out)?;
        writeln!(out, "user:   {}", token.user_id().unwrap_or("-"))?;
        if let Some(expiration) = token.expiration_time() {
            writeln!(out, "until:  {expiration}")?;
        }
        writeln!(out, "token:  {}", token.token().unwrap_or("-"))?;
    }
    Ok(())
}

/// Prints where streaming software connects to, which takes part like a person.
fn print_endpoints(out: &mut impl Write, endpoints: &StageEndpoints) -> io::Result<()> {
    let endpoints = [
        ("WHIP:   ", endpoints.whip()),
        ("RTMPS:  ", endpoints.rtmps()),
        ("events: ", endpoints.events()),
    ];
    for (label, url) in endpoints {
        if let Some(url) = url {
            writeln!(out, "{label}{url}")?;
        }
    }
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
