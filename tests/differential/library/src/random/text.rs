//! Random strings.

use proptest::prelude::*;
use proptest::strategy::Union;

/// Any string. Strings that break things are more frequent.
pub fn string() -> BoxedStrategy<String> {
    prop_oneof![
        4 => "[a-zA-Z0-9 _-]{1,12}",
        2 => Just(String::new()),
        2 => arn(),
        2 => any::<String>(),
        1 => "[\u{0}-\u{7f}]{1,12}",
        1 => prop::sample::select(&SPECIAL[..]).prop_map(str::to_owned),
        1 => ("\\PC", 1000..6000_usize).prop_map(|(text, times)| text.repeat(times)),
    ]
    .boxed()
}

/// Strings with a meaning in URIs, JSON or headers.
const SPECIAL: [&str; 14] = [
    ".",
    "..",
    "/",
    "//",
    "%",
    "%2F",
    "a+b c",
    "?a=b&c=d#e",
    "~!$'()*,;=:@",
    "\\\"",
    "\u{7f}\u{85}\u{2028}",
    "\u{feff}",
    "null",
    "é\u{301}\u{1f468}\u{200d}\u{1f469}",
];

/// An identifier, with `:` and `/`.
fn arn() -> impl Strategy<Value = String> {
    (
        "[a-z-]{1,10}",
        "[0-9]{12}",
        "[a-z-]{1,10}",
        "[a-zA-Z0-9]{1,12}",
    )
        .prop_map(|(region, account, kind, id)| {
            format!("arn:aws:ivs:{region}:{account}:{kind}/{id}")
        })
}

/// Bytes that are valid in a header.
pub fn header_value() -> BoxedStrategy<Vec<u8>> {
    let text = |pattern: &'static str| pattern.prop_map(String::into_bytes).boxed();
    Union::new_weighted(vec![
        (6, text("[!-~]([ -~]{0,20}[!-~])?")),
        (1, Just(Vec::new()).boxed()),
        (1, text("[a-z]{1,3},[ a-z]{0,3},\"[a-z,]{1,3}\"")),
        (1, text("[ \t]{1,2}[a-z]{0,3}[ \t]{1,2}")),
        (1, text("é[a-z]{0,3}")),
        // Bytes that are not UTF-8.
        (1, prop::collection::vec(0x80..=0xff_u8, 1..4).boxed()),
    ])
    .boxed()
}
