//! Lists who took part in a session of a stage.
//!
//! ```sh
//! cargo run --example list_participants -- --stage-arn ARN
//! ```

mod program;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use client_ivs_realtime::{Client, default_http_client};

/// List who took part in a session of a stage.
#[derive(Parser)]
struct Args {
    /// ARN of the stage
    #[arg(long, value_name = "ARN", env = "IVS_STAGE_ARN")]
    stage_arn: String,

    /// Id of the session; the stage's latest otherwise
    #[arg(long, value_name = "ID")]
    session_id: Option<String>,

    /// List only those who sent audio or video
    #[arg(long)]
    published: bool,

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

    let session_id = match args.session_id {
        Some(session_id) => session_id,
        None => latest_session(&client, &args.stage_arn).await?,
    };
    let mut out = io::stdout().lock();
    writeln!(out, "session {session_id}")?;

    // A page is requested when the one before has been read to its end.
    let mut pages = client
        .list_participants()
        .stage_arn(args.stage_arn)
        .session_id(session_id)
        .set_filter_by_published(args.published.then_some(true))
        .into_paginator()
        .send();
    while let Some(page) = pages.try_next().await? {
        for participant in page.participants() {
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
            )?;
        }
    }
    Ok(())
}

/// Finds the session that began last. It may still go on.
async fn latest_session(client: &Client, stage_arn: &str) -> Result<String, Box<dyn Error>> {
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
    let session_id = latest.and_then(|session| session.session_id);
    session_id.ok_or_else(|| "nobody has joined the stage yet".into())
}
