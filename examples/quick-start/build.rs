//! Generates the client of `weather.smithy` as the module `crate::weather`.

use generator::{Diagnostics, ServiceConfig};

fn main() -> Result<(), Diagnostics> {
    generator::build("weather.smithy", &ServiceConfig::module("crate::weather"))
}
