//! A local server that responds with bytes, well-formed or not.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// The reaction to a request.
#[derive(Clone, Debug)]
pub struct Reply {
    after: Duration,
    bytes: Vec<u8>,
    then: Then,
}

/// What happens to the connection after that.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Then {
    Keep,
    Close,
    Reset,
    Stall,
}

impl Reply {
    /// A response with the correct length, of JSON unless a header says otherwise.
    pub fn http(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let mut head = format!("HTTP/1.1 {status} Whatever\r\n");
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !headers.iter().any(|(name, _)| *name == "content-type") {
            head += "content-type: application/json\r\n";
        }
        Self::raw(format!(
            "{head}content-length: {}\r\n\r\n{body}",
            body.len()
        ))
    }

    /// An output.
    pub fn ok(body: &str) -> Self {
        Self::http(200, &[], body)
    }

    /// These bytes.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            after: Duration::ZERO,
            bytes: bytes.into(),
            then: Then::Keep,
        }
    }

    /// The same, a while later.
    pub fn after(self, after: Duration) -> Self {
        Self { after, ..self }
    }

    /// Closes the connection properly.
    pub fn close(self) -> Self {
        Self {
            then: Then::Close,
            ..self
        }
    }

    /// Resets the connection.
    pub fn reset(self) -> Self {
        Self {
            then: Then::Reset,
            ..self
        }
    }

    /// Sends nothing more, but keeps the connection open.
    pub fn stall(self) -> Self {
        Self {
            then: Then::Stall,
            ..self
        }
    }
}

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Request {
    /// The connection, counted from 0.
    pub connection: usize,
    /// Method and target, such as `POST /StartComposition`.
    pub line: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Request {
    /// A header by its name in lower case.
    pub fn header(&self, name: &str) -> &str {
        let mut headers = self.headers.iter();
        headers
            .find(|(it, _)| it == name)
            .map_or("", |(_, value)| value)
    }

    /// A string in the JSON of the body.
    pub fn member(&self, name: &str) -> String {
        let body: serde_json::Value = serde_json::from_str(&self.body).unwrap_or_default();
        body[name].as_str().unwrap_or_default().to_owned()
    }
}

/// A running server. It ends, and closes its connections, when it is dropped.
pub struct Server {
    address: SocketAddr,
    _tasks: JoinSet<()>,
}

impl Server {
    /// Calls a function to get the reply to each request.
    pub async fn start(answer: impl Fn(Request) -> Reply + Send + Sync + 'static) -> Self {
        let answer = Arc::new(answer);
        Self::on_connection(move |connection, stream| {
            let answer = Arc::clone(&answer);
            // A client that has closed the connection has an error of its own.
            async move { drop(converse(connection, stream, &*answer).await) }
        })
        .await
    }

    /// Passes on each connection.
    pub async fn on_connection<F>(
        serve: impl Fn(usize, TcpStream) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket");
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            for number in 0.. {
                // Finished ones must not accumulate.
                while connections.try_join_next().is_some() {}
                match listener.accept().await {
                    Ok((stream, _)) => drop(connections.spawn(serve(number, stream))),
                    Err(error) => panic!("the server cannot accept connections: {error}"),
                }
            }
        });
        Self {
            address,
            _tasks: tasks,
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn https_url(&self) -> String {
        format!("https://{}", self.address)
    }
}

/// A server that sends replies in order, repeats the last one, and records the requests.
pub struct Script {
    server: Server,
    received: Arc<Mutex<Vec<Request>>>,
}

impl Script {
    pub async fn start(replies: Vec<Reply>) -> Self {
        let received = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&received);
        let server = Server::start(move |request| {
            let mut notes = lock(&notes);
            let last = replies.len() - 1;
            let reply = replies[notes.len().min(last)].clone();
            notes.push(request);
            reply
        });
        Self {
            server: server.await,
            received,
        }
    }

    pub fn url(&self) -> String {
        self.server.url()
    }

    /// All requests so far.
    pub fn received(&self) -> Vec<Request> {
        lock(&self.received).clone()
    }
}

/// Replies to the requests of a connection until one side closes it.
async fn converse(
    connection: usize,
    mut stream: TcpStream,
    answer: &(impl Fn(Request) -> Reply + Sync),
) -> io::Result<()> {
    // Replies are small, and must be sent at once.
    stream.set_nodelay(true)?;
    let mut buffer = Vec::new();
    while let Some(request) = read(connection, &mut stream, &mut buffer).await? {
        let Reply { after, bytes, then } = answer(request);
        sleep(after).await;
        stream.write_all(&bytes).await?;
        match then {
            Then::Keep => {}
            Then::Close => return stream.shutdown().await,
            Then::Reset => return stream.set_zero_linger(),
            Then::Stall => std::future::pending().await,
        }
    }
    Ok(())
}

/// Reads a request; `None` if the client has closed the connection.
async fn read(
    connection: usize,
    stream: &mut TcpStream,
    buffer: &mut Vec<u8>,
) -> io::Result<Option<Request>> {
    loop {
        if let Some((request, length)) = parse(connection, buffer) {
            buffer.drain(..length);
            return Ok(Some(request));
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
}

/// The request at the start of a buffer, and its length, once it is complete.
fn parse(connection: usize, buffer: &[u8]) -> Option<(Request, usize)> {
    let end = buffer.windows(4).position(|it| it == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&buffer[..end]);
    let mut lines = head.split("\r\n");
    let line = lines.next()?.trim_end_matches(" HTTP/1.1").to_owned();
    let headers: Vec<_> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let mut request = Request {
        connection,
        line,
        headers,
        body: String::new(),
    };
    let start = end + 4;
    let end = start + request.header("content-length").parse().unwrap_or(0);
    request.body = String::from_utf8_lossy(buffer.get(start..end)?).into_owned();
    Some((request, end))
}

pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
