//! Reports how a stream is doing, or how an earlier one did.
//!
//! ```sh
//! cargo run --example stream_health -- --channel-arn ARN
//! ```

mod program;

use std::error::Error;
use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use client_ivs::operation::get_stream::GetStreamError;
use client_ivs::types::{AudioConfiguration, Stream, StreamSession, VideoConfiguration};
use client_ivs::{Client, default_http_client};

/// Report how a channel's stream is doing, what the encoder sends, and what happened so far.
#[derive(Parser)]
struct Args {
    /// ARN of the channel
    #[arg(long, value_name = "ARN", env = "IVS_CHANNEL_ARN")]
    channel_arn: String,

    /// Id of an earlier stream; the channel's latest otherwise
    #[arg(long, value_name = "ID")]
    stream_id: Option<String>,

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

    let mut out = io::stdout().lock();
    // Only a live stream has a health.
    if args.stream_id.is_none() {
        match live_stream(&client, &args.channel_arn).await? {
            Some(stream) => print_stream(&mut out, &stream)?,
            None => writeln!(out, "The channel is offline. Its latest stream:")?,
        }
    }
    let found = client
        .get_stream_session()
        .channel_arn(args.channel_arn)
        .set_stream_id(args.stream_id)
        .send()
        .await?;
    if let Some(session) = found.stream_session() {
        print_session(&mut out, session)?;
    }
    Ok(())
}

/// Gets the stream of a channel, or `None` if the channel is offline: the service returns an
/// error, which is a valid result here.
async fn live_stream(client: &Client, channel_arn: &str) -> Result<Option<Stream>, Box<dyn Error>> {
    let found = client.get_stream().channel_arn(channel_arn).send().await;
    match found {
        Ok(output) => Ok(output.stream),
        Err(error)
            if error
                .as_service_error()
                .is_some_and(GetStreamError::is_channel_not_broadcasting) =>
        {
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

fn print_stream(out: &mut impl Write, stream: &Stream) -> io::Result<()> {
    let state = stream.state().map_or("-", |state| state.as_str());
    let health = stream.health().map_or("-", |health| health.as_str());
    writeln!(out, "state:    {state}")?;
    writeln!(out, "health:   {health}")?;
    // The service answers -1 while it has not counted yet.
    if stream.viewer_count() >= 0 {
        writeln!(out, "viewers:  {}", stream.viewer_count())?;
    }
    Ok(())
}

fn print_session(out: &mut impl Write, session: &StreamSession) -> io::Result<()> {
    writeln!(out, "stream:   {}", shown(session.stream_id()))?;
    writeln!(out, "started:  {}", shown(session.start_time()))?;
    if let Some(end) = session.end_time() {
        writeln!(out, "ended:    {end}")?;
    }
    if let Some(ingest) = session.ingest_configuration() {
        if let Some(video) = ingest.video() {
            print_video(out, video)?;
        }
        if let Some(audio) = ingest.audio() {
            print_audio(out, audio)?;
        }
    }
    // The service returns 500 events at most.
    for event in session.truncated_events() {
        let (time, name) = (shown(event.event_time()), shown(event.name()));
        match event.code() {
            Some(code) => writeln!(out, "{time}  {name}  {code}")?,
            None => writeln!(out, "{time}  {name}")?,
        }
    }
    Ok(())
}

fn print_video(out: &mut impl Write, video: &VideoConfiguration) -> io::Result<()> {
    writeln!(
        out,
        "video:    {} {}x{}, {} frames/s, {} kbit/s, from {}",
        shown(video.codec()),
        video.video_width(),
        video.video_height(),
        video.target_framerate(),
        video.target_bitrate() / 1000,
        shown(video.encoder()),
    )
}

fn print_audio(out: &mut impl Write, audio: &AudioConfiguration) -> io::Result<()> {
    writeln!(
        out,
        "audio:    {} {} Hz, {} channels, {} kbit/s",
        shown(audio.codec()),
        audio.sample_rate(),
        audio.channels(),
        audio.target_bitrate() / 1000,
    )
}

fn shown(value: Option<impl Display>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}
