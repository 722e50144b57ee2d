//! Shows the progress of a long run on a terminal.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::messages::{Messages, is_screen};

/// Shorter runs show nothing.
const DELAY: Duration = Duration::from_secs(1);

/// Maximum length of the line: one that wraps could not be cleared.
const WIDTH: usize = 72;

/// Moves to the beginning of the line and clears it.
const CLEAR: &str = "\r\x1b[K";

/// Shows on stderr what a run is doing, from its first second until this is dropped; then the line
/// is cleared. Shows nothing if stderr is not a terminal.
#[derive(Debug, Default)]
pub struct Progress {
    running: Option<(Sender<String>, JoinHandle<()>)>,
}

impl Progress {
    /// Starts a run.
    pub fn new(messages: Messages) -> Self {
        Self::since(Instant::now(), messages)
    }

    /// Continues a run that started earlier and has printed something since.
    pub fn since(start: Instant, messages: Messages) -> Self {
        if messages.quiet || !is_screen(&io::stderr()) {
            return Self::default();
        }
        let (sender, receiver) = channel();
        let thread = thread::spawn(move || {
            // Errors do not matter: nobody needs this line.
            let _ = show(&receiver, start + DELAY, &mut io::stderr());
        });
        Self {
            running: Some((sender, thread)),
        }
    }

    /// Sets what the run is doing now.
    pub fn at(&self, what: impl Into<String>) {
        if let Some((sender, _)) = &self.running {
            // The receiver is gone if it could not write.
            let _ = sender.send(what.into());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, thread)) = self.running.take() {
            drop(sender);
            // Clears the line before anything else is written.
            let _ = thread.join();
        }
    }
}

/// Shows what is received, from a moment on, and clears the line at the end.
fn show(what: &Receiver<String>, moment: Instant, to: &mut impl Write) -> io::Result<()> {
    let mut last = None;
    loop {
        let rest = moment.saturating_duration_since(Instant::now());
        if rest.is_zero() {
            break;
        }
        match what.recv_timeout(rest) {
            Ok(text) => last = Some(text),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
    }
    for text in last.into_iter().chain(what) {
        let line: String = text.chars().take(WIDTH).collect();
        write!(to, "{CLEAR}{line}")?;
        to.flush()?;
    }
    write!(to, "{CLEAR}")?;
    to.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a run with these steps shows.
    fn shown(steps: &[&str], delay: Duration) -> String {
        let (sender, receiver) = channel();
        for step in steps {
            sender.send((*step).to_owned()).expect("it is received");
        }
        drop(sender);
        let mut written = Vec::new();
        show(&receiver, Instant::now() + delay, &mut written).expect("memory can be written");
        String::from_utf8(written).expect("it is text")
    }

    #[test]
    fn a_long_run_shows_each_step_and_takes_the_line_back() {
        let written = shown(&["one", &"t".repeat(200)], Duration::ZERO);
        let lines: Vec<_> = written.split(CLEAR).collect();
        assert_eq!(lines, ["", "one", &"t".repeat(WIDTH), ""]);
    }

    #[test]
    fn a_short_run_shows_nothing() {
        assert_eq!(shown(&["one", "two"], Duration::from_secs(3600)), "");
        assert_eq!(shown(&[], Duration::from_secs(3600)), "");
    }
}
