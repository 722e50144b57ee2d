//! Compares the client of any model with an official crate.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, anyhow};
use generator::{Partitions, Source, counted};

use super::allow::AllowList;
use super::model::ModelNames;
use super::unknown::Unknown;
use super::{Args, Difference, LISTS, items, lines, print_lines, read, rustdoc, table};
use crate::packages::Beside;

/// The only default feature of the official crates that adds public items; the others only add
/// dependencies.
const FEATURE: &str = "rt-tokio";

/// Compares the client of a model with an official crate.
pub(super) fn run(args: &Args, model: &Path, official: &str, workspace: &Path) -> Result<ExitCode> {
    let target = crate::target(workspace).join("parity");
    let beside = Beside::new(official, "parity", workspace, &target)?;
    let problems = |problems: generator::Diagnostics| anyhow!("{problems}");
    let source = Source::load([model]).map_err(problems)?;
    let config = differential_calls::config(args.service.as_deref(), args.protocol.as_deref(), &[]);
    let rendered = generator::generate(&source, &config, &Partitions::aws()).map_err(problems)?;
    for left_out in &rendered.client.left_out {
        say!("left out: {}: {}", left_out.operation, left_out.reason);
    }
    rendered
        .write(beside.folder.join("client"))
        .map_err(problems)?;
    beside.write_manifest(&[FEATURE], toml::Table::new())?;
    let (version, _) = beside.official()?;

    let official = match &args.items {
        Some(file) => lines(&read(file)?),
        None => of_crate(&beside, &version)?,
    };
    let ours = of_client(&beside)?;
    let names = ModelNames::new(&serde_json::from_str(source.text())?);
    let allow_files = AllowFiles::read(&beside.name, workspace)?;
    let row = Comparison::new(&official, &ours, &names, allow_files);
    say!("{} {version}", beside.name);
    row.print(args);
    if args.write {
        let row = row.row(&beside.name, &version, model);
        table::write(&workspace.join(table::FILE), &row)?;
    }
    Ok(match row.is_same() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

/// The items of the official crate. They are cached, because listing those of a large crate takes
/// minutes.
fn of_crate(beside: &Beside, version: &str) -> Result<BTreeSet<String>> {
    let file = beside.folder.join(format!("{version}.txt"));
    if file.exists() {
        return Ok(lines(&read(&file)?));
    }
    let items = listed(beside, &beside.name, &[])?;
    let text: Vec<_> = items.iter().map(String::as_str).collect();
    fs::write(&file, text.join("\n"))?;
    Ok(items)
}

fn of_client(beside: &Beside) -> Result<BTreeSet<String>> {
    let features = ["--no-default-features", "--features", FEATURE];
    listed(beside, differential_calls::PACKAGE, &features)
}

/// Documents a package and lists its items. rustdoc's output is large and is not kept.
fn listed(beside: &Beside, package: &str, features: &[&str]) -> Result<BTreeSet<String>> {
    let folder = beside.folder.join("target/doc");
    let file = rustdoc::build(beside.cargo(), package, features, &folder)?;
    let items = items::list(&rustdoc::read(&file)?);
    fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
    Ok(items)
}

/// The allow lists: for all official crates, and for this one.
struct AllowFiles {
    all: AllowList,
    own: AllowList,
    own_file: PathBuf,
}

impl AllowFiles {
    fn read(crate_name: &str, workspace: &Path) -> Result<Self> {
        let folder = workspace.join(LISTS);
        let parse = |file: &Path| {
            let text = if file.exists() {
                read(file)?
            } else {
                String::new()
            };
            AllowList::parse(&text).with_context(|| format!("in {}", file.display()))
        };
        let own_file = PathBuf::from(format!("allow/{crate_name}.txt"));
        let mut all = parse(&workspace.join(super::ALLOW_FILE))?;
        all.extend(parse(&folder.join("allow/all.txt"))?);
        Ok(Self {
            all,
            own: parse(&folder.join(&own_file))?,
            own_file,
        })
    }
}

/// The result.
struct Comparison {
    difference: Difference,
    /// Items about shapes that the model does not have.
    unknown: BTreeSet<String>,
    /// Lines of the crate's own list that match nothing.
    stale: Vec<String>,
}

impl Comparison {
    fn new(
        official: &BTreeSet<String>,
        ours: &BTreeSet<String>,
        names: &ModelNames,
        mut allow: AllowFiles,
    ) -> Self {
        let known = Unknown::new(official, names);
        let gone = official.difference(ours);
        let unknown: BTreeSet<_> = gone.filter(|item| known.is_about(item)).cloned().collect();
        let official = official.difference(&unknown).cloned().collect();
        let difference = Difference::between(&official, ours, |item| {
            // Both lists are checked, so that each records which of its lines are used.
            let is_own = allow.own.allows(item);
            allow.all.allows(item) || is_own
        });
        let stale = allow.own.stale();
        let file = allow.own_file.display();
        let stale = stale
            .map(|line| format!("stale: {LISTS}/{file}:{line} matches no missing item; remove it"));
        Self {
            difference,
            unknown,
            stale: stale.collect(),
        }
    }

    fn print(&self, args: &Args) {
        if args.verbose {
            let unknown = self.unknown.iter();
            let lines: Vec<_> = unknown
                .map(|item| format!("not in the model: {item}"))
                .collect();
            print_lines(&lines);
        }
        self.difference.print(args.most, args.extra);
        let unknown = counted(self.unknown.len(), "item");
        say!("left out: {unknown} of what the model does not have");
        print_lines(&self.stale);
    }

    fn is_same(&self) -> bool {
        self.difference.missing.is_empty() && self.stale.is_empty()
    }

    fn row(&self, official: &str, version: &str, model: &Path) -> table::Row {
        let Difference {
            total,
            allowed,
            missing,
            ..
        } = &self.difference;
        let folder = model.parent().and_then(Path::file_name).unwrap_or_default();
        let file = model.file_stem().unwrap_or_default();
        table::Row {
            official: official.to_owned(),
            version: version.to_owned(),
            model: format!("{}/{}", folder.to_string_lossy(), file.to_string_lossy()),
            items: total + self.unknown.len(),
            unknown: self.unknown.len(),
            allowed: *allowed,
            missing: missing.len(),
        }
    }
}
