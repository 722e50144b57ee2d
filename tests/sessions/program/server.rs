//! A service with cellars, on loopback.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_credential_types::Credentials;
use aws_smithy_async::test_util::ManualTimeSource;
use aws_smithy_async::time::TimeSource;
use serde_json::{Value, json};
use sessions::config::{BehaviorVersion, Builder, Region};

/// The start of the tests, in seconds since 1970.
pub const NOW: u64 = 1_780_000_000;

/// The duration of a session, in seconds.
const SESSION: u64 = 300;

/// The service, as a test sees it.
pub struct Server {
    url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    requests: Vec<Value>,
    /// The number of opened sessions.
    opened: usize,
    /// The failures of the next attempts to open one.
    refusals: Vec<(u16, &'static str)>,
    /// The time that opening one takes.
    delay: Duration,
    /// The clock of the last client, if it has one of its own.
    clock: Option<ManualTimeSource>,
}

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("it is bound"));
        let state = Arc::new(Mutex::new(State::default()));
        let kept = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, state) = (stream.expect("a client connects"), Arc::clone(&kept));
                thread::spawn(move || answer(stream, &state));
            }
        });
        Self { url, state }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no test has panicked")
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// The configuration of a client, and its clock.
    pub fn config(&self) -> (Builder, ManualTimeSource) {
        let clock = ManualTimeSource::new(UNIX_EPOCH + Duration::from_secs(NOW));
        self.state().clock = Some(clock.clone());
        let config = sessions::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("us-west-2"))
            .credentials_provider(caller("CALLER"))
            .endpoint_url(&self.url)
            .time_source(clock.clone());
        (config, clock)
    }

    /// Makes that many attempts to open a session fail.
    pub fn refuse(&self, times: usize, status: u16, code: &'static str) {
        self.state().refusals = vec![(status, code); times];
    }

    pub fn delay(&self, delay: Duration) {
        self.state().delay = delay;
    }

    /// The requests since the last call.
    pub fn take(&self) -> Vec<Value> {
        std::mem::take(&mut self.state().requests)
    }

    /// The operations since the last call, and the credentials.
    pub fn calls(&self) -> Vec<String> {
        let requests = self.take();
        let said = requests.iter().map(|request| {
            let target = request["target"].as_str().expect("there is one");
            let target = target.split('?').next().unwrap_or_default();
            format!("{target} {}", signed_by(request))
        });
        said.collect()
    }
}

/// Who has signed a request.
pub fn signed_by(request: &Value) -> String {
    let authorization = request["headers"]["authorization"].as_str();
    let credential = authorization.and_then(|it| it.split_once("Credential="));
    let key = credential.and_then(|(_, scope)| scope.split('/').next());
    key.unwrap_or("nobody").to_owned()
}

/// The credentials of a caller.
pub fn caller(key: &str) -> Credentials {
    let token = Some(format!("{key}/token"));
    Credentials::new(key, "secret", token, None, "test")
}

fn answer(mut stream: TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream.try_clone().expect("it can be cloned"));
    let lines = reader.by_ref().lines();
    let mut lines = lines
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty());
    let Some(first) = lines.next() else {
        return;
    };
    let headers = lines.filter_map(|line| {
        let (name, value) = line.split_once(": ")?;
        Some((name.to_lowercase(), Value::from(value)))
    });
    let headers: serde_json::Map<_, _> = headers.collect();
    let length = headers.get("content-length").and_then(Value::as_str);
    let length = length.map_or(0, |it| it.parse().expect("it is a number"));
    let mut body = String::new();
    let read = reader.take(length).read_to_string(&mut body);
    read.expect("the body is sent");
    let mut words = first.split(' ');
    let (method, target) = (words.next(), words.next().unwrap_or_default());
    let request = json!({"method": method, "target": target, "headers": headers, "body": body});
    let is_opening = target.starts_with("/open/");
    let (status, head, body, delay) = {
        let mut state = state.lock().expect("no test has panicked");
        state.requests.push(request);
        match is_opening.then(|| state.refusals.pop()).flatten() {
            Some((status, code)) => {
                let head = format!("x-amzn-errortype: {code}\r\n");
                (
                    status,
                    head,
                    json!({"message": "no cellar today"}),
                    state.delay,
                )
            }
            None if is_opening => (200, String::new(), state.open(), state.delay),
            None => (200, String::new(), json!({"text": "hello"}), Duration::ZERO),
        }
    };
    thread::sleep(delay);
    let body = body.to_string();
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 {status} Any\r\ncontent-length: {length}\r\nconnection: close\r\n{head}\r\n{body}"
    );
    stream.write_all(answer.as_bytes()).expect("it is read");
}

impl State {
    fn open(&mut self) -> Value {
        self.opened += 1;
        let of_test = self.clock.as_ref().map(TimeSource::now);
        let now = of_test.unwrap_or_else(SystemTime::now);
        let now = now.duration_since(UNIX_EPOCH).expect("it is later");
        json!({"keys": {
            "AccessKeyId": format!("SESSION{}", self.opened),
            "SecretAccessKey": format!("secret{}", self.opened),
            "SessionToken": format!("token/{}+==", self.opened),
            "Expiration": now.as_secs() + SESSION,
        }})
    }
}
