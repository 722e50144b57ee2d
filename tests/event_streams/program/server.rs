//! A server for a single request, with a minimal HTTP/1.1.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::frame::Frame;

/// A request whose body is still being received.
pub struct Call {
    socket: TcpStream,
    pub head: String,
    arrived: Vec<u8>,
    frames: Vec<u8>,
}

/// The address of the server, and the task that waits for the request.
pub async fn listen() -> (String, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (url, listener)
}

impl Call {
    /// Waits for a request, up to its body.
    pub async fn accept(listener: TcpListener) -> Self {
        let (mut socket, _) = listener.accept().await.unwrap();
        let mut arrived = Vec::new();
        let end = loop {
            if let Some(at) = arrived.windows(4).position(|it| it == b"\r\n\r\n") {
                break at + 4;
            }
            assert_ne!(socket.read_buf(&mut arrived).await.unwrap(), 0);
        };
        let rest = arrived.split_off(end);
        let head = String::from_utf8(arrived).unwrap().to_lowercase();
        Self {
            socket,
            head,
            arrived: rest,
            frames: Vec::new(),
        }
    }

    /// The next frame of the request's body; `None` at the end.
    pub async fn next(&mut self) -> Option<Frame> {
        loop {
            if let Some(frame) = Frame::take(&mut self.frames) {
                return Some(frame);
            }
            let chunk = self.chunk().await?;
            self.frames.extend(chunk);
        }
    }

    /// The next chunk of the body.
    pub async fn chunk(&mut self) -> Option<Vec<u8>> {
        loop {
            if let Some(at) = self.arrived.windows(2).position(|it| it == b"\r\n") {
                let size = std::str::from_utf8(&self.arrived[..at]).unwrap();
                let size = usize::from_str_radix(size, 16).unwrap();
                if size == 0 {
                    return None;
                }
                if self.arrived.len() >= at + size + 4 {
                    let rest = self.arrived.split_off(at + size + 4);
                    let chunk = std::mem::replace(&mut self.arrived, rest);
                    return Some(chunk[at + 2..at + 2 + size].to_vec());
                }
            }
            if self.socket.read_buf(&mut self.arrived).await.unwrap_or(0) == 0 {
                return None;
            }
        }
    }

    /// Begins the response.
    pub async fn answer(&mut self, headers: &str) {
        let head = format!("HTTP/1.1 200 OK\r\n{headers}transfer-encoding: chunked\r\n\r\n");
        self.socket.write_all(head.as_bytes()).await.unwrap();
    }

    /// Sends a part of the response's body.
    pub async fn send(&mut self, bytes: &[u8]) {
        let mut chunk = format!("{:x}\r\n", bytes.len()).into_bytes();
        chunk.extend(bytes);
        chunk.extend(b"\r\n");
        self.socket.write_all(&chunk).await.unwrap();
    }

    /// Ends the response.
    pub async fn end(mut self) {
        self.socket.write_all(b"0\r\n\r\n").await.unwrap();
        self.socket.flush().await.unwrap();
    }

    /// Sends a response that is not a stream.
    pub async fn refuse(mut self, head: &str, body: &str) {
        let length = body.len();
        let response = format!("HTTP/1.1 {head}\r\ncontent-length: {length}\r\n\r\n{body}");
        self.socket.write_all(response.as_bytes()).await.unwrap();
        self.socket.flush().await.unwrap();
    }
}
