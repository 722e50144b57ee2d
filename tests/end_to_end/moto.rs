//! The server of [moto](https://docs.getmoto.org), which replaces AWS.
//!
//! It is a Python program, which [`python`] installs.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak, mpsc};
use std::thread;
use std::time::Duration;

use workspace_tests::workspace;

use crate::python::{or_left_out, python};

/// How long the server may take to start, on a machine that is busy.
const START: Duration = Duration::from_secs(120);

/// A running server. It is stopped when the last test that uses it drops it.
pub struct Server {
    process: Child,
    url: String,
}

impl Server {
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns the server that all tests share, and starts it if it is not running. Without it,
/// [a test is skipped](or_left_out).
pub fn moto() -> Option<Arc<Server>> {
    or_left_out(shared())
}

/// Starts a server: a Python program next to this file.
pub fn server(script: &str, arguments: &[&str]) -> Option<Server> {
    or_left_out(python().and_then(|python| start(&python, script, arguments)))
}

fn shared() -> Result<Arc<Server>, String> {
    static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());

    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(moto) = shared.upgrade() {
        return Ok(moto);
    }
    let moto = Arc::new(start(&python()?, "serve_moto.py", &[])?);
    *shared = Arc::downgrade(&moto);
    Ok(moto)
}

fn start(python: &Path, script: &str, arguments: &[&str]) -> Result<Server, String> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{script}.log"));
    let failed = |error: io::Error| {
        let path = path.display();
        format!("{script} cannot be started: {error}; it may have said more in {path}")
    };
    let log = File::create(&path).map_err(failed)?;
    let mut process = Command::new(python)
        .arg(workspace("tests/end_to_end").join(script))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .map_err(failed)?;
    let stdout = process.stdout.take();
    // From here on, the process is stopped in any case.
    let mut server = Server {
        process,
        url: String::new(),
    };
    let stdout = stdout.ok_or_else(|| format!("{script} has no standard output"))?;
    server.url = first_line(stdout).map_err(failed)?;
    Ok(server)
}

/// Waits for the line that the server prints once it listens.
fn first_line(stdout: ChildStdout) -> io::Result<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut line = String::new();
        let read = BufReader::new(stdout).read_line(&mut line);
        // If it took too long, nobody receives this.
        let _ = sender.send(read.map(|_| line));
    });
    let line = receiver
        .recv_timeout(START)
        .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
    match line.trim() {
        "" => Err(io::ErrorKind::UnexpectedEof.into()),
        url => Ok(url.to_owned()),
    }
}
