//! `inspect`: shows what a model contains.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use super::messages::{Messages, output};
use super::model::ModelOptions;
use crate::diagnostics::{Diagnostics, Source};
use crate::harmless::line;
use crate::inspect::{Level, OperationSummary, Part, Summary, TraitSummary, Verdict};

/// Show what a model contains, and which parts of it are supported.
///
/// Lists operations, shapes by type, protocols, authentication schemes, and traits with what generated
/// clients do with them. Shapes that the service does not reach are not counted.
#[derive(clap::Args)]
pub struct Args {
    /// The model: files, folders or a smithy-build.json.
    #[arg(required = true, value_name = "MODEL")]
    models: Vec<PathBuf>,
    /// Format of the summary.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    options: ModelOptions,
    #[command(flatten)]
    messages: Messages,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs the command.
pub fn run(args: &Args) -> ExitCode {
    let summary = match summary(args) {
        Ok(summary) => summary,
        Err(problems) => return args.messages.refuse(&problems, "there is nothing to show"),
    };
    args.messages.warn(&summary.warnings);
    if args.messages.quiet {
        return ExitCode::SUCCESS;
    }
    output(&match args.format {
        Format::Text => text(&summary, &named(&args.models)),
        Format::Json => {
            let json = serde_json::to_string_pretty(&summary);
            json.expect("names and numbers are JSON") + "\n"
        }
    });
    ExitCode::SUCCESS
}

/// The models as arguments of a command.
fn named(models: &[PathBuf]) -> String {
    let models = models.iter().map(|it| it.display().to_string());
    models.collect::<Vec<_>>().join(" ")
}

fn summary(args: &Args) -> Result<Summary, Diagnostics> {
    let source = Source::load(&args.models)?;
    let config = args.options.config(&args.models[0])?;
    crate::inspect(&source, &config, &args.options.partitions()?)
}

fn text(summary: &Summary, file: &str) -> String {
    let Summary {
        title,
        service,
        version,
        smithy,
        verdict,
        operations,
        shapes,
        protocols,
        protocol,
        auth,
        traits,
        warnings: _,
    } = summary;
    let (title, version, smithy) = (line(title), line(version), line(smithy));
    let mut text = format!("{title}: {service}, version {version}, in Smithy {smithy}\n");
    let _ = writeln!(text, "{}", sentence(*verdict, file));
    list_operations(&mut text, operations);
    let _ = writeln!(text, "\nShapes ({})", shapes.values().sum::<usize>());
    let kinds = shapes.iter().map(|(kind, count)| format!("{count} {kind}"));
    let _ = writeln!(text, "  {}", kinds.collect::<Vec<_>>().join(", "));
    parts(&mut text, "Protocols", protocols, protocol.as_deref());
    parts(&mut text, "Authentication", auth, None);
    list_traits(&mut text, traits);
    text
}

/// The verdict in words.
fn sentence(verdict: Verdict, file: &str) -> String {
    match verdict {
        Verdict::Supported => "A client can be generated.".to_owned(),
        Verdict::PartlySupported => {
            "A client can be generated without some operations: `--leave-out-unsupported`."
                .to_owned()
        }
        Verdict::Refused => {
            format!("No client can be generated: `smithy-client-gen check {file}` says why.")
        }
    }
}

/// The operations, each with its HTTP binding, its streams of events and what it lacks.
fn list_operations(text: &mut String, operations: &[OperationSummary]) {
    let _ = writeln!(text, "\nOperations ({})", operations.len());
    let width = operations
        .iter()
        .map(|it| it.name.len())
        .max()
        .unwrap_or_default();
    for operation in operations {
        let http = line(operation.http.as_deref().unwrap_or_default());
        let events = match (operation.sends_events, operation.receives_events) {
            (false, false) => "",
            (true, false) => "  sends events",
            (false, true) => "  receives events",
            (true, true) => "  sends and receives events",
        };
        let row = format!("  {:<width$}  {http}{events}", operation.name);
        let _ = writeln!(text, "{}", row.trim_end());
        if let Some(reason) = &operation.unsupported {
            let _ = writeln!(text, "    not supported: {}", line(reason));
        }
    }
}

/// The traits, with how often each is applied, by how they are supported.
fn list_traits(text: &mut String, traits: &[TraitSummary]) {
    let mut by_level: BTreeMap<Level, Vec<&TraitSummary>> = BTreeMap::new();
    for it in traits {
        by_level.entry(it.level).or_default().push(it);
    }
    for (level, traits) in by_level {
        let _ = writeln!(text, "\n{} ({})", heading(level), traits.len());
        let width = traits
            .iter()
            .map(|it| it.id.len())
            .max()
            .unwrap_or_default();
        for TraitSummary { id, count, .. } in traits {
            let _ = writeln!(text, "  {id:<width$}  {count:>5}");
        }
    }
}

/// Lists protocols or authentication schemes; `spoken` is the protocol of the client.
fn parts(text: &mut String, title: &str, parts: &[Part], spoken: Option<&str>) {
    let _ = writeln!(text, "\n{title} ({})", parts.len());
    for Part { id, is_supported } in parts {
        let not = if *is_supported { "" } else { "not " };
        let is_spoken = parts.len() > 1 && spoken == Some(id);
        let and = if is_spoken {
            ", and spoken by the client"
        } else {
            ""
        };
        let _ = writeln!(text, "  {id}: {not}supported{and}");
    }
}

fn heading(level: Level) -> &'static str {
    match level {
        Level::Unknown => "Traits that are newer than the generator",
        Level::Unsupported => "Traits that generated clients do not support",
        Level::Supported => "Supported traits",
        Level::Irrelevant => "Traits that do not concern clients",
        Level::Custom => "Other traits, which are ignored",
    }
}
