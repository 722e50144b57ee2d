//! Sends an event to everybody in a chat room.
//!
//! ```sh
//! cargo run --example send_event -- goal --room ARN --attribute team=home --attribute score=2:1
//! ```

mod program;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use client_ivschat::{Client, default_http_client};

/// Send an event to everybody in a chat room.
///
/// It is no message: what the apps of the people in the room make of it is up to you.
#[derive(Parser)]
struct Args {
    /// Name of the event, which your application gives a meaning
    event_name: String,

    /// ARN of the room
    #[arg(long, value_name = "ARN", env = "IVS_CHAT_ROOM_ARN")]
    room: String,

    /// What the event is about; can be repeated
    #[arg(long = "attribute", value_name = "KEY=VALUE", value_parser = key_value)]
    attributes: Vec<(String, String)>,

    #[command(flatten)]
    aws: program::Aws,
}

fn key_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("there is no `=`")?;
    Ok((key.to_owned(), value.to_owned()))
}

#[tokio::main]
async fn main() -> ExitCode {
    program::end(run(Args::parse()).await)
}

async fn run(args: Args) -> Result<(), Box<dyn Error>> {
    let config = args.aws.config().http_client(default_http_client());
    let client = Client::new(&config.load().await);

    let mut request = client
        .send_event()
        .room_identifier(args.room)
        .event_name(args.event_name);
    for (key, value) in args.attributes {
        request = request.attributes(key, value);
    }
    let sent = request.send().await?;
    println!("{}", sent.id().unwrap_or("-"));
    Ok(())
}
