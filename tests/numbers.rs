//! Tests `templates/protocol/json/number.rs`, which reads numbers and times from decimal text.

#[path = "../templates/protocol/json/number.rs"]
mod number;

use aws_smithy_types::DateTime;

#[test]
fn whole_numbers_are_exact_or_none() {
    let long = number::integer::<i64>;
    assert_eq!(long("9223372036854775807"), Some(i64::MAX));
    assert_eq!(long("-9223372036854775808"), Some(i64::MIN));
    assert_eq!(long("9223372036854775808"), None);
    assert_eq!(long("-9223372036854775809"), None);
    assert_eq!(long("9223372036854775807.0"), Some(i64::MAX));
    assert_eq!(long("922337203685477580700e-2"), Some(i64::MAX));
    assert_eq!(long("9007199254740993.0"), Some(9_007_199_254_740_993));
    assert_eq!(long("9.007199254740993E15"), Some(9_007_199_254_740_993));
    assert_eq!(long("4503599627370497.2"), None);
    assert_eq!(long("1.00000000000000000001"), None);
    assert_eq!(long("1e400"), None);
    assert_eq!(long("1e9223372036854775807"), None);
    assert_eq!(long("1e9223372036854775808"), None);
    assert_eq!(long("1e-9223372036854775808"), None);
    assert_eq!(long("0e9223372036854775806"), Some(0));
    assert_eq!(long("0.000e-9"), Some(0));
    assert_eq!(long("-0"), Some(0));
    assert_eq!(long("0.1e1"), Some(1));
    assert_eq!(long("1e-3"), None);
    assert_eq!(long("-12.50e1"), Some(-125));
    for text in [
        "", "-", ".5", "e5", "1e", "1e+-5", "1.2.3", "1,0", " 1", "NaN", "--1",
    ] {
        assert_eq!(long(text), None, "{text}");
    }
}

#[test]
fn smaller_integers_have_their_own_limits() {
    assert_eq!(number::integer::<i8>("127"), Some(127));
    assert_eq!(number::integer::<i8>("1.28e2"), None);
    assert_eq!(number::integer::<i8>("-128.0"), Some(-128));
    assert_eq!(number::integer::<i16>("32768"), None);
    assert_eq!(number::integer::<i32>("2147483648"), None);
    assert_eq!(number::integer::<i32>("-2147483648"), Some(i32::MIN));
}

#[test]
fn times_are_exact_to_the_nanosecond() {
    let nanos = |text| number::time(text).map(|time| time.as_nanos());
    assert_eq!(nanos("1700000000.123"), Some(1_700_000_000_123_000_000));
    assert_eq!(
        nanos("1700000000.123456789"),
        Some(1_700_000_000_123_456_789)
    );
    assert_eq!(nanos("1700000000"), Some(1_700_000_000_000_000_000));
    assert_eq!(nanos("1.700000000123E9"), Some(1_700_000_000_123_000_000));
    assert_eq!(nanos("17e8"), Some(1_700_000_000_000_000_000));
    assert_eq!(nanos("-0.5"), Some(-500_000_000));
    assert_eq!(nanos("-1.25"), Some(-1_250_000_000));
    assert_eq!(nanos("0.1"), Some(100_000_000));
    assert_eq!(nanos("1e-9"), Some(1));
    assert_eq!(nanos("0e400"), Some(0));
}

/// Times have nanoseconds. Further digits are truncated, not rounded, so that no time is later than
/// the service's.
#[test]
fn digits_after_the_ninth_are_dropped() {
    let nanos = |text| number::time(text).map(|time| time.as_nanos());
    assert_eq!(nanos("0.9999999999"), Some(999_999_999));
    assert_eq!(nanos("-0.0000000001"), Some(0));
    assert_eq!(nanos("1e-400"), Some(0));
}

#[test]
fn times_that_do_not_fit_are_none() {
    let most = DateTime::from_secs_and_nanos(i64::MAX, 999_999_999);
    assert_eq!(number::time("9223372036854775807.999999999"), Some(most));
    let least = DateTime::from_secs(i64::MIN);
    assert_eq!(number::time("-9223372036854775808.0"), Some(least));
    for text in [
        "9223372036854775808",
        "-9223372036854775808.5",
        "1e400",
        "NaN",
        "",
    ] {
        assert_eq!(number::time(text), None, "{text}");
    }
}

/// Every time that the runtime writes is read back unchanged.
#[test]
fn times_survive_a_round_trip() {
    let mut random = fastrand::Rng::with_seed(1);
    for _ in 0..10_000 {
        let seconds = random.i64(..) >> random.u32(0..64);
        let time = DateTime::from_secs_and_nanos(seconds, random.u32(0..1_000_000_000));
        let format = aws_smithy_types::date_time::Format::EpochSeconds;
        let text = time.fmt(format).expect("any time is so many seconds");
        assert_eq!(number::time(&text), Some(time), "{text}");
    }
}

#[test]
fn floats_are_finite_unless_they_are_words() {
    assert_eq!(number::float("1e308"), Some(1e308_f64));
    assert_eq!(number::float::<f64>("1e309"), None);
    assert_eq!(number::float::<f64>("-1e309"), None);
    assert_eq!(number::float::<f32>("1e39"), None);
    assert_eq!(number::float("1e-400"), Some(0.0_f64));
    // Converted through a double, it would be 1.
    let tie = "1.000000059604644775390625000001";
    assert_eq!(number::float(tie), Some(1.000_000_1_f32));
    assert_eq!(number::not_finite("-Infinity"), Some(f64::NEG_INFINITY));
    assert!(number::not_finite::<f32>("NaN").is_some_and(f32::is_nan));
    assert_eq!(number::not_finite::<f64>("1e400"), None);
    assert_eq!(number::not_finite::<f64>("1.5"), None);
    assert_eq!(number::not_finite::<f64>("x"), None);
}
