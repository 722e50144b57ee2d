//! XML bodies.

use fastrand::Rng;

use crate::Expected::{Either, Error, Value};
use crate::mutate::mutated;
use crate::{Case, Cases, Memory};

/// Number of repetitions of something that should not occur at all.
const MANY: usize = 20_000;

/// Depth of values that are not read to the end: reading a level visits everything below it again.
const DEEP: usize = 2_000;

/// Valid members of the output.
const MEMBERS: &str = "<text>a&amp;b</text><flag>true</flag><byte>-1</byte><count>5</count>\
    <size>9007199254740993</size><float>0.1</float><ratio>Infinity</ratio>\
    <time>2023-11-14T22:13:20.123Z</time><data>YWJj</data><digits>18446744073709551616</digits>\
    <price>0.10</price><kind>one</kind><level>2</level>\
    <names><member>a</member><member>b</member></names>\
    <counts><member>1</member><member>2</member></counts>\
    <tags><entry><key>k</key><value>v</value></entry></tags>\
    <nodes><member name=\"n\"><children><member><choice><text>t</text></choice></member></children>\
    </member></nodes>\
    <node><byName><entry><key>k</key><value name=\"v\"/></entry></byName></node>\
    <choice><names><member>a</member></names></choice>\
    <flat name=\"f\"/><flat/><flatTags><key>k</key><value>v</value></flatTags>";

/// Members of the error.
const ERROR: &str = "<Type>Sender</Type><Code>Refusal</Code><Message>no</Message>\
    <message>no</message><names><member>a</member></names>\
    <node name=\"n\"><children><member/></children></node>";

const PIECES: &[&[u8]] = &[
    b"<",
    b">",
    b"&",
    b"</",
    b"/>",
    b"<!--",
    b"<![CDATA[",
    b"]]>",
    b"<?xml version=\"1.0\" encoding=\"UTF-16\"?>",
    b"<!DOCTYPE a [<!ENTITY b \"c\">]>",
    b"&b;",
    b"&#0;",
    b"&#x110000;",
    b"&#99999999999999999999;",
    b"<member>",
    b"</member>",
    b"<x:member xmlns:x=\"y\">",
    b"<node>",
    b"<Error>",
    b" name=\"a\"",
    b" name='",
    b"\xFF",
    b"\0",
    b"\xEF\xBB\xBF",
    b"99999999999999999999999",
    b"1e999999999",
    b"NaN",
];

pub fn rest_outputs() -> Cases {
    outputs("<GetThingsOutput>", "</GetThingsOutput>")
}

pub fn query_outputs() -> Cases {
    outputs(
        "<GetThingsResponse xmlns=\"https://example.com/\"><GetThingsResult>",
        "</GetThingsResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata>\
        </GetThingsResponse>",
    )
}

pub fn ec2_outputs() -> Cases {
    outputs(
        "<GetThingsResponse>",
        "<requestId>id</requestId></GetThingsResponse>",
    )
}

/// Errors of `restXml` and `awsQuery`.
pub fn rest_errors() -> Cases {
    errors(
        "<ErrorResponse><Error>",
        "</Error><RequestId>id</RequestId></ErrorResponse>",
    )
}

pub fn ec2_errors() -> Cases {
    errors(
        "<Response><Errors><Error>",
        "</Error></Errors><RequestID>id</RequestID></Response>",
    )
}

fn outputs(before: &str, after: &str) -> Cases {
    let around = |members: &str| format!("{before}{members}{after}").into_bytes();
    let mut hard = hard(&around, &["node", "choice"]);
    let many =
        |name: &str, part: &str, expected| Case::new(name, around(&part.repeat(MANY)), expected);
    hard.extend([
        many("flat elements", "<flat/>", Value).with(Memory::Structures),
        many("flat elements in a namespace", "<a:flat/>", Value).with(Memory::Structures),
        Case::new(
            "list elements",
            around(&format!("<nodes>{}</nodes>", "<a/>".repeat(MANY))),
            Value,
        )
        .with(Memory::Structures),
        Case::new(
            "numbers that are none",
            around(&format!(
                "<counts>{}</counts>",
                "<member>x</member>".repeat(MANY)
            )),
            Error,
        ),
        Case::new(
            "entries without keys",
            around(&format!(
                "<tags>{}</tags>",
                "<entry><value/></entry>".repeat(MANY)
            )),
            Value,
        ),
        Case::new(
            "digits",
            around(&format!("<digits>{}</digits>", "9".repeat(MANY))),
            Value,
        ),
        Case::new(
            "a variant that is new",
            around("<choice> <newer><text>t</text></newer></choice>"),
            Value,
        ),
        Case::new("no variant", around("<choice></choice>"), Error),
        Case::new(
            "flat elements among others",
            around("<flat name=\"a\"/><text>t</text><flat/><flatTags/><flat name=\"b\"/><flag>true</flag>"),
            Value,
        ),
        Case::new(
            "a value before its key",
            around("<tags><entry><value>v</value><x/><key>k</key></entry><x>y</x></tags>"),
            Value,
        ),
        Case::new("text and elements", around("<text>a<b>c</b>d</text><flag>true</flag>"), Value),
        Case::new("elements where text should be", around("<text><b>c</b>d</text>"), Error),
        Case::new("members twice", around("<text>a</text><count>1</count><text>b</text>"), Value),
        Case::new("attributes of other kinds", around("<flat x:name='a>b' other=\"&lt;\"/>"), Value),
        Case::new("exponent", around("<price>1e999999999</price>"), Either),
        Case::new(
            "fraction",
            around(&format!(
                "<time>2023-11-14T22:13:20.{}Z</time>",
                "1".repeat(MANY)
            )),
            Either,
        ),
        Case::new(
            "year",
            around("<time>999999999999-11-14T22:13:20Z</time>"),
            Error,
        ),
        Case::new(
            "base64",
            around(&format!("<data>{}</data>", "=".repeat(MANY))),
            Error,
        ),
    ]);
    Cases {
        valid: vec![around(MEMBERS)],
        hard,
        mutate,
        comment: Some(b"<!---->"),
    }
}

fn errors(before: &str, after: &str) -> Cases {
    let around = |members: &str| format!("{before}{members}{after}").into_bytes();
    let of_refusal = |members: &str| around(&format!("<Code>Refusal</Code>{members}"));
    let mut hard = hard(&of_refusal, &["node"]);
    hard.extend([
        Case::new("html", b"<html><p>no<br></html>".to_vec(), Error),
        Case::new("text", b"slow down".to_vec(), Error),
        Case::new("codes", around(&"<Code>a</Code>".repeat(MANY)), Error),
        Case::new(
            "errors",
            format!("{before}{}", "<Error>".repeat(MANY)).into(),
            Error,
        ),
        Case::new(
            "a long code",
            around(&format!("<Code>{}</Code>", "a".repeat(MANY))),
            Error,
        ),
    ]);
    Cases {
        valid: vec![around(ERROR)],
        hard,
        mutate,
        comment: None,
    }
}

/// Difficult bodies for outputs and errors.
fn hard(around: &impl Fn(&str) -> Vec<u8>, recursive: &[&str]) -> Vec<Case> {
    let mut cases = vec![
        Case::new("invalid UTF-8", replaced(around("@"), b"\xC3\x28"), Error),
        Case::new("UTF-16", b"\xFF\xFE<\0a\0/\0>\0".to_vec(), Error),
        Case::new("a zero", replaced(around("@"), b"\0"), Either),
        Case::new(
            "attributes",
            around(&format!("<node {}/>", "name=\"\" ".repeat(MANY))),
            Error,
        ),
        Case::new("unknown elements", around(&"<x/>".repeat(MANY)), Value),
        Case::new("unknown, deep", around(&deep("<x>", "", "</x>")), Value),
        Case::new("unclosed, deep", around(&"<x>".repeat(MANY)), Error),
        Case::new("closed only", around(&"</x>".repeat(MANY)), Error),
        Case::new("comments", around(&"<!--x-->".repeat(MANY)), Value),
        Case::new("a comment without end", around("<!--"), Error),
        Case::new("CDATA", around(&"<![CDATA[<x>]]>".repeat(MANY)), Value),
        Case::new("CDATA without end", around("<![CDATA["), Error),
        Case::new("instructions", around(&"<?x y?>".repeat(MANY)), Value),
        Case::new("references", around(&"&amp;".repeat(MANY)), Value),
        Case::new(
            "namespaces",
            around(&"<a:x xmlns:a=\"b\" a:c=\"d\"/>".repeat(MANY / 4)),
            Value,
        ),
        Case::new(
            "a long name",
            around(&format!("<{}/>", "x".repeat(MANY))),
            Value,
        ),
        Case::new(
            "flat lists, 60 deep",
            around(&format!(
                "<node>{}{}{}</node>",
                "<twigs>".repeat(60),
                "<x/>".repeat(MANY),
                "</twigs>".repeat(60)
            )),
            Value,
        )
        .with(Memory::FlatLists(60)),
        Case::new("an open quote", around("<node name=\"><x>"), Error),
        Case::new("entities that grow", bomb(around), Error),
        Case::new(
            "an entity of a file",
            [
                b"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>".to_vec(),
                around("<node name=\"&b;\"/><choice><text>&b;</text></choice>"),
            ]
            .concat(),
            Error,
        ),
    ];
    for name in recursive {
        // The maximum depth, and a greater one.
        for (levels, expected) in [(20, Value), (DEEP, Error)] {
            let before = "<children><member>".repeat(levels);
            let after = "</member></children>".repeat(levels);
            let body = around(&match *name {
                "choice" => format!("<choice><node>{before}{after}</node></choice>"),
                _ => format!("<{name}>{before}{after}</{name}>"),
            });
            cases.push(Case::new(&format!("{name}, {levels} deep"), body, expected));
        }
        let before = "<choice><node>".repeat(DEEP);
        let after = "</node></choice>".repeat(DEEP);
        let body = around(&match *name {
            "choice" => format!("{before}{after}"),
            _ => format!("<{name}>{before}{after}</{name}>"),
        });
        cases.push(Case::new(&format!("{name}, unions"), body, Error));
        let before = "<byName><entry><key>k</key><value>".repeat(DEEP);
        let body = around(&match *name {
            "choice" => format!("<choice><node>{before}"),
            _ => format!("<{name}>{before}"),
        });
        cases.push(Case::new(&format!("{name}, maps without end"), body, Error));
    }
    cases
}

/// Ten entities, each of which is ten times the one before.
fn bomb(around: &impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
    let mut body = b"<!DOCTYPE a [<!ENTITY e0 \"lol\">".to_vec();
    for level in 1..10 {
        let inner = format!("&e{};", level - 1).repeat(10);
        body.extend(format!("<!ENTITY e{level} \"{inner}\">").bytes());
    }
    body.extend(b"]>");
    body.extend(around("<text>&e9;</text><message>&e9;</message>"));
    body
}

fn deep(before: &str, inner: &str, after: &str) -> String {
    before.repeat(MANY) + inner + &after.repeat(MANY)
}

/// The body with these bytes instead of `@`.
fn replaced(body: Vec<u8>, bytes: &[u8]) -> Vec<u8> {
    let at = body.iter().position(|byte| *byte == b'@');
    let at = at.expect("there is a place for them");
    [&body[..at], bytes, &body[at + 1..]].concat()
}

fn mutate(body: &[u8], rng: &mut Rng) -> Vec<u8> {
    mutated(body, PIECES, rng)
}
