//! Tests both crates with a server that misbehaves, over real sockets.
//!
//! The result, the number of attempts and the requests are compared with a table, and with the
//! official crate over the same HTTP client in the same run. `--nocapture` shows the table.

mod cases;
mod crowd;
mod server;
mod sides;
mod skew;
mod table;
mod tls;
