//! Sends timed metadata to the viewers of a live stream.
//!
//! ```sh
//! cargo run --example put_metadata -- --channel-arn ARN '{"question": "Ready?"}'
//! ```

use std::error::Error;
use std::process::ExitCode;

use aws_config::{BehaviorVersion, Region};
use clap::Parser;
use client_ivs::error::DisplayErrorContext;
use client_ivs::operation::put_metadata::PutMetadataError;
use client_ivs::{Client, default_http_client};

/// What the service takes at once, in bytes of UTF-8.
const MOST_BYTES: usize = 1024;

/// Send timed metadata to the viewers of a live stream.
///
/// Every player receives the text at the same position of the stream: a quiz question, a product,
/// a score. Region and credentials come from the environment or the profile, as for the AWS CLI.
#[derive(Parser)]
struct Args {
    /// Text to send, of at most 1 KB; often JSON, but the service does not mind
    #[arg(value_parser = metadata)]
    metadata: String,

    /// ARN of the channel, which has to be live
    #[arg(long, value_name = "ARN", env = "IVS_CHANNEL_ARN")]
    channel_arn: String,

    /// AWS region to use, such as us-west-2
    #[arg(long)]
    region: Option<String>,

    /// Send requests to this URL instead of the region's endpoint
    #[arg(long, value_name = "URL")]
    endpoint_url: Option<String>,
}

fn metadata(text: &str) -> Result<String, String> {
    match text.len() {
        0 => Err("there is nothing to send".to_owned()),
        1..=MOST_BYTES => Ok(text.to_owned()),
        length => Err(format!(
            "{length} bytes are more than the {MOST_BYTES} that a stream takes at once"
        )),
    }
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
    let sent = client
        .put_metadata()
        .channel_arn(args.channel_arn)
        .metadata(args.metadata)
        .send()
        .await;
    match sent {
        Ok(_) => Ok(()),
        // Errors that the service describes can be told apart, and this one is no surprise.
        Err(error)
            if error
                .as_service_error()
                .is_some_and(PutMetadataError::is_channel_not_broadcasting) =>
        {
            Err("the channel is offline: start a stream, then try again".into())
        }
        Err(error) => Err(error.into()),
    }
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
