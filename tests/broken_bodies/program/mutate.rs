//! Breaks bodies randomly.

use fastrand::Rng;

/// The default number of mutations of each valid body.
pub const MUTATIONS: u64 = 40;

/// Maximum number of changes to a body.
const CHANGES: usize = 5;

/// A body with a few changes, such as inserted pieces.
pub fn mutated(body: &[u8], pieces: &[&[u8]], rng: &mut Rng) -> Vec<u8> {
    let mut body = body.to_vec();
    for _ in 0..rng.usize(1..=CHANGES) {
        change(&mut body, pieces, rng);
    }
    body
}

fn change(body: &mut Vec<u8>, pieces: &[&[u8]], rng: &mut Rng) {
    let from = rng.usize(..=body.len());
    let to = (from + rng.usize(..40)).min(body.len());
    match rng.u8(..7) {
        0 => body.truncate(from),
        1 => drop(body.drain(from..to)),
        2 => {
            let part = body[from..to].to_vec();
            let at = rng.usize(..=body.len());
            body.splice(at..at, part);
        }
        3 => {
            if let Some(byte) = body.get_mut(from) {
                *byte = rng.u8(..);
            }
        }
        4 => {
            let part = body[from..to].repeat(rng.usize(..200));
            body.splice(from..to, part);
        }
        _ => {
            let piece = rng.choice(pieces).copied().unwrap_or_default();
            let times = if rng.u8(..) < 30 { 2000 } else { 1 };
            body.splice(from..from, piece.repeat(times));
        }
    }
}
