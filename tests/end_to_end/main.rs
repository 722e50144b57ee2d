//! Tests the generated clients and their example programs with servers on this machine.
//!
//! Two servers take the place of AWS. moto knows six operations of IVS, and services of the other
//! protocols, and keeps what it is told;
//! for everything else [`canned`] answers what a test puts into its mouth, and notes the requests.
//! What these are signed with is checked by botocore, which comes with moto.

mod canned;
mod channels;
mod chat_examples;
mod checked;
mod clients;
mod ivs_examples;
mod moto;
mod presigned;
mod programs;
mod protocols;
mod python;
mod realtime_examples;
mod signatures;
mod tour;
mod wire;
