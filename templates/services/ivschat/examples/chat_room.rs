//! Runs a chat room: creates it, lets people in, speaks to them and throws them out.
//!
//! ```sh
//! cargo run --example chat_room -- create my-room --log-group my-room-logs
//! cargo run --example chat_room -- token --room ARN alice --can SEND_MESSAGE
//! cargo run --example chat_room -- send --room ARN welcome --attribute text=Hello
//! cargo run --example chat_room -- disconnect --room ARN mallory --reason spam
//! ```

use std::collections::HashMap;
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use aws_config::{BehaviorVersion, Region};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
use client_ivschat::error::DisplayErrorContext;
use client_ivschat::types::{
    ChatTokenCapability, CloudWatchLogsDestinationConfiguration, DestinationConfiguration,
};
use client_ivschat::{Client, default_http_client};

/// Run a chat room: create it, let people in, send them events, throw them out.
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
    /// Create a room
    Create {
        /// Name of the room
        name: String,

        /// Keep what is said in this log group of CloudWatch, which has to exist
        #[arg(long, value_name = "NAME")]
        log_group: Option<String>,
    },
    /// Create a token, with which one person can join
    Token {
        #[command(flatten)]
        room: Room,

        /// Id of the person in your application
        user_id: String,

        /// What the person may do besides reading; can be repeated
        #[arg(long = "can", value_name = "CAPABILITY", value_parser = capabilities())]
        capabilities: Vec<ChatTokenCapability>,

        /// What everybody is told about the sender of a message; can be repeated
        #[arg(long = "attribute", value_name = "KEY=VALUE", value_parser = key_value)]
        attributes: Vec<(String, String)>,
    },
    /// Send an event to everybody in the room
    Send {
        #[command(flatten)]
        room: Room,

        /// Name of the event, which your application gives a meaning
        event_name: String,

        /// What the event is about; can be repeated
        #[arg(long = "attribute", value_name = "KEY=VALUE", value_parser = key_value)]
        attributes: Vec<(String, String)>,
    },
    /// Close all connections of a person, who can come back with a new token
    Disconnect {
        #[command(flatten)]
        room: Room,

        /// Id of the person in your application
        user_id: String,

        /// What the person is told
        #[arg(long)]
        reason: Option<String>,
    },
}

#[derive(clap::Args)]
struct Room {
    /// ARN of the room
    #[arg(long = "room", value_name = "ARN", env = "IVS_CHAT_ROOM_ARN")]
    arn: String,
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
    let mut out = io::stdout().lock();
    match args.command {
        Command::Create { name, log_group } => {
            let room_arn = create_room(&client, name, log_group).await?;
            writeln!(out, "{}", room_arn.as_deref().unwrap_or("-"))?;
        }
        Command::Token {
            room,
            user_id,
            capabilities,
            attributes,
        } => {
            let created = client
                .create_chat_token()
                .room_identifier(room.arn)
                .user_id(user_id)
                .set_capabilities(Some(capabilities))
                .set_attributes(some_map(attributes))
                .send()
                .await?;
            writeln!(out, "{}", created.token().unwrap_or("-"))?;
        }
        Command::Send {
            room,
            event_name,
            attributes,
        } => {
            let sent = client
                .send_event()
                .room_identifier(room.arn)
                .event_name(event_name)
                .set_attributes(some_map(attributes))
                .send()
                .await?;
            writeln!(out, "{}", sent.id().unwrap_or("-"))?;
        }
        Command::Disconnect {
            room,
            user_id,
            reason,
        } => {
            client
                .disconnect_user()
                .room_identifier(room.arn)
                .user_id(user_id)
                .set_reason(reason)
                .send()
                .await?;
        }
    }
    Ok(())
}

/// Creates a room and, if there is to be a log, first the configuration that leads to it.
async fn create_room(
    client: &Client,
    name: String,
    log_group: Option<String>,
) -> Result<Option<String>, Box<dyn Error>> {
    let mut room = client.create_room().name(&name);
    if let Some(log_group) = log_group {
        let destination = CloudWatchLogsDestinationConfiguration::builder()
            .log_group_name(log_group)
            .build()?;
        let logging = client
            .create_logging_configuration()
            .name(name)
            .destination_configuration(DestinationConfiguration::CloudWatchLogs(destination))
            .send()
            .await?;
        let logging_arn = logging
            .arn
            .ok_or("the service created a logging configuration and did not say which")?;
        room = room.logging_configuration_identifiers(logging_arn);
    }
    Ok(room.send().await?.arn)
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

/// Takes the values that the enum knows, and shows them in the help.
fn capabilities() -> impl TypedValueParser<Value = ChatTokenCapability> {
    PossibleValuesParser::new(ChatTokenCapability::values())
        .map(|value| ChatTokenCapability::from(value.as_str()))
}

fn key_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("there is no `=`")?;
    Ok((key.to_owned(), value.to_owned()))
}

fn some_map(pairs: Vec<(String, String)>) -> Option<HashMap<String, String>> {
    (!pairs.is_empty()).then(|| pairs.into_iter().collect())
}
