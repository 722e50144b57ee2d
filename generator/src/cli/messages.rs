//! Messages of commands.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use crate::diagnostics::{Diagnostics, Severity, Style};
use crate::{counted, harmless};

/// The exit code of `diff` if the models cannot be compared.
pub(super) const DIFF_FAILED: u8 = 3;

/// Format of problems.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum MessageFormat {
    /// Text for people, on stderr.
    #[default]
    Text,
    /// A JSON object for each, one per line, on stdout; docs/command-line.md lists its fields.
    Json,
}

/// The options of all commands.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct Messages {
    /// Format of problems.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub message_format: MessageFormat,
    /// Print nothing but problems.
    #[arg(short, long)]
    pub quiet: bool,
}

impl Messages {
    /// Writes problems.
    pub fn report(self, problems: &Diagnostics) {
        match self.message_format {
            MessageFormat::Text => {
                let style = style_of(&io::stderr());
                note(&format!("{}\n", problems.render(style)));
            }
            MessageFormat::Json => output(&problems.to_json_lines()),
        }
    }

    /// Writes all problems, without a limit.
    pub fn report_all(self, problems: &Diagnostics) {
        let style = style_of(&std::io::stderr());
        for problem in problems {
            match self.message_format {
                MessageFormat::Text => {
                    note(&format!("{}\n", problem.render(style)));
                }
                MessageFormat::Json => output(&(problem.to_json() + "\n")),
            }
        }
    }

    /// Writes problems for programs only; people get another message.
    pub fn report_to_programs(self, problems: &Diagnostics) {
        if self.message_format == MessageFormat::Json {
            output(&problems.to_json_lines());
        }
    }

    /// Reports problems and returns the exit code of failure. `outcome` says what that means, such
    /// as "nothing was written".
    pub fn refuse(self, problems: &Diagnostics, outcome: &str) -> ExitCode {
        self.report(problems);
        let count = counts(problems);
        note(&format!("{count}; {outcome}\n"));
        ExitCode::FAILURE
    }

    /// Writes warnings, if there are any.
    pub fn warn(self, warnings: &Diagnostics) {
        if !warnings.is_empty() {
            self.report(warnings);
        }
    }

    /// Prints what has been done, unless stdout is for JSON objects.
    pub fn say(self, text: &str) {
        if !self.quiet {
            self.conclude(text);
        }
    }

    /// Prints a message even with `--quiet`.
    pub fn conclude(self, text: &str) {
        let text = harmless::clean(text);
        match self.message_format {
            MessageFormat::Text => output(&text),
            MessageFormat::Json => note(&text),
        }
    }
}

/// The number of problems of each kind, such as "2 problems, 1 warning".
pub fn counts(problems: &Diagnostics) -> String {
    let kinds = [(Severity::Error, "problem"), (Severity::Warning, "warning")];
    let counts = kinds.map(|(severity, noun)| (problems.count(severity), noun));
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts = counts.map(|(count, noun)| counted(*count, noun));
    counts.collect::<Vec<_>>().join(", ")
}

/// Writes the result of a command to stdout.
///
/// Ends the process if that fails: nothing that follows would be of use. Commands write files
/// before they print.
pub fn output(text: &str) {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text.as_bytes());
    if let Err(error) = written.and_then(|()| stdout.flush()) {
        give_up("stdout", &error);
    }
}

/// Writes a message for people to stderr. Ends the process if that fails, like [`output`].
pub fn note(text: &str) {
    if let Err(error) = io::stderr().write_all(text.as_bytes()) {
        give_up("stderr", &error);
    }
}

/// The exit code that shells report for a process ended by SIGPIPE.
const PIPE_CLOSED: i32 = 128 + 13;

/// Ends a command that cannot write its output.
///
/// Prints no message if the reader has closed the pipe, as `head` does.
pub(super) fn give_up(stream: &str, error: &io::Error) -> ! {
    if error.kind() == io::ErrorKind::BrokenPipe {
        std::process::exit(PIPE_CLOSED);
    }
    // If this fails, too, there is no way to report it.
    let _ = writeln!(io::stderr(), "error: cannot write to {stream}: {error}");
    std::process::exit(i32::from(failure_code()))
}

/// The exit code of failure.
pub(super) fn failure_code() -> u8 {
    // For `diff`, 1 and 2 mean something else.
    let is_diff = std::env::args_os()
        .nth(1)
        .is_some_and(|name| name == "diff");
    if is_diff { DIFF_FAILED } else { 1 }
}

/// Whether to print colours to a stream; see <https://no-color.org>.
pub fn style_of(stream: &impl IsTerminal) -> Style {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if is_screen(stream) && !is_set("NO_COLOR") {
        Style::Coloured
    } else {
        Style::Plain
    }
}

/// Whether a stream is a terminal that supports escape sequences.
pub fn is_screen(stream: &impl IsTerminal) -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    stream.is_terminal() && !is_dumb
}
