//! Tests the generated clients and their example programs with servers on this machine.
//!
//! Two servers replace AWS. moto implements six operations of IVS and services with the other
//! protocols, and keeps their state. For everything else, [`canned`] returns the responses of a
//! test and records the requests. botocore, a dependency of moto, checks their signatures.

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
