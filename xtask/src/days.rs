//! Dates in change logs.

use std::time::SystemTime;

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

/// Today, in UTC.
pub fn today() -> String {
    let now = DateTime::from(SystemTime::now());
    let now = now.fmt(Format::DateTime).unwrap_or_default();
    now.chars().take_while(|c| *c != 'T').collect()
}

/// Parses a date.
pub fn day(text: &str) -> Result<String, String> {
    match DateTime::from_str(&format!("{text}T00:00:00Z"), Format::DateTime) {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("a day is written as in `2026-11-22`".to_owned()),
    }
}
