//! Lists who took part in a session of a stage.
//!
//! ```sh
//! cargo run --example list_participants -- --stage-arn ARN
//! ```

mod program;
mod session;

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use client_ivs_realtime::{Client, default_http_client};

/// List who took part in a session of a stage.
#[derive(Parser)]
struct Args {
    #[command(flatten)]
    session: session::Session,

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

    let session_id = args.session.id(&client).await?;
    let mut out = io::stdout().lock();
    writeln!(out, "session {session_id}")?;

    // A page is requested when the one before has been read to its end.
    let mut pages = client
        .list_participants()
        .stage_arn(&args.session.stage_arn)
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
