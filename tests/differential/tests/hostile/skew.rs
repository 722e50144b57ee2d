//! A clock that is an hour slow, with a service that accepts five minutes.

use std::time::{Duration, SystemTime};

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

use crate::cases::OUTPUT;
use crate::server::{Reply, Request, Server};
use crate::sides::{Clock, SIDES, Setup, shared_http_client};

const REFUSAL: &str = r#"{"__type":"RequestTimeTooSkewed","message":"set your clock"}"#;
const HOUR: Duration = Duration::from_secs(60 * 60);

fn setup() -> Setup {
    Setup {
        clock: Clock { slow_by: HOUR },
        ..Setup::default()
    }
}

/// The client adopts the service's time, also for later calls.
#[tokio::test]
async fn a_slow_clock_is_corrected_by_the_date_of_a_refusal() {
    let http = shared_http_client();
    for side in SIDES {
        let server = Server::start(|request| match is_fresh(&request) {
            true => Reply::http(200, &[("date", &now())], OUTPUT),
            false => Reply::http(403, &[("date", &now())], REFUSAL),
        })
        .await;
        let client = side.client("skew", &server.url(), &http, &setup());
        let mut attempts = Vec::new();
        for _ in 0..2 {
            let outcome = client.start_composition("stage", None).await;
            assert_eq!(outcome.variant, "Ok", "{side:?}: {}", outcome.message);
            attempts.push(client.attempts());
        }
        // Two for the first call, one for the second.
        assert_eq!(attempts, [2, 3], "{side:?}");
    }
}

/// An error without a date has no time to adopt, and is not retried.
#[tokio::test]
async fn a_slow_clock_is_an_error_where_the_service_does_not_tell_the_time() {
    let http = shared_http_client();
    for side in SIDES {
        let server = Server::start(|_| Reply::http(403, &[], REFUSAL)).await;
        let client = side.client("timeless", &server.url(), &http, &setup());
        let outcome = client.start_composition("stage", None).await;
        let seen = (outcome.variant.as_str(), client.attempts());
        let expected = ("ServiceError(403 RequestTimeTooSkewed)", 1);
        assert_eq!(seen, expected, "{side:?}: {}", outcome.message);
    }
}

fn is_fresh(request: &Request) -> bool {
    let signed = request.header("x-amz-date");
    let (date, time) = (&signed[..8], &signed[9..15]);
    let text = format!(
        "{}-{}-{}T{}:{}:{}Z",
        &date[..4],
        &date[4..6],
        &date[6..],
        &time[..2],
        &time[2..4],
        &time[4..]
    );
    let signed = DateTime::from_str(&text, Format::DateTime).expect("a date and time");
    let now = DateTime::from(SystemTime::now());
    (now.secs() - signed.secs()).abs() < 5 * 60
}

fn now() -> String {
    let now = DateTime::from(SystemTime::now());
    now.fmt(Format::HttpDate).expect("not in a far future")
}
