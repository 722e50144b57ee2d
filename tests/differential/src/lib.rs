//! The services whose two crates are dependencies, to compare them.

use std::path::Path;
use std::sync::LazyLock;

use differential::{Lacking, Model, Official};
use generator::{Services, Source};

include!(concat!(env!("OUT_DIR"), "/services.rs"));

/// The model of a service.
///
/// # Panics
///
/// Panics if it cannot be read.
pub fn model(service: &str) -> &'static Model {
    static MODELS: LazyLock<Vec<Model>> =
        LazyLock::new(|| load().unwrap_or_else(|problems| panic!("{problems}")));
    let mut models = MODELS.iter();
    let model = models.find(|model| model.crates.service == service);
    model.expect("build.rs makes both crates of every service")
}

/// Reads all models.
fn load() -> Result<Vec<Model>, generator::Diagnostics> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let models = package.join("../../models");
    let services = Services::read(&models.join("services.toml"))?;
    let partitions = generator::partitions(&Source::read(models.join("partitions.json"))?)?;
    let model = |crates: &differential::Crates| {
        let name = crates.service;
        let mut services = services.iter();
        let config = services.find_map(|(other, config)| (other == name).then_some(config));
        let config = config.expect("build.rs takes services from the same file");
        let source = Source::read(models.join(format!("{name}.json")))?;
        let lowered = generator::lower(&source, config, &partitions)?;
        let list = Source::read(package.join(format!("../parity/{name}.txt")))?;
        let lacking = Lacking::new(&lowered.client, &Official::of_list(list.text()));
        Ok(Model::new(lowered, lacking, *crates))
    };
    CRATES.iter().map(model).collect()
}
