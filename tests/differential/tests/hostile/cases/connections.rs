//! Connections that break, stall, or do not speak HTTP.

use std::time::Duration;

use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;

use crate::cases::{Case, OUTPUT, framed};
use crate::server::Reply;

/// How long something must stall to be noticed. Everything else must be faster.
const PATIENCE: Duration = Duration::from_millis(400);

/// The first bytes of a response.
fn part(length: usize) -> Reply {
    let whole = format!("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{OUTPUT}");
    Reply::raw(&whole.as_bytes()[..length])
}

fn nothing() -> Reply {
    Reply::raw("")
}

pub fn broken_connections() -> Vec<Case> {
    let many_headers = "x: y\r\n".repeat(1000);
    vec![
        Case::new("refuses connections", []).ends("DispatchFailure(io)", 3, "refused"),
        Case::new("closes before the response", [nothing().close()]).ends(
            "DispatchFailure(other)",
            3,
            "connection closed before message completed",
        ),
        Case::new("resets before the response", [nothing().reset()]).ends(
            "DispatchFailure(io)",
            3,
            "",
        ),
        Case::new("closes inside of the head", [part(25).close()]).ends(
            "DispatchFailure(other)",
            3,
            "connection closed before message completed",
        ),
        Case::new("resets inside of the head", [part(25).reset()]).ends(
            "DispatchFailure(io)",
            3,
            "",
        ),
        Case::new("closes inside of the body", [part(60).close()]).ends(
            "ResponseError(200)",
            3,
            "end of file before message length",
        ),
        Case::new("resets inside of the body", [part(60).reset()]).ends(
            "ResponseError(200)",
            3,
            "error reading a body",
        ),
        Case::new(
            "promises more than it sends",
            [framed("content-length: 500", OUTPUT).close()],
        )
        .ends("ResponseError(200)", 3, "end of file before message length"),
        Case::new(
            "closes inside of a chunk",
            [framed("transfer-encoding: chunked", "ff\r\n{\"a").close()],
        )
        .ends("ResponseError(200)", 3, "end of file before message length"),
        Case::new(
            "sends a chunk without a size",
            [framed("transfer-encoding: chunked", "no\r\n{}\r\n").close()],
        )
        .ends("ResponseError(200)", 3, "Invalid chunk size line"),
        Case::new(
            "speaks another protocol",
            [Reply::raw("SSH-2.0-OpenSSH_9.9\r\n")],
        )
        .ends("DispatchFailure(other)", 1, "invalid HTTP version"),
        Case::new(
            "sends a length that is no number",
            [framed("content-length: many", OUTPUT)],
        )
        .ends("DispatchFailure(other)", 1, "invalid content-length"),
        Case::new(
            "sends two lengths",
            [framed("content-length: 1\r\ncontent-length: 2", OUTPUT)],
        )
        .ends("DispatchFailure(other)", 1, "invalid content-length"),
        Case::new("sends a thousand headers", [framed(&many_headers, "")]).ends(
            "DispatchFailure(other)",
            1,
            "head is too large",
        ),
    ]
}

pub fn stalls() -> Vec<Case> {
    let mut protected = Case::new("stalls in the body: stalled stream", [part(60).stall()]);
    protected.setup.stalled_streams = StalledStreamProtectionConfig::enabled()
        .grace_period(PATIENCE)
        .build();
    vec![
        Case::new("stalls: read timeout", [nothing().stall()])
            .with_timeout(|it| it.read_timeout(PATIENCE))
            .ends("DispatchFailure(timeout)", 3, "HTTP read timeout"),
        Case::new("stalls: attempt timeout", [nothing().stall()])
            .with_timeout(|it| it.operation_attempt_timeout(PATIENCE))
            .ends("TimeoutError", 3, "operation attempt timeout"),
        Case::new("stalls: operation timeout", [nothing().stall()])
            .with_timeout(|it| it.operation_timeout(PATIENCE))
            .ends("TimeoutError", 1, "operation timeout (all attempts"),
        Case::new("stalls in the head: read timeout", [part(25).stall()])
            .with_timeout(|it| it.read_timeout(PATIENCE))
            .ends("DispatchFailure(timeout)", 3, "HTTP read timeout"),
        Case::new("stalls in the body: attempt timeout", [part(60).stall()])
            .with_timeout(|it| it.operation_attempt_timeout(PATIENCE))
            .ends("TimeoutError", 3, "operation attempt timeout"),
        Case::new("stalls in the body: operation timeout", [part(60).stall()])
            .with_timeout(|it| it.operation_timeout(PATIENCE))
            .ends("TimeoutError", 1, "operation timeout (all attempts"),
        protected.ends("ResponseError(200)", 3, "throughput of 0 B/s"),
    ]
}

pub fn recoveries() -> Vec<Case> {
    let unavailable = || Reply::http(503, &[], "{}");
    vec![
        Case::new("503 twice, then answers", [unavailable(), unavailable(), Reply::ok(OUTPUT)]).ends("Ok", 3, ""),
        Case::new("breaks twice, then answers", [nothing().reset(), part(60).close(), Reply::ok(OUTPUT)]).ends("Ok", 3, ""),
        Case::new("stalls, then answers", [nothing().stall(), Reply::ok(OUTPUT)])
            .with_timeout(|it| it.read_timeout(PATIENCE * 5))
            .ends("Ok", 2, ""),
        Case::new("answers after 100", [Reply::raw(format!(
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{OUTPUT}",
            OUTPUT.len()
        ))])
        .ends("Ok", 1, ""),
    ]
}
