//! A service for a single request.

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

/// A server that answers one request in a thread of its own.
pub(crate) struct Server {
    /// Where it is.
    pub(crate) url: String,
    thread: JoinHandle<io::Result<String>>,
}

/// Starts a server that gives this answer.
pub(crate) fn answering(status: u16, body: &'static str) -> io::Result<Server> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    let thread = thread::spawn(move || {
        let (mut stream, _) = listener.accept()?;
        let mut request = String::new();
        for line in BufReader::new(&stream).lines() {
            let line = line?;
            if line.is_empty() {
                break;
            }
            request.push_str(&format!("{line}\r\n"));
        }
        let length = body.len();
        write!(
            stream,
            "HTTP/1.1 {status} It\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
             connection: close\r\n\r\n{body}"
        )?;
        Ok(request)
    });
    Ok(Server { url, thread })
}

impl Server {
    /// The head of the request, once it has been answered.
    pub(crate) fn request(self) -> String {
        let request = self.thread.join().expect("the server has not panicked");
        request.expect("there was a request")
    }
}
