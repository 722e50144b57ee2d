//! Measures clients of other services, compared with their official crates.

mod build;
mod calls;
mod pair;
mod program;
mod services;
mod size;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

pub use self::calls::{Called, Timed, all as all_timed};
use self::pair::Pair;
pub use self::services::models;
use super::packages::Bench;
use super::report::Section;
use super::{Args, Part};

/// Number of cells that identify a row: the official crate, and what is measured.
pub const KEY: usize = 2;

// The help text of the command is at `Args`.
#[derive(clap::Args)]
pub struct OtherArgs {
    /// Measure the client of `--model` beside this official crate, the newest or `CRATE@VERSION`.
    ///
    /// The client is generated in the target folder. The parts `build`, `size`, `call` and `parse` can be
    /// measured; the first two are the default.
    #[arg(long, value_name = "CRATE", requires = "model")]
    official: Option<String>,
    /// Measure the clients of well-known services, or of these, beside their official crates.
    ///
    /// Services whose models are not beside the project are left out.
    #[arg(
        long,
        value_name = "CRATE",
        num_args = 0..,
        require_equals = true,
        value_delimiter = ',',
        conflicts_with_all = ["official", "model"]
    )]
    others: Option<Vec<String>>,
    /// Also compile the client with these operations [default: three with the fewest members].
    ///
    /// They have the model's names. The option can be repeated.
    #[arg(long, value_name = "A,B,C", requires = "official")]
    only: Vec<String>,
    /// Shape id of the service, if the model has several.
    #[arg(long, value_name = "ID", requires = "official")]
    service: Option<String>,
    /// Protocol of the client, if the service has several.
    #[arg(long, value_name = "PROTOCOL", requires = "official")]
    protocol: Option<String>,
    /// Repeat the official crate's builds this often [default: as often as ours].
    #[arg(long, value_name = "N")]
    official_runs: Option<usize>,
    /// What is called, and what the answers are [default: the file of the official crate in
    /// tests/timed/services].
    #[arg(long, value_name = "FILE", requires = "official")]
    calls: Option<PathBuf>,
    /// Parse responses of at least so many bytes.
    #[arg(long, value_name = "BYTES", default_value_t = 1_000_000)]
    bytes: usize,
    /// Also compile in release.
    #[arg(long)]
    release: bool,
    /// Also compile the smallest programs in release, for their size.
    #[arg(long)]
    program: bool,
}

impl OtherArgs {
    /// Whether anything but the clients of the workspace is measured.
    pub fn are_given(&self) -> bool {
        self.official.is_some() || self.others.is_some()
    }
}

/// A service whose client is measured.
struct Service {
    model: PathBuf,
    /// The official crate, with `@` and a version unless it is the newest.
    official: String,
    /// Some of its operations, several times.
    only: Vec<Vec<String>>,
    service: Option<String>,
    protocol: Option<String>,
}

/// Measures services, and passes on a section for each part of each service as soon as it is
/// finished.
pub fn measure(
    args: &Args,
    bench: &Bench<'_>,
    mut take: impl FnMut(&Section) -> Result<()>,
) -> Result<()> {
    let parts = match args.parts.as_slice() {
        [] => &[Part::Build, Part::Size],
        parts => parts,
    };
    let is_of_calls = |part: &Part| matches!(part, Part::Call | Part::Parse);
    let (of_calls, of_crates): (Vec<_>, Vec<_>) = parts.iter().partition(|it| is_of_calls(it));
    if !of_crates.is_empty() {
        for service in services(args, bench.workspace)? {
            let pair = Pair::lay_out(&service, bench)?;
            for part in &of_crates {
                match part {
                    Part::Build => build::measure(&pair, args, bench, &mut take)?,
                    Part::Size => take(&size::measure(&pair, args, bench)?)?,
                    _ => bail!("this is not measured of other services' clients"),
                }
            }
        }
    }
    if !of_calls.is_empty() {
        calls::measure(args, &of_calls, bench, &mut take)?;
    }
    Ok(())
}

/// The services to measure.
fn services(args: &Args, workspace: &Path) -> Result<Vec<Service>> {
    if let Some(names) = &args.others.others {
        return services::well_known(names, workspace);
    }
    let [model] = args.model.as_slice() else {
        bail!("`--official` stands in for one model");
    };
    let official = args.others.official.clone();
    let only = args.others.only.iter();
    Ok(vec![Service {
        model: model.clone(),
        official: official.context("there is an official crate")?,
        only: only.map(|names| listed(names)).collect(),
        service: args.others.service.clone(),
        protocol: args.others.protocol.clone(),
    }])
}

/// Splits a comma-separated list.
fn listed(names: &str) -> Vec<String> {
    names.split(',').map(str::to_owned).collect()
}
