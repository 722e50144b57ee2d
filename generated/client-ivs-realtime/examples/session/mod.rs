//! Which session of a stage a program is about.

use std::error::Error;

use client_ivs_realtime::Client;

// No documentation: clap would take it for that of the program.
#[derive(clap::Args)]
pub struct Session {
    /// ARN of the stage
    #[arg(long, value_name = "ARN", env = "IVS_STAGE_ARN")]
    pub stage_arn: String,

    /// Id of the session; the stage's latest otherwise
    #[arg(long, value_name = "ID")]
    session_id: Option<String>,
}

impl Session {
    /// The id of the session. The latest may still go on.
    pub async fn id(&self, client: &Client) -> Result<String, Box<dyn Error>> {
        if let Some(session_id) = &self.session_id {
            return Ok(session_id.clone());
        }
        let mut pages = client
            .list_stage_sessions()
            .stage_arn(&self.stage_arn)
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
}
