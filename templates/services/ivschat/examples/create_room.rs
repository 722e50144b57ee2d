//! Creates a chat room and, if asked, a log of what is said in it.
//!
//! ```sh
//! cargo run --example create_room -- my-room --log-group my-room-logs
//! ```

mod program;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use client_ivschat::types::{CloudWatchLogsDestinationConfiguration, DestinationConfiguration};
use client_ivschat::{Client, default_http_client};

/// Create a chat room, and print its ARN.
#[derive(Parser)]
struct Args {
    /// Name of the room
    name: String,

    /// Keep what is said in this log group of CloudWatch Logs, which has to exist
    #[arg(long, value_name = "NAME")]
    log_group: Option<String>,

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

    let mut request = client.create_room().name(&args.name);
    if let Some(log_group) = args.log_group {
        let logging_arn = create_logging(&client, args.name, log_group).await?;
        request = request.logging_configuration_identifiers(logging_arn);
    }
    let created = request.send().await?;
    println!("{}", created.arn().unwrap_or("-"));
    Ok(())
}

/// Creates a logging configuration with a log group. Several rooms can share it.
async fn create_logging(
    client: &Client,
    name: String,
    log_group: String,
) -> Result<String, Box<dyn Error>> {
    let destination = CloudWatchLogsDestinationConfiguration::builder()
        .log_group_name(log_group)
        .build()?;
    let created = client
        .create_logging_configuration()
        .name(name)
        .destination_configuration(DestinationConfiguration::CloudWatchLogs(destination))
        .send()
        .await?;
    created
        .arn
        .ok_or_else(|| "the response has no logging configuration".into())
}
