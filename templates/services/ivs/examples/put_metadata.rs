//! Sends timed metadata to the viewers of a live stream.
//!
//! ```sh
//! cargo run --example put_metadata -- --channel-arn ARN '{"question": "Ready?"}'
//! ```

mod program;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use client_ivs::operation::put_metadata::PutMetadataError;
use client_ivs::{Client, default_http_client};

/// The maximum size of metadata, in bytes of UTF-8.
const MOST_BYTES: usize = 1024;

/// Send timed metadata to the viewers of a live stream.
///
/// Every player receives the text at the same position of the stream: a quiz question, a product,
/// a score.
#[derive(Parser)]
struct Args {
    /// Text to send, of at most 1 KB; often JSON, but the service does not mind
    #[arg(value_parser = metadata)]
    metadata: String,

    /// ARN of the channel, which has to be live
    #[arg(long, value_name = "ARN", env = "IVS_CHANNEL_ARN")]
    channel_arn: String,

    #[command(flatten)]
    aws: program::Aws,
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
    program::end(run(Args::parse()).await)
}

async fn run(args: Args) -> Result<(), Box<dyn Error>> {
    let config = args.aws.config().http_client(default_http_client());
    let client = Client::new(&config.load().await);

    let sent = client
        .put_metadata()
        .channel_arn(args.channel_arn)
        .metadata(args.metadata)
        .send()
        .await;
    match sent {
        Ok(_) => Ok(()),
        // The errors in the service's model can be told apart. This one is expected.
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
