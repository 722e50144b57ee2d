//! Tells what happened in a session of a stage: who joined, published, left, and what went wrong.
//!
//! ```sh
//! cargo run --example session_events -- --stage-arn ARN --session-id ID
//! ```

mod program;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use client_ivs_realtime::types::Event;
use client_ivs_realtime::{Client, default_http_client};

/// Tell what happened in a session of a stage, in the order of time.
#[derive(Parser)]
struct Args {
    /// ARN of the stage
    #[arg(long, value_name = "ARN", env = "IVS_STAGE_ARN")]
    stage_arn: String,

    /// Id of the session, as `list_participants` prints it
    #[arg(long, value_name = "ID")]
    session_id: String,

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

    let mut events = Vec::new();
    let mut pages = client
        .list_participants()
        .stage_arn(&args.stage_arn)
        .session_id(&args.session_id)
        .into_paginator()
        .send();
    while let Some(page) = pages.try_next().await? {
        for participant in page.participants {
            // The service stores the events of each participant separately.
            let mut pages = client
                .list_participant_events()
                .stage_arn(&args.stage_arn)
                .session_id(&args.session_id)
                .set_participant_id(participant.participant_id)
                .into_paginator()
                .send();
            while let Some(page) = pages.try_next().await? {
                events.extend(page.events);
            }
        }
    }
    events.sort_by_key(|event| event.event_time().copied());

    let mut out = io::stdout().lock();
    for event in &events {
        writeln!(out, "{}", describe(event))?;
    }
    Ok(())
}

/// One line about an event: when, who, what and, if it failed, why.
fn describe(event: &Event) -> String {
    let time = event.event_time().map(ToString::to_string);
    let parts = [
        time.as_deref(),
        event.participant_id(),
        event.name().map(|name| name.as_str()),
        event.error_code().map(|code| code.as_str()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}
