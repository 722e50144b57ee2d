//! Replacements for `println!` and `eprintln!`, which panic if a stream is full or closed.

/// Writes a line to stdout.
macro_rules! say {
    ($($text:tt)*) => {
        generator::cli::messages::output(&format!("{}\n", format_args!($($text)*)))
    };
}

/// Writes a line to stderr.
macro_rules! complain {
    ($($text:tt)*) => {
        generator::cli::messages::note(&format!("{}\n", format_args!($($text)*)))
    };
}
