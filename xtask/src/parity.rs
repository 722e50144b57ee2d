//! `cargo xtask parity`: compares public items with those of the official crates.
//!
//! To switch from an official crate to a generated one, users should only have to change a
//! dependency. So `tests/parity/<service>.txt` lists every public name and signature of the
//! official crates. An item that a generated crate lacks is a mistake, unless
//! `tests/parity/allow.txt` allows it with a reason. The clients of other models are compared with
//! official crates that are downloaded.

mod allow;
mod items;
mod model;
mod official;
mod rustdoc;
mod spelling;
mod table;
#[cfg(test)]
mod tests;
mod unknown;

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, ensure};
use generator::cli::messages::output;

use self::allow::AllowList;

/// The folder of the official crates' items.
const LISTS: &str = "tests/parity";

const ALLOW_FILE: &str = "tests/parity/allow.txt";

/// Compare the public items of clients with those of the official crates.
///
/// Fails if an official item is missing and no pattern in tests/parity/allow.txt matches it, and if such a
/// pattern no longer matches anything.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Examples:

  cargo xtask parity client-ivs
  cargo xtask parity --model sts.json --official aws-sdk-sts@1.124.0 --write")]
pub struct Args {
    /// Crates to compare, such as `client-ivs` [default: all].
    ///
    /// Patterns that match nothing are reported only if all crates are compared.
    #[arg(value_name = "CRATE")]
    crates: Vec<String>,

    /// Generate the client of this model in the target folder, and compare it with `--official`.
    ///
    /// Items about what the model does not have are left out and counted.
    #[arg(
        long,
        value_name = "FILE",
        requires = "official",
        conflicts_with = "crates"
    )]
    model: Option<PathBuf>,

    /// The official crate, optionally with a version: `aws-sdk-sts@1.124.0` [default: the newest].
    #[arg(long, value_name = "CRATE", requires = "model")]
    official: Option<String>,

    /// The official crate's items, as `--list` prints them [default: from rustdoc, which takes minutes for
    /// a large crate; the list is kept in the target folder].
    #[arg(long, value_name = "FILE", requires = "model")]
    items: Option<PathBuf>,

    /// Shape id of the service, if the model has several.
    #[arg(long, value_name = "ID", requires = "model")]
    service: Option<String>,

    /// Protocol of the client, if the service has several.
    #[arg(long, value_name = "PROTOCOL", requires = "model")]
    protocol: Option<String>,

    /// Write the result to docs/parity.md.
    #[arg(long, requires = "model")]
    write: bool,

    /// Also show the items about what the model does not have.
    #[arg(short, long, requires = "model")]
    verbose: bool,

    /// Maximum number of missing items to show for each crate.
    #[arg(long, value_name = "N", default_value_t = 40)]
    most: usize,

    /// Also show the items that the official crate does not have.
    #[arg(long)]
    extra: bool,

    /// List the public items of a crate, from the JSON that rustdoc wrote for it, and compare nothing.
    ///
    /// The lists in tests/parity are made this way. rustdoc's JSON is written by
    /// `RUSTC_BOOTSTRAP=1 cargo rustdoc -p aws-sdk-ivs --lib -- -Z unstable-options --output-format json`.
    #[arg(long, value_name = "FILE.json", conflicts_with_all = ["crates", "most", "extra"])]
    list: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
///
/// Fails if a crate cannot be documented or a list cannot be read. A difference is not an error,
/// but the exit code is 1.
pub fn run(args: &Args, workspace_root: &Path) -> Result<ExitCode> {
    if let Some(file) = &args.list {
        print_lines(&items::list(&rustdoc::read(file)?));
        return Ok(ExitCode::SUCCESS);
    }
    if let (Some(model), Some(crate_name)) = (&args.model, &args.official) {
        return official::run(args, model, crate_name, workspace_root);
    }
    let all = services(&workspace_root.join(LISTS))?;
    let chosen = choose(&args.crates, &all)?;
    let allow = read(&workspace_root.join(ALLOW_FILE))?;
    let mut allow = AllowList::parse(&allow).with_context(|| format!("in {ALLOW_FILE}"))?;
    let mut is_same = true;
    for service in &chosen {
        let package = format!("client-{service}");
        let official = official(&package, workspace_root)?;
        let ours = ours(&package, workspace_root)?;
        let difference = Difference::between(&official, &ours, |item| allow.allows(item));
        say!("{package}");
        difference.print(args.most, args.extra);
        is_same &= difference.missing.is_empty();
    }
    if chosen.len() == all.len() {
        for line in allow.stale() {
            say!("stale: {ALLOW_FILE}:{line} matches no missing item; remove it");
            is_same = false;
        }
    }
    Ok(if is_same {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The number of public items in a generated crate.
pub fn count(package: &str, workspace_root: &Path) -> Result<u64> {
    Ok(u64::try_from(ours(package, workspace_root)?.len())?)
}

/// The number of public items in the official counterpart.
pub fn count_official(package: &str, workspace_root: &Path) -> Result<u64> {
    Ok(u64::try_from(official(package, workspace_root)?.len())?)
}

fn ours(package: &str, workspace_root: &Path) -> Result<BTreeSet<String>> {
    // A separate target folder, because several build scripts run again whenever `RUSTC_BOOTSTRAP`
    // changes, and everything that depends on them is compiled again.
    let target = crate::target(workspace_root).join("parity");
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(workspace_root)
        .env("CARGO_TARGET_DIR", &target);
    let file = rustdoc::build(cargo, package, &[], &target.join("doc"))?;
    Ok(items::list(&rustdoc::read(&file)?))
}

fn official(package: &str, workspace_root: &Path) -> Result<BTreeSet<String>> {
    let service = package.strip_prefix("client-").unwrap_or(package);
    let list = workspace_root.join(LISTS).join(format!("{service}.txt"));
    Ok(lines(&read(&list)?))
}

/// The differences of a generated crate and its official counterpart.
struct Difference {
    /// The number of items in the official crate.
    total: usize,
    /// The number of missing items that are allowed.
    allowed: usize,
    missing: Vec<String>,
    extra: BTreeSet<String>,
}

impl Difference {
    fn between(
        official: &BTreeSet<String>,
        ours: &BTreeSet<String>,
        mut allows: impl FnMut(&str) -> bool,
    ) -> Self {
        let gone = official.difference(ours).cloned();
        let (allowed, missing): (Vec<_>, Vec<_>) = gone.partition(|item| allows(item));
        let extra = ours.difference(official).cloned().collect();
        Self {
            total: official.len(),
            allowed: allowed.len(),
            missing,
            extra,
        }
    }

    /// The summary line: `parity: 98 of 100 items (98.0 %), 1 allowed, 1 missing, 5 extra`.
    fn summary(&self) -> String {
        let Self {
            total,
            allowed,
            missing,
            extra,
        } = self;
        let found = total - allowed - missing.len();
        let percent = 100.0 * found as f64 / (*total).max(1) as f64;
        format!(
            "parity: {found} of {total} items ({percent:.1} %), {allowed} allowed, {} missing, {} extra",
            missing.len(),
            extra.len(),
        )
    }

    fn print(&self, most: usize, extra: bool) {
        let shown = self
            .missing
            .iter()
            .take(most)
            .map(|item| format!("missing {item}"));
        let rest = self.missing.len().saturating_sub(most);
        let rest = (rest > 0).then(|| format!("… and {rest} more"));
        let extra = self
            .extra
            .iter()
            .filter(|_| extra)
            .map(|item| format!("extra {item}"));
        let lines = shown.chain(rest).chain(extra).chain([self.summary()]);
        print_lines(&lines.collect::<Vec<_>>());
    }
}

/// The services with a list of official items, in alphabetical order.
fn services(lists: &Path) -> Result<Vec<String>> {
    let entries =
        fs::read_dir(lists).with_context(|| format!("cannot read {}", lists.display()))?;
    let mut services = Vec::new();
    for entry in entries {
        let file = entry?.path();
        let stem = file
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        if file.extension().is_some_and(|it| it == "txt") && stem != "allow" {
            services.push(stem.to_owned());
        }
    }
    services.sort();
    Ok(services)
}

/// The services of these crates, or all.
fn choose(crates: &[String], all: &[String]) -> Result<Vec<String>> {
    if crates.is_empty() {
        return Ok(all.to_vec());
    }
    let mut chosen = BTreeSet::new();
    for name in crates {
        let service = name.strip_prefix("client-").unwrap_or(name).to_owned();
        ensure!(
            all.contains(&service),
            "no official items are listed for {name}, only for client-{}",
            all.join(", client-"),
        );
        chosen.insert(service);
    }
    Ok(chosen.into_iter().collect())
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn lines(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Prints all lines at once.
fn print_lines<'a>(lines: impl IntoIterator<Item = &'a String>) {
    let text: String = lines
        .into_iter()
        .flat_map(|line| [line.as_str(), "\n"])
        .collect();
    output(&text);
}
