//! A server that returns given responses and records requests.

use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use serde_json::{Value, json};
use tiny_http::{Header, Request, Response, Server};

/// The server's response to requests of a path.
#[derive(Clone, Debug)]
pub struct Answer {
    status: u16,
    headers: Vec<(&'static str, &'static str)>,
    body: String,
}

impl Answer {
    /// An output.
    pub fn ok(body: Value) -> Self {
        Self::new(200, body.to_string())
    }

    /// The output of an operation without an output.
    pub fn no_content() -> Self {
        Self::new(204, String::new())
    }

    /// An error as IVS and IVS RealTime send it.
    pub fn error(status: u16, code: &'static str, message: &str) -> Self {
        Self::error_with(status, code, json!({ "exceptionMessage": message }))
    }

    /// An error as IVS Chat sends it.
    pub fn chat_error(status: u16, code: &'static str, message: &str) -> Self {
        Self::error_with(status, code, json!({ "message": message }))
    }

    fn error_with(status: u16, code: &'static str, body: Value) -> Self {
        Self::new(status, body.to_string()).header("x-amzn-errortype", code)
    }

    fn new(status: u16, body: String) -> Self {
        Self {
            status,
            headers: vec![
                ("content-type", "application/json"),
                ("x-amzn-requestid", "request-1"),
            ],
            body,
        }
    }

    fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Received {
    /// Method and target, such as `POST /ListChannels`.
    pub line: String,
    /// The JSON of the body; null if there was no body.
    pub body: Value,
    /// The bytes of the body.
    pub text: String,
    /// Identifies the connection.
    pub from: Option<SocketAddr>,
    /// The headers, by their names in lower case.
    pub headers: HashMap<String, String>,
}

impl Received {
    /// A header by its name in lower case.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// A running server. It ends when it is dropped.
pub struct Canned {
    server: Arc<Server>,
    thread: Option<JoinHandle<()>>,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Canned {
    /// Starts a server with answers for request lines. Several answers for the same line are used
    /// in order, and each of them once.
    pub fn start<'a>(answers: impl IntoIterator<Item = (&'a str, Answer)>) -> Self {
        let mut left: HashMap<String, VecDeque<Answer>> = HashMap::new();
        for (line, answer) in answers {
            left.entry(line.to_owned()).or_default().push_back(answer);
        }
        let server = Arc::new(Server::http("127.0.0.1:0").expect("a free port"));
        let received = Arc::new(Mutex::new(Vec::new()));
        let thread = thread::spawn({
            let (server, received) = (Arc::clone(&server), Arc::clone(&received));
            move || serve(&server, left, &received)
        });
        Self {
            server,
            thread: Some(thread),
            received,
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.server.server_addr())
    }

    /// All requests so far.
    pub fn received(&self) -> Vec<Received> {
        lock(&self.received).clone()
    }

    /// The request lines so far.
    pub fn lines(&self) -> Vec<String> {
        let received = lock(&self.received);
        received.iter().map(|it| it.line.clone()).collect()
    }

    /// The bodies of the requests so far.
    pub fn bodies(&self) -> Vec<Value> {
        let received = lock(&self.received);
        received.iter().map(|it| it.body.clone()).collect()
    }
}

impl Drop for Canned {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(thread) = self.thread.take() {
            // It panicked if the connection broke, and the test notices that.
            let _ = thread.join();
        }
    }
}

fn serve(
    server: &Server,
    mut left: HashMap<String, VecDeque<Answer>>,
    received: &Mutex<Vec<Received>>,
) {
    // `recv` fails when the server is unblocked.
    while let Ok(mut request) = server.recv() {
        let it = receive(&mut request);
        let answer = left.get_mut(&it.line).and_then(VecDeque::pop_front);
        // Not a server error, which the client would retry.
        let answer = answer.unwrap_or_else(|| Answer::error(400, "NoAnswer", &it.line));
        lock(received).push(it);
        let mut response = Response::from_string(answer.body).with_status_code(answer.status);
        for (name, value) in answer.headers {
            response.add_header(Header::from_bytes(name, value).expect("a header"));
        }
        // A client that has closed the connection has an error of its own.
        let _ = request.respond(response);
    }
}

fn receive(request: &mut Request) -> Received {
    let mut text = String::new();
    let read = request.as_reader().read_to_string(&mut text);
    let body = match (read, text.as_str()) {
        (Ok(_), "") => Value::Null,
        (Ok(_), text) => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
        (Err(error), _) => json!(format!("the body cannot be read: {error}")),
    };
    let headers = request.headers().iter().map(|header| {
        let name = header.field.to_string().to_lowercase();
        (name, header.value.to_string())
    });
    Received {
        line: format!("{} {}", request.method(), request.url()),
        body,
        text,
        from: request.remote_addr().copied(),
        headers: headers.collect(),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
