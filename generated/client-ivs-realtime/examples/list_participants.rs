//! Lists who took part in a session of a stage, and what happened to them.
//!
//! ```sh
//! cargo run --example list_participants -- --stage-arn ARN --events
//! ```

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use aws_config::{BehaviorVersion, Region};
use clap::Parser;
use client_ivs_realtime::error::DisplayErrorContext;
use client_ivs_realtime::types::{Event, ParticipantSummary};
use client_ivs_realtime::{Client, default_http_client};

/// List who took part in a session of a stage, and what happened to them.
///
/// Region and credentials come from the environment or the profile, as for the AWS CLI.
#[derive(Parser)]
struct Args {
    /// ARN of the stage
    #[arg(long, value_name = "ARN", env = "IVS_STAGE_ARN")]
    stage_arn: String,

    /// Id of the session; the stage's latest otherwise
    #[arg(long, value_name = "ID")]
    session_id: Option<String>,

    /// Show each participant's events: joined, published, left, failed
    #[arg(long)]
    events: bool,

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
    let client = client(args.region, args.endpoint_url).await;
    let session_id = match args.session_id {
        Some(session_id) => session_id,
        None => latest_session(&client, &args.stage_arn)
            .await?
            .ok_or("nobody has joined the stage yet")?,
    };
    let mut out = io::stdout().lock();
    writeln!(out, "session {session_id}")?;

    let mut pages = client
        .list_participants()
        .stage_arn(&args.stage_arn)
        .session_id(&session_id)
        .into_paginator()
        .send();
    while let Some(page) = pages.try_next().await? {
        for participant in page.participants() {
            print_participant(&mut out, participant)?;
            if let (true, Some(participant_id)) = (args.events, participant.participant_id()) {
                let events = events(&client, &args.stage_arn, &session_id, participant_id).await?;
                for event in &events {
                    print_event(&mut out, event)?;
                }
            }
        }
    }
    Ok(())
}

/// Finds the session that began last. It goes on if somebody is still there.
async fn latest_session(
    client: &Client,
    stage_arn: &str,
) -> Result<Option<String>, Box<dyn Error>> {
    let mut pages = client
        .list_stage_sessions()
        .stage_arn(stage_arn)
        .into_paginator()
        .send();
    let mut sessions = Vec::new();
    while let Some(page) = pages.try_next().await? {
        sessions.extend(page.stage_sessions);
    }
    let latest = sessions
        .into_iter()
        .max_by_key(|session| session.start_time().copied());
    Ok(latest.and_then(|session| session.session_id))
}

async fn events(
    client: &Client,
    stage_arn: &str,
    session_id: &str,
    participant_id: &str,
) -> Result<Vec<Event>, Box<dyn Error>> {
    let mut pages = client
        .list_participant_events()
        .stage_arn(stage_arn)
        .session_id(session_id)
        .participant_id(participant_id)
        .into_paginator()
        .send();
    let mut events = Vec::new();
    while let Some(page) = pages.try_next().await? {
        events.extend(page.events);
    }
    Ok(events)
}

fn print_participant(out: &mut impl Write, participant: &ParticipantSummary) -> io::Result<()> {
    let published = if participant.published() {
        "published"
    } else {
        "only watched"
    };
    writeln!(
        out,
        "{}  {}  {}  {published}",
        participant.participant_id().unwrap_or("-"),
        participant.user_id().unwrap_or("-"),
        participant.state().map_or("-", |state| state.as_str()),
    )
}

fn print_event(out: &mut impl Write, event: &Event) -> io::Result<()> {
    let time = event
        .event_time()
        .map_or_else(String::new, ToString::to_string);
    let name = event.name().map_or("-", |name| name.as_str());
    match event.error_code() {
        Some(code) => writeln!(out, "    {time}  {name}  {code}"),
        None => writeln!(out, "    {time}  {name}"),
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
