//! Throws a person out of a chat room.
//!
//! ```sh
//! cargo run --example disconnect_user -- mallory --room ARN --reason spam
//! ```

mod program;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use client_ivschat::{Client, default_http_client};

/// Close all connections of a person to a chat room.
///
/// The person can come back with a token, so give out no more of them.
#[derive(Parser)]
struct Args {
    /// Id of the person in your application
    user_id: String,

    /// ARN of the room
    #[arg(long, value_name = "ARN", env = "IVS_CHAT_ROOM_ARN")]
    room: String,

    /// What the person is told
    #[arg(long)]
    reason: Option<String>,

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
        .disconnect_user()
        .room_identifier(args.room)
        .user_id(args.user_id)
        .set_reason(args.reason)
        .send()
        .await?;
    Ok(())
}
