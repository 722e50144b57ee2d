//! Creates a stage, and a token for each participant.
//!
//! ```sh
//! cargo run --example create_stage -- my-stage --host alice --guest bob --guest carol
//! ```

mod program;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use client_ivs_realtime::types::{
    ParticipantTokenCapability, ParticipantTokenConfiguration, StageEndpoints,
};
use client_ivs_realtime::{Client, default_http_client};

/// Create a stage, and a token for each participant.
///
/// A token is what a participant joins with, from an app or a browser. Hand it to that participant
/// alone.
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

    #[command(flatten)]
    aws: program::Aws,
}

#[tokio::main]
async fn main() -> ExitCode {
    program::end(run(Args::parse()).await)
}

async fn run(args: Args) -> Result<(), Box<dyn Error>> {
    use ParticipantTokenCapability::{Publish, Subscribe};

    let config = args.aws.config().http_client(default_http_client());
    let client = Client::new(&config.load().await);

    let mut request = client.create_stage().name(args.name);
    for host in args.hosts {
        request = request.participant_token_configurations(
            ParticipantTokenConfiguration::builder()
                .user_id(host)
                .duration(args.duration)
                .capabilities(Publish)
                .capabilities(Subscribe)
                .build(),
        );
    }
    for guest in args.guests {
        request = request.participant_token_configurations(
            ParticipantTokenConfiguration::builder()
                .user_id(guest)
                .duration(args.duration)
                .capabilities(Subscribe)
                .build(),
        );
    }
    let created = request.send().await?;

    let stage = created.stage().ok_or("the response has no stage")?;
    println!("stage:  {}", stage.arn());
    if let Some(endpoints) = stage.endpoints() {
        print_endpoints(endpoints);
    }
    for token in created.participant_tokens() {
        println!("\nuser:   {}", token.user_id().unwrap_or("-"));
        if let Some(expiration) = token.expiration_time() {
            println!("until:  {expiration}");
        }
        println!("token:  {}", token.token().unwrap_or("-"));
    }
    Ok(())
}

/// Prints where streaming software connects to, which takes part like a person.
fn print_endpoints(endpoints: &StageEndpoints) {
    let endpoints = [
        ("WHIP:   ", endpoints.whip()),
        ("RTMPS:  ", endpoints.rtmps()),
        ("events: ", endpoints.events()),
    ];
    for (label, url) in endpoints {
        if let Some(url) = url {
            println!("{label}{url}");
        }
    }
}
