//! Ends a composition: its channel goes offline, and the stage goes on.
//!
//! ```sh
//! cargo run --example stop_composition -- COMPOSITION_ARN
//! ```

mod program;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use client_ivs_realtime::{Client, default_http_client};

/// End a composition; its channel goes offline, and the stage goes on.
#[derive(Parser)]
struct Args {
    /// ARN of the composition, as `start_composition` prints it
    composition_arn: String,

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

    client
        .stop_composition()
        .arn(args.composition_arn)
        .send()
        .await?;
    Ok(())
}
