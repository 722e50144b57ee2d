//! Times calls and parsing of any service's client, in one process with the official crate.

mod called;
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

pub use self::called::Called;
use self::called::table_of;
use self::program::Program;
use super::{Args, Part};
use crate::bench::calls::{self, Times};
use crate::bench::packages::Bench;
use crate::bench::report::{self, Section};

const CALLS: &str = "\
CPU time of a call (user and system, microseconds), with connections that answer from memory: the median of rounds in
which the sides take turns, with minimum and maximum. A ratio is the median of the rounds' ratios. A call begins with
building its input, and ends when the output is dropped, or when the stream in it was read to its end. What is called
is in `tests/timed/services`. Each row is written by `cargo xtask bench call --model FILE --official CRATE@VERSION
--write`, and all of them by `cargo xtask bench call --others --write`.";

const PARSING: &str = "\
CPU time from the bytes of a response to its types, which are dropped again (microseconds, measured as calls are).
`serde` reads structures that derive `Deserialize`, by `serde_json`, `quick-xml` or `ciborium`, and knows nothing of
the protocol. Each row is written by `cargo xtask bench parse --model FILE --official CRATE@VERSION --write`, and all
of them by `cargo xtask bench parse --others --write`.";

/// The folder with the files of calls, in the workspace.
const FILES: &str = "tests/timed/services";

/// A service, and the file of its calls.
pub struct Timed {
    model: PathBuf,
    /// The official crate, with `@` and a version unless it is the newest.
    official: String,
    /// The calls.
    pub file: PathBuf,
    service: Option<String>,
    protocol: Option<String>,
}

/// Times calls of the selected services, or the parsing of their responses.
pub(super) fn measure(
    args: &Args,
    parts: &[Part],
    bench: &Bench<'_>,
    take: &mut impl FnMut(&Section) -> Result<()>,
) -> Result<()> {
    for service in services(args, bench.workspace)? {
        let program = Program::build(&service, bench)?;
        for part in parts {
            let section = match part {
                Part::Parse => parsing(&program, args.others.bytes)?,
                _ => called(&program)?,
            };
            if !section.rows.is_empty() {
                take(&section)?;
            }
        }
    }
    Ok(())
}

fn services(args: &Args, workspace: &Path) -> Result<Vec<Timed>> {
    let folder = workspace.join(FILES);
    if let Some(names) = &args.others.others {
        return described(names, &folder, workspace);
    }
    let model = args.model.first().context("there is a model")?;
    let official = args.others.official.as_ref();
    let official = official.context("there is an official crate")?;
    let name = official.split('@').next().unwrap_or(official);
    let file = folder.join(format!("{name}.toml"));
    let file = args.others.calls.clone().unwrap_or(file);
    ensure!(
        file.exists(),
        "say with `--calls` what is called: there is no {}",
        file.display()
    );
    Ok(vec![Timed {
        model: model.clone(),
        official: official.clone(),
        file,
        service: args.others.service.clone(),
        protocol: args.others.protocol.clone(),
    }])
}

/// All services with files of calls; `None` if one of their models is not available.
pub fn all(workspace: &Path) -> Result<Option<Vec<Timed>>> {
    let folder = workspace.join(FILES);
    let services = described(&[], &folder, workspace)?;
    Ok((services.len() == files(&folder)?.len()).then_some(services))
}

/// The files of calls.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let file = entry?.path();
        files.extend((file.extension() == Some("toml".as_ref())).then_some(file));
    }
    files.sort();
    Ok(files)
}

/// The services with files of calls, or those with these official crates, if their models are
/// available.
fn described(names: &[String], folder: &Path, workspace: &Path) -> Result<Vec<Timed>> {
    let mut files = match names {
        [] => files(folder)?,
        _ => Vec::new(),
    };
    for name in names {
        let file = folder.join(format!("{name}.toml"));
        ensure!(file.exists(), "there is no {}", file.display());
        files.push(file);
    }
    let mut services = Vec::new();
    for file in files {
        let about = table_of(&file)?;
        let text = |key: &str| {
            let text = about.get(key).and_then(toml::Value::as_str);
            text.with_context(|| format!("{}: there is no `{key}`", file.display()))
        };
        let (model, official) = (text("model")?.to_owned(), text("official")?.to_owned());
        if !workspace.join(&model).exists() {
            say!("left out: {official}: there is no {model}");
            continue;
        }
        services.push(Timed {
            model: workspace.join(model),
            official,
            file,
            service: None,
            protocol: None,
        });
    }
    Ok(services)
}

/// The measurements of a call or a response.
struct Measured {
    name: String,
    /// The size of the response in bytes, if parsing was measured.
    size: u64,
    times: Times,
    allocations: Value,
}

impl Measured {
    fn of([times, counts]: [Value; 2]) -> Self {
        let sides = times["sides"].as_object().into_iter().flatten();
        let micros = |micros: &Value| {
            let micros = micros.as_array().into_iter().flatten();
            micros.filter_map(Value::as_f64).collect()
        };
        Self {
            name: times["name"].as_str().unwrap_or_default().to_owned(),
            size: times["size"].as_u64().unwrap_or_default(),
            times: sides.map(|(side, it)| (side.clone(), micros(it))).collect(),
            allocations: counts["sides"].clone(),
        }
    }

    fn time(&self, side: &str) -> String {
        calls::time(&self.times, side)
    }

    fn ratio(&self, other: &str) -> String {
        calls::ratio(&self.times, other)
    }

    fn allocations(&self, side: &str) -> u64 {
        self.allocations[side][0].as_u64().unwrap_or_default()
    }

    /// The allocations of ours and of the official crate, and the ratio.
    fn allocation_cells(&self) -> [String; 3] {
        let (ours, official) = (self.allocations("ours"), self.allocations("official"));
        let ratio = report::ratio(ours as f64, official as f64);
        [report::number(ours), report::number(official), ratio]
    }
}

fn called(program: &Program) -> Result<Section> {
    let measured = program.run(&[])?.into_iter().map(Measured::of);
    let rows = measured.map(|it| {
        let times = [it.time("ours"), it.time("official"), it.ratio("official")];
        let cells = [&times[..], &it.allocation_cells(), &program.cells()].concat();
        [vec![program.name().to_owned(), it.name], cells].concat()
    });
    Ok(Section {
        title: "Calls of other services",
        notes: CALLS.to_owned(),
        columns: vec![
            "official crate",
            "call",
            "ours",
            "official",
            "ratio",
            "allocations",
            "official",
            "ratio",
            "version",
            "model",
        ],
        rows: rows.collect(),
    })
}

fn parsing(program: &Program, bytes: usize) -> Result<Section> {
    let measured = program.run(&[format!("--parse={bytes}")])?;
    let rows = measured.into_iter().map(Measured::of).map(|it| {
        let operation = it.name.split(',').next().unwrap_or_default();
        let what = format!("{operation}, {} KB", report::number(it.size / 1_000));
        let times = ["ours", "official", "serde"].map(|side| it.time(side));
        let ratios = ["official", "serde"].map(|side| it.ratio(side));
        let cells = [
            &times[..],
            &ratios,
            &it.allocation_cells(),
            &program.cells(),
        ]
        .concat();
        [vec![program.name().to_owned(), what], cells].concat()
    });
    Ok(Section {
        title: "Parsing responses of other services",
        notes: PARSING.to_owned(),
        columns: vec![
            "official crate",
            "response",
            "ours",
            "official",
            "serde",
            "to official",
            "to serde",
            "allocations",
            "official",
            "ratio",
            "version",
            "model",
        ],
        rows: rows.collect(),
    })
}
