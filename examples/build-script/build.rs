//! Generates the client of `weather.json` as the module `crate::weather`.

use generator::{Diagnostics, ServiceConfig};

fn main() -> Result<(), Diagnostics> {
    generator::build("weather.json", &ServiceConfig::module("crate::weather"))
}
