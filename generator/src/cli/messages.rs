//! How commands say what they find and do.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use crate::diagnostics::{Diagnostics, Severity, Style};
use crate::harmless;

/// How problems are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum MessageFormat {
    /// For people, on stderr.
    #[default]
    Text,
    /// For programs, on stdout: a JSON object for each, one a line. CONTRIBUTING.md has its fields.
    Json,
}

/// The option that all commands have.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct Messages {
    /// How problems are written: for people on stderr, or for programs on stdout.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub message_format: MessageFormat,
}

impl Messages {
    /// Writes problems.
    pub fn report(self, problems: &Diagnostics) {
        match self.message_format {
            MessageFormat::Text => {
                let style = style_of(&std::io::stderr());
                let _ = writeln!(std::io::stderr(), "{}", problems.render(style));
            }
            MessageFormat::Json => output(&problems.to_json_lines()),
        }
    }

    /// Writes problems, however many they are.
    pub fn report_all(self, problems: &Diagnostics) {
        let style = style_of(&std::io::stderr());
        for problem in problems {
            match self.message_format {
                MessageFormat::Text => {
                    let _ = writeln!(std::io::stderr(), "{}", problem.render(style));
                }
                MessageFormat::Json => output(&(problem.to_json() + "\n")),
            }
        }
    }

    /// Writes problems for programs; people are told otherwise.
    pub fn report_to_programs(self, problems: &Diagnostics) {
        if self.message_format == MessageFormat::Json {
            output(&problems.to_json_lines());
        }
    }

    /// Ends a command because of problems; `outcome` says what that means, as in "nothing was
    /// written".
    pub fn refuse(self, problems: &Diagnostics, outcome: &str) -> ExitCode {
        self.report(problems);
        let count = counted(problems);
        let _ = writeln!(std::io::stderr(), "{count}; {outcome}");
        ExitCode::FAILURE
    }

    /// Writes what a client is made without regard to, if there is any.
    pub fn warn(self, warnings: &Diagnostics) {
        if !warnings.is_empty() {
            self.report(warnings);
        }
    }

    /// Says what has been done, where it does not get between JSON objects.
    pub fn say(self, text: &str) {
        let text = harmless::clean(text);
        match self.message_format {
            MessageFormat::Text => output(&text),
            MessageFormat::Json => {
                let _ = std::io::stderr().write_all(text.as_bytes());
            }
        }
    }
}

/// How many problems there are of each kind, such as "2 problems, 1 warning".
pub fn counted(problems: &Diagnostics) -> String {
    let kinds = [(Severity::Error, "problem"), (Severity::Warning, "warning")];
    let counted = kinds.iter().filter_map(|(severity, noun)| {
        let count = problems.count(*severity);
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {noun}{plural}"))
    });
    counted.collect::<Vec<_>>().join(", ")
}

/// Writes what a command is asked for, and does not mind if nobody reads it to the end.
pub fn output(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Colours are for people; see <https://no-color.org>.
pub fn style_of(stream: &impl IsTerminal) -> Style {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    if stream.is_terminal() && !is_set("NO_COLOR") && !is_dumb {
        Style::Coloured
    } else {
        Style::Plain
    }
}
