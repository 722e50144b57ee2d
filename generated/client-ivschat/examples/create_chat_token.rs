//! Creates a token, with which one person can join a chat room.
//!
//! ```sh
//! cargo run --example create_chat_token -- alice --room ARN --can SEND_MESSAGE
//! ```

mod program;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use client_ivschat::types::ChatTokenCapability;
use client_ivschat::{Client, default_http_client};

/// Create a token, with which one person can join a chat room.
///
/// A server does this for people whom it knows: whoever has the token is that person to the room.
#[derive(Parser)]
struct Args {
    /// Id of the person in your application
    user_id: String,

    /// ARN of the room
    #[arg(long, value_name = "ARN", env = "IVS_CHAT_ROOM_ARN")]
    room: String,

    /// What the person may do besides reading; can be repeated
    #[arg(long = "can", value_name = "CAPABILITY", value_parser = capabilities())]
    capabilities: Vec<ChatTokenCapability>,

    /// Attribute `displayName`, which everybody receives with the person's messages
    #[arg(long, value_name = "NAME")]
    display_name: Option<String>,

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

    let mut request = client
        .create_chat_token()
        .room_identifier(args.room)
        .user_id(args.user_id)
        .set_capabilities(Some(args.capabilities));
    if let Some(name) = args.display_name {
        request = request.attributes("displayName", name);
    }
    let created = request.send().await?;
    println!("{}", created.token().unwrap_or("-"));
    Ok(())
}

/// Takes the values that the enum knows, and shows them in the help.
fn capabilities() -> impl TypedValueParser<Value = ChatTokenCapability> {
    PossibleValuesParser::new(ChatTokenCapability::values())
        .map(|value| ChatTokenCapability::from(value.as_str()))
}
