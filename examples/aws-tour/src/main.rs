//! The tour with generated clients: the build script makes the modules, and `tour.rs` is the program.
//!
//! Other modules would reach the clients as `crate::aws_sdk_s3`.

include!(concat!(env!("OUT_DIR"), "/aws_sdk_dynamodb/mod.rs"));
include!(concat!(env!("OUT_DIR"), "/aws_sdk_s3/mod.rs"));
include!(concat!(env!("OUT_DIR"), "/aws_sdk_sns/mod.rs"));
include!(concat!(env!("OUT_DIR"), "/aws_sdk_sqs/mod.rs"));
include!(concat!(env!("OUT_DIR"), "/aws_sdk_sts/mod.rs"));

include!("tour.rs");
