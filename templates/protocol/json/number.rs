//! Parses exact numbers and times from decimal text. Integers and times never pass through
//! floating point.

use std::str::FromStr;

use aws_smithy_types::DateTime;

/// The number of digits of a time after the point.
const NANOSECONDS: i64 = 9;

/// A whole number, which may be spelled as `1.0` or `1e3`; `None` if it does not fit.
pub(crate) fn integer<T: TryFrom<i64>>(text: &str) -> Option<T> {
    let value = text.parse().ok().or_else(|| {
        let scaled = scaled(text, 0)?;
        i64::try_from(scaled.value).ok().filter(|_| scaled.is_exact)
    });
    T::try_from(value?).ok()
}

/// The nearest float; `None` if the number is too large.
pub(crate) fn float<T: FromStr + Copy + Into<f64>>(text: &str) -> Option<T> {
    text.parse()
        .ok()
        .filter(|value: &T| (*value).into().is_finite())
}

/// Parses a float that is not finite from a string.
pub(crate) fn not_finite<T: FromStr + Copy + Into<f64>>(text: &str) -> Option<T> {
    let is_number = text.bytes().any(|byte| byte.is_ascii_digit());
    let value: Option<T> = text.parse().ok();
    value.filter(|value| !is_number && !(*value).into().is_finite())
}

/// The time that is this many seconds after the epoch. Digits after the ninth are dropped.
pub(crate) fn time(text: &str) -> Option<DateTime> {
    if let Ok(seconds) = text.parse() {
        return Some(DateTime::from_secs(seconds));
    }
    DateTime::from_nanos(scaled(text, NANOSECONDS)?.value).ok()
}

/// A decimal number times a power of ten.
struct Scaled {
    /// Its whole part.
    value: i128,
    /// Whether there is nothing after the point.
    is_exact: bool,
}

/// Moves the point of a number to the right; `None` if the text is not a number, or too large.
fn scaled(text: &str, places: i64) -> Option<Scaled> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = whole.bytes().chain(fraction.bytes());
    if whole.is_empty() || !digits.clone().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let exponent = exponent.parse::<i64>().ok()?.checked_add(places)?;
    let point = exponent.checked_add_unsigned(u64::try_from(whole.len()).ok()?)?;
    let mut value = 0_i128;
    let mut read = 0_i64;
    while read < point {
        let Some(digit) = digits.next() else { break };
        value = value.checked_mul(10)?.checked_add((digit - b'0').into())?;
        read += 1;
    }
    // Zero stays zero, however many zeros follow.
    if value != 0 && read < point {
        let zeros = u32::try_from(point - read).ok()?;
        value = value.checked_mul(10_i128.checked_pow(zeros)?)?;
    }
    Some(Scaled {
        value: if text.starts_with('-') { -value } else { value },
        is_exact: digits.all(|digit| digit == b'0'),
    })
}
