//! A service on loopback that returns other ports as endpoints.

use std::collections::{BTreeSet, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

/// The requests and responses.
#[derive(Default)]
struct State {
    /// The requests: port, operation and body.
    sent: Vec<(usize, String, Value)>,
    /// The next endpoints: a port, and minutes. The last one is repeated.
    named: VecDeque<Option<(usize, i64)>>,
    /// Ports that respond that they are the wrong endpoint.
    wrong: BTreeSet<usize>,
}

pub struct Server {
    state: Arc<Mutex<State>>,
    ports: Vec<u16>,
}

impl Server {
    /// Listens on three ports. The first one is the endpoint of the rules.
    pub fn start() -> Self {
        let state = Arc::<Mutex<State>>::default();
        let listeners: Vec<_> = (0..3)
            .map(|_| TcpListener::bind("127.0.0.1:0").expect("there is a port"))
            .collect();
        let ports: Vec<u16> = listeners
            .iter()
            .map(|it| it.local_addr().expect("it has an address").port())
            .collect();
        for (index, listener) in listeners.into_iter().enumerate() {
            let (state, ports) = (state.clone(), ports.clone());
            thread::spawn(move || {
                for stream in listener.incoming() {
                    let (state, ports) = (state.clone(), ports.clone());
                    let stream = stream.expect("somebody calls");
                    thread::spawn(move || serve(&stream, index, &state, &ports));
                }
            });
        }
        Self { state, ports }
    }

    pub fn port(&self) -> String {
        self.ports[0].to_string()
    }

    pub fn url(&self, index: usize) -> String {
        format!("http://127.0.0.1:{}", self.ports[index])
    }

    /// Returns these endpoints, one after the other; `None` is an error.
    pub fn names(&self, named: &[Option<(usize, i64)>]) {
        self.state.lock().expect("it works").named = named.iter().copied().collect();
    }

    pub fn is_wrong(&self, index: usize) {
        self.state.lock().expect("it works").wrong.insert(index);
    }

    /// The requests since the last call: `port operation`.
    pub fn sent(&self) -> Vec<String> {
        let sent = self.take();
        sent.into_iter()
            .map(|(port, operation, _)| format!("{port} {operation}"))
            .collect()
    }

    /// The same with the bodies.
    pub fn take(&self) -> Vec<(usize, String, Value)> {
        std::mem::take(&mut self.state.lock().expect("it works").sent)
    }
}

fn serve(stream: &TcpStream, index: usize, state: &Mutex<State>, ports: &[u16]) {
    let mut reader = BufReader::new(stream);
    while let Some((operation, body)) = request(&mut reader) {
        let (status, answer) = {
            let mut state = state.lock().expect("it works");
            state.sent.push((index, operation.clone(), body));
            answer(&mut state, index, &operation, ports)
        };
        if operation == "DescribeEndpoints" {
            // So that concurrent calls overlap.
            thread::sleep(Duration::from_millis(30));
        }
        let answer = answer.to_string();
        let head = format!(
            "HTTP/1.1 {status} Something\r\ncontent-type: application/x-amz-json-1.1\r\n\
             content-length: {}\r\n\r\n",
            answer.len()
        );
        let mut stream = stream;
        if stream.write_all((head + &answer).as_bytes()).is_err() {
            return;
        }
    }
}

fn request(reader: &mut impl BufRead) -> Option<(String, Value)> {
    let (mut operation, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().ok()?;
        }
        if let Some(value) = line.strip_prefix("x-amz-target: service.") {
            operation = match value {
                "describeendpoints" => "DescribeEndpoints",
                "getthing" => "GetThing",
                "listthings" => "ListThings",
                "putthing" => "PutThing",
                _ => "Plain",
            }
            .to_owned();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((operation, serde_json::from_slice(&body).ok()?))
}

fn answer(state: &mut State, index: usize, operation: &str, ports: &[u16]) -> (u16, Value) {
    if operation != "DescribeEndpoints" {
        return match state.wrong.contains(&index) {
            true => (
                421,
                json!({"__type": "WrongEndpoint", "message": "not here"}),
            ),
            false => (200, json!({"name": "a"})),
        };
    }
    let next = match state.named.len() {
        0 | 1 => state.named.front().copied().flatten(),
        _ => state.named.pop_front().flatten(),
    };
    match next {
        Some((port, minutes)) => {
            let address = format!("http://127.0.0.1:{}", ports[port]);
            let endpoint = json!({"Address": address, "CachePeriodInMinutes": minutes});
            (200, json!({"Endpoints": [endpoint]}))
        }
        None => (
            400,
            json!({"__type": "Broken", "message": "no endpoints today"}),
        ),
    }
}
