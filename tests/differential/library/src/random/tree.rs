//! Random JSON that does not follow a model.

use proptest::collection::vec;
use proptest::prelude::*;

use super::text;
use crate::tree::Tree;

/// Any JSON value, and some invalid ones.
pub fn any_tree() -> BoxedStrategy<Tree> {
    leaf()
        .prop_recursive(3, 12, 4, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..4).prop_map(Tree::Array),
                vec((name(), inner), 0..4).prop_map(Tree::Object),
            ]
        })
        .boxed()
}

/// The name of a member that may be in the model.
pub fn name() -> BoxedStrategy<String> {
    prop_oneof![
        2 => prop::sample::select(&NAMES[..]).prop_map(str::to_owned),
        1 => text::string(),
    ]
    .boxed()
}

const NAMES: [&str; 12] = [
    "message",
    "Message",
    "errorMessage",
    "exceptionMessage",
    "code",
    "__type",
    "arn",
    "ARN",
    "name",
    "tags",
    "s3",
    "",
];

fn leaf() -> BoxedStrategy<Tree> {
    let verbatim = |texts: &'static [&'static str]| {
        prop::sample::select(texts).prop_map(|text| Tree::Verbatim(text.to_owned()))
    };
    prop_oneof![
        3 => Just(Tree::Null),
        1 => any::<bool>().prop_map(Tree::Boolean),
        1 => any::<i64>().prop_map(|number| Tree::Verbatim(number.to_string())),
        2 => verbatim(&NUMBERS),
        1 => verbatim(&STRINGS),
        2 => prop::sample::select(&TEXTS[..]).prop_map(|text| Tree::Text(text.to_owned())),
        1 => text::string().prop_map(Tree::Text),
    ]
    .boxed()
}

/// Numbers in spellings that parsers may read differently, and a few that are not JSON.
const NUMBERS: [&str; 22] = [
    "0",
    "-0",
    "1.0",
    "1.5",
    "-1.5",
    "1e3",
    "1E+3",
    "1e-3",
    "1e400",
    "-1e400",
    "0.1e1",
    "2147483647",
    "2147483648",
    "-2147483649",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551616",
    "01",
    "+1",
    ".5",
    "1.",
    "NaN",
];

/// Strings in spellings that parsers may read differently, and a few that are not JSON.
const STRINGS: [&str; 9] = [
    r#""\ud83e\udd80""#,
    r#""\ud83e""#,
    r#""\udd80""#,
    r#""\/\b\f\n\r\t""#,
    r#""\x41""#,
    r#""\u00e9""#,
    r#""\u00""#,
    "\"\u{1}\"",
    "\"\n\"",
];

/// Strings that look like a number, a boolean or a time, valid or not.
const TEXTS: [&str; 24] = [
    "NaN",
    "Infinity",
    "-Infinity",
    "nan",
    "1",
    "1.5",
    "true",
    "false",
    "",
    "2024-02-29T23:59:59Z",
    "2024-02-29T23:59:60Z",
    "2023-02-29T00:00:00Z",
    "2024-01-01T00:00:00.123456789Z",
    "2024-01-01T00:00:00.1234567891Z",
    "2024-01-01T00:00:00+01:00",
    "2024-01-01T00:00:00-00:00",
    "2024-01-01t00:00:00z",
    "2024-01-01 00:00:00Z",
    "2024-01-01T00:00:00",
    "2024-01-01",
    "1700000000",
    "0000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999Z",
    "Tue, 29 Apr 2014 18:30:38 GMT",
];
