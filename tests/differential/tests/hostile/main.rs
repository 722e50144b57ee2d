//! Both crates against a server that does what servers should not, over real sockets.
//!
//! What the caller gets, how often the call was tried and what was sent are held to a table, and to
//! what the official crate does over the same HTTP client in the same run. `--nocapture` shows the
//! table.

mod cases;
mod crowd;
mod server;
mod sides;
mod skew;
mod table;
mod tls;
