//! Gives responses to the clients of all protocols, and checks the errors that they return.
//!
//! A test of the workspace compiles this together with the clients.

mod bodies;
mod clients;
mod xml;

use std::fmt::Debug;
use std::mem::take;
use std::panic::Location;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use bodies::Value::{Null, Number, Text};
use clients::{ALL, Client, Response, Seen};

/// A page of a proxy: as XML, and as HTML.
const PAGES: [&str; 2] = [
    "<html><body><h1>404</h1><p>Error: try again</p></body></html>",
    "<!doctype html>\n<html lang=en><title>Busy</title><br>Try again",
];

fn main() {
    for client in ALL {
        modeled_errors(client);
        other_errors(client);
        members_that_cannot_be_read(client);
        messages_that_are_no_text(client);
        bodies_that_are_something_else(client);
        no_body(client);
        retries(client);
        if client.is_query_compatible {
            query_codes(client);
        }
        if client.format.is_xml() {
            xml::check(client);
            xml::outputs(client);
            xml::repeated(client);
        }
    }
    let failed = take(&mut *FAILED.lock().expect("nothing panics"));
    assert!(
        failed.is_empty(),
        "{} failed:\n{}",
        failed.len(),
        failed.join("\n")
    );
    println!("{} responses", RESPONSES.load(Ordering::Relaxed));
}

static RESPONSES: AtomicUsize = AtomicUsize::new(0);

/// All differences, so that a single run shows them.
static FAILED: Mutex<Vec<String>> = Mutex::new(Vec::new());

#[track_caller]
pub fn expect(client: &Client, response: &Response, is_so: bool, seen: &impl Debug) {
    RESPONSES.fetch_add(1, Ordering::Relaxed);
    if !is_so {
        let line = Location::caller().line();
        let body = String::from_utf8_lossy(&response.body);
        let (name, headers) = (client.name, &response.headers);
        let problem = format!("line {line}, {name}: {headers:?} {body}\n  {seen:?}");
        FAILED.lock().expect("nothing panics").push(problem);
    }
}

/// Compares the details of an error. The printed text must contain all of them.
#[track_caller]
pub fn check(client: &Client, response: &Response, expected: Seen) {
    let seen = client.call(response);
    let known = [&seen.code, &seen.message, &seen.request_id];
    let is_printed = |text: &String| seen.printed.contains(text.as_str());
    let all_printed = known.into_iter().flatten().all(is_printed);
    let expected = Seen {
        status: Some(response.status),
        attempts: Some(1),
        printed: seen.printed.clone(),
        ..expected
    };
    expect(client, response, all_printed && seen == expected, &seen);
}

/// Expects that a request is retried after this response.
#[track_caller]
fn check_retry(client: &Client, response: &Response) {
    let seen = client.call_again(response);
    let is_sent_again = (seen.variant, seen.attempts) == ("", Some(2));
    expect(client, response, is_sent_again, &seen);
}

fn owned(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// The details in the body alone, in the formats that have them.
fn of_body(client: &Client) -> Seen {
    let is_xml = client.format.is_xml();
    Seen {
        fault: is_xml.then(|| "Sender".to_owned()),
        request_id: is_xml.then(|| "of body".to_owned()),
        ..Seen::default()
    }
}

fn modeled_errors(client: &Client) {
    for spelled in ["message", "Message"] {
        let members = [
            (spelled, Text("none there")),
            ("thing", Text("t-1")),
            ("count", Number(77)),
        ];
        let response = Response::new(404, client.format.error(client.code, &members));
        let expected = |request_id: Option<String>| Seen {
            variant: "NoSuchThing",
            code: owned(client.code),
            message: owned("none there"),
            thing: owned("t-1"),
            request_id,
            ..of_body(client)
        };
        check(client, &response, expected(of_body(client).request_id));
        // A request id in a header comes first.
        for name in ["x-amzn-requestid", "x-amz-request-id"] {
            let response = response.clone().header(name, "of header");
            check(client, &response, expected(owned("of header")));
        }
    }
    let members = [("exceptionMessage", Text("slow down"))];
    for (variant, status) in [("Busy", 400), ("Broken", 500)] {
        let response = Response::new(status, client.format.error(variant, &members));
        let expected = Seen {
            variant,
            code: owned(variant),
            message: owned("slow down"),
            ..of_body(client)
        };
        check(client, &response, expected);
    }
}

fn other_errors(client: &Client) {
    let members = [("message", Text("not today")), ("thing", Text("t-1"))];
    let response = Response::new(409, client.format.error("Other", &members));
    let response = response.header("x-amzn-requestid", "of header");
    let expected = Seen {
        variant: "Unhandled",
        code: owned("Other"),
        message: owned("not today"),
        request_id: owned("of header"),
        ..of_body(client)
    };
    check(client, &response, expected);
    // Members without a code.
    let response = Response::new(404, client.format.error("", &members));
    let seen = client.call(&response);
    let has_code = seen.code.as_ref().is_some_and(|code| !code.is_empty());
    expect(
        client,
        &response,
        !has_code && seen.variant == "Unhandled",
        &seen,
    );
    // The header has it.
    let response = response.header("x-amzn-errortype", client.code);
    let expected = Seen {
        variant: "NoSuchThing",
        code: owned(client.code),
        message: owned("not today"),
        thing: owned("t-1"),
        ..of_body(client)
    };
    if client.format.is_xml() {
        check(client, &response, expected);
    }
}

fn members_that_cannot_be_read(client: &Client) {
    let members = [("message", Text("none there")), ("count", Text("many"))];
    let response = Response::new(404, client.format.error(client.code, &members));
    let expected = Seen {
        variant: "Unhandled",
        code: owned(client.code),
        message: owned("none there"),
        ..of_body(client)
    };
    check(client, &response, expected);
}

/// `Busy` has no such member. The error is known, whatever the member's value is.
fn messages_that_are_no_text(client: &Client) {
    for value in [Number(77), Null] {
        let members = [("message", value), ("exceptionMessage", Text("slow down"))];
        let response = Response::new(400, client.format.error("Busy", &members));
        let message = match (client.format.is_xml(), value) {
            (true, Number(_)) => "77",
            (true, _) => "",
            (false, _) => "slow down",
        };
        let expected = Seen {
            variant: "Busy",
            code: owned("Busy"),
            message: owned(message),
            ..of_body(client)
        };
        check(client, &response, expected);
    }
    let members = [("message", Null), ("thing", Text("t-1"))];
    let response = Response::new(404, client.format.error(client.code, &members));
    let seen = client.call(&response);
    expect(client, &response, seen.variant == "NoSuchThing", &seen);
}

fn bodies_that_are_something_else(client: &Client) {
    let members = [("message", Text("none there")), ("thing", Text("t-1"))];
    let whole = client.format.error(client.code, &members);
    let halves = (1..whole.len())
        .step_by(5)
        .map(|length| whole[..length].to_vec());
    let others = client
        .format
        .others()
        .map(|format| format.error(client.code, &members));
    let pages = PAGES.map(|page| page.as_bytes().to_vec());
    for body in halves
        .chain(others)
        .chain(pages)
        .chain([b"\0\xff\xfe".to_vec()])
    {
        let response = Response::new(404, body).header("x-amzn-requestid", "of header");
        let expected = |code: Option<String>| Seen {
            variant: "Unhandled",
            code,
            request_id: owned("of header"),
            ..Seen::default()
        };
        check(client, &response, expected(None));
        let code = format!("example#{}:http://example.com/", client.code);
        let response = response.header("x-amzn-errortype", &code);
        check(client, &response, expected(owned(client.code)));
    }
}

/// A response without a body, such as one to `HEAD`: the code alone identifies the error.
fn no_body(client: &Client) {
    let response = Response::new(404, "").header("x-amzn-requestid", "of header");
    let expected = |variant: &'static str, code: Option<String>| Seen {
        variant,
        code,
        request_id: owned("of header"),
        ..Seen::default()
    };
    check(client, &response, expected("Unhandled", None));
    let response = response.header("x-amzn-errortype", client.code);
    check(
        client,
        &response,
        expected("NoSuchThing", owned(client.code)),
    );
}

/// `Busy` may be retried according to the model, and `ThrottlingException` in all services.
fn retries(client: &Client) {
    for code in ["Busy", "ThrottlingException"] {
        for members in [&[("limit", Number(77))][..], &[("limit", Text("many"))]] {
            check_retry(
                client,
                &Response::new(400, client.format.error(code, members)),
            );
        }
        for body in ["", PAGES[0], PAGES[1]] {
            let response = Response::new(400, body).header("x-amzn-errortype", code);
            check_retry(client, &response);
        }
    }
    for body in ["", PAGES[0]] {
        check_retry(client, &Response::new(503, body));
    }
}

/// Codes of the service's former query protocol.
fn query_codes(client: &Client) {
    let members = [("message", Text("none there")), ("thing", Text("t-1"))];
    let expected = |variant: &'static str, code: &str| Seen {
        variant,
        code: owned(code),
        fault: owned("Sender"),
        ..Seen::default()
    };
    let of_query = |body: Vec<u8>, code: &str| {
        let header = format!("{code};Sender");
        Response::new(400, body).header("x-amzn-query-error", &header)
    };
    let whole = client.format.error("NoSuchThing", &members);
    let known = Seen {
        message: owned("none there"),
        thing: owned("t-1"),
        ..expected("NoSuchThing", "Things.NoSuchThing")
    };
    check(client, &of_query(whole, "Things.NoSuchThing"), known);
    let nothing = expected("NoSuchThing", "Things.NoSuchThing");
    check(client, &of_query(Vec::new(), "Things.NoSuchThing"), nothing);
    for page in PAGES {
        let unread = expected("Unhandled", "Things.NoSuchThing");
        check(client, &of_query(page.into(), "Things.NoSuchThing"), unread);
    }
}
