//! How commands say what they find and do.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use crate::diagnostics::{Diagnostics, Severity, Style};
use crate::{counted, harmless};

/// How problems are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum MessageFormat {
    /// Text for people, on stderr.
    #[default]
    Text,
    /// A JSON object for each, one per line, on stdout; docs/command-line.md lists its fields.
    Json,
}

/// The options that all commands have.
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

    /// Writes problems, however many they are.
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
        let count = counts(problems);
        note(&format!("{count}; {outcome}\n"));
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
        if !self.quiet {
            self.conclude(text);
        }
    }

    /// Says what `--quiet` does not silence.
    pub fn conclude(self, text: &str) {
        let text = harmless::clean(text);
        match self.message_format {
            MessageFormat::Text => output(&text),
            MessageFormat::Json => note(&text),
        }
    }
}

/// How many problems there are of each kind, such as "2 problems, 1 warning".
pub fn counts(problems: &Diagnostics) -> String {
    let kinds = [(Severity::Error, "problem"), (Severity::Warning, "warning")];
    let counts = kinds.map(|(severity, noun)| (problems.count(severity), noun));
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts = counts.map(|(count, noun)| counted(*count, noun));
    counts.collect::<Vec<_>>().join(", ")
}

/// Writes what a command is asked for to stdout.
///
/// If that cannot be written, this ends the process: nothing that follows would be of use. Commands
/// write to disk before they say so.
pub fn output(text: &str) {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text.as_bytes());
    if let Err(error) = written.and_then(|()| stdout.flush()) {
        give_up("stdout", &error);
    }
}

/// Writes what people are to know to stderr; as [`output`].
pub fn note(text: &str) {
    if let Err(error) = io::stderr().write_all(text.as_bytes()) {
        give_up("stderr", &error);
    }
}

/// What a process returns that SIGPIPE has ended, as a shell has it.
const PIPE_CLOSED: i32 = 128 + 13;

/// Ends a command that cannot say what it has to say.
///
/// A reader that has seen enough, such as `head`, is no reason for a message.
pub(super) fn give_up(stream: &str, error: &io::Error) -> ! {
    if error.kind() == io::ErrorKind::BrokenPipe {
        std::process::exit(PIPE_CLOSED);
    }
    // There is nobody left to tell if this fails, too.
    let _ = writeln!(io::stderr(), "error: cannot write to {stream}: {error}");
    std::process::exit(i32::from(failure_code()))
}

/// What the command returns if it fails.
pub(super) fn failure_code() -> u8 {
    // `diff` has another meaning for 1 and 2.
    let is_diff = std::env::args_os()
        .nth(1)
        .is_some_and(|name| name == "diff");
    if is_diff { super::diff::FAILED } else { 1 }
}

/// Colours are for people; see <https://no-color.org>.
pub fn style_of(stream: &impl IsTerminal) -> Style {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if is_screen(stream) && !is_set("NO_COLOR") {
        Style::Coloured
    } else {
        Style::Plain
    }
}

/// Whether a stream is a terminal that knows escape sequences.
pub fn is_screen(stream: &impl IsTerminal) -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    stream.is_terminal() && !is_dumb
}
