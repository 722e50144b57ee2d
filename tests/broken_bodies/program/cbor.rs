//! CBOR bodies.

use fastrand::Rng;

use crate::Expected::{Either, Error, Value};
use crate::mutate::mutated;
use crate::{Case, Cases, Memory};

/// Number of repetitions of something that should not occur at all.
const MANY: usize = 20_000;

const PIECES: &[&[u8]] = &[
    b"\x9F",
    b"\xBF",
    b"\x7F",
    b"\x5F",
    b"\xFF",
    b"\x9B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
    b"\xBB\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
    b"\x9A\x00\xFF\xFF\xFF",
    b"\xBA\xFF\xFF\xFF\xFF",
    b"\x7B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
    b"\x5A\x7F\xFF\xFF\xFF",
    b"\x1B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
    b"\x3B\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
    b"\xF6",
    b"\xF7",
    b"\xF8\x10",
    b"\xF9\x7E\x00",
    b"\xFB\x7F\xEF\xFF\xFF\xFF\xFF\xFF\xFF",
    b"\xC1",
    b"\xC2\x41\x01",
    b"\xC4\x82\x1B\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01",
    b"\x80",
    b"\xA0",
    b"\x60",
    b"\x1C",
    b"\x62\xC3\x28",
    b"\x64node",
    b"\x65nodes",
    b"\x68children",
];

/// A text with a length below 24.
fn text(text: &str) -> Vec<u8> {
    let length = u8::try_from(text.len()).expect("it is short");
    [&[0x60 + length], text.as_bytes()].concat()
}

/// A map of members.
fn members(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = vec![0xBF];
    for (name, value) in members {
        body.extend(text(name));
        body.extend(*value);
    }
    body.push(0xFF);
    body
}

fn member(name: &str, value: impl AsRef<[u8]>) -> Vec<u8> {
    members(&[(name, value.as_ref())])
}

/// The header of a list, map, or text with an impossible number of elements or bytes.
fn huge(kind: u8) -> Vec<u8> {
    let mut header = vec![kind | 0x1B];
    header.extend(u64::MAX.to_be_bytes());
    header
}

pub fn outputs() -> Cases {
    let node = b"\xA2\x64name\x61n\x68children\x81\xA1\x66choice\xA1\x64text\x61t";
    let valid = members(&[
        ("text", b"\x63abc"),
        ("flag", b"\xF5"),
        ("byte", b"\x20"),
        ("count", b"\x05"),
        ("size", b"\x1B\x00\x20\x00\x00\x00\x00\x00\x01"),
        ("float", b"\xFA\x3F\x00\x00\x00"),
        ("ratio", b"\xF9\x7C\x00"),
        ("time", b"\xC1\xFB\x41\xD9\x54\xF8\x68\x07\xDF\x3B"),
        ("data", b"\x5F\x41a\x42bc\xFF"),
        ("digits", b"\xC2\x49\x01\x00\x00\x00\x00\x00\x00\x00\x00"),
        ("price", b"\xC4\x82\x21\x0A"),
        ("kind", b"\x63one"),
        ("level", b"\x02"),
        ("names", b"\x9F\x61a\x7F\x61b\xFF\xFF"),
        ("counts", b"\x82\x01\x02"),
        ("tags", b"\xA1\x61k\x61v"),
        ("nodes", &[b"\x81".as_slice(), node].concat()),
        ("node", b"\xA1\x66byName\xBF\x61k\xA0\xFF"),
        ("choice", b"\xA1\x65names\x81\x61a"),
        ("flat", b"\x82\xA0\xA0"),
    ]);
    let mut hard = hard();
    let with = |name: &str, member: &str, value: Vec<u8>, expected| {
        Case::new(name, self::member(member, value), expected)
    };
    hard.extend([
        // Followed by nothing, a structure is empty.
        Case::new(
            "structures without end",
            [b"\xA1".to_vec(), text("nodes"), huge(0x80)].concat(),
            Error,
        ),
        Case::new(
            "fewer structures than said",
            [
                b"\xA1".to_vec(),
                text("nodes"),
                vec![0x9A, 0, 1, 0, 0, 0xA0],
            ]
            .concat(),
            Error,
        ),
        Case::new(
            "structures without end in a map",
            [
                b"\xA1\x64node\xA1\x66byName".to_vec(),
                huge(0xA0),
                text("k"),
            ]
            .concat(),
            Error,
        ),
        with(
            "a variant that is new",
            "choice",
            b"\xA1\x65newer\x80".to_vec(),
            Value,
        ),
        with("no variant", "choice", b"\xA0".to_vec(), Error),
        with("a list of many names", "names", huge(0x80), Error),
        with("a map of many tags", "tags", huge(0xA0), Error),
        with("many empty structures", "nodes", list(b"\xA0"), Value).with(Memory::Structures),
        with("many empty names", "names", list(b"\x60"), Value).with(Memory::Structures),
        with("many nulls", "nodes", list(b"\xF6"), Value),
        with("many parts of a text", "text", parts(0x7F, 0x60), Value),
        with("many parts of a blob", "data", parts(0x5F, 0x40), Value),
        with("a blob in parts of texts", "data", parts(0x5F, 0x60), Error),
        with(
            "a time that is no number",
            "time",
            b"\xC1\xF9\x7E\x00".to_vec(),
            Either,
        ),
        with(
            "an infinite time",
            "time",
            b"\xC1\xF9\x7C\x00".to_vec(),
            Either,
        ),
        with(
            "the last time",
            "time",
            b"\xC1\xFB\x7F\xEF\xFF\xFF\xFF\xFF\xFF\xFF".to_vec(),
            Either,
        ),
        with("a time in many tags", "time", b"\xC1".repeat(MANY), Error),
        with(
            "a small exponent",
            "price",
            b"\xC4\x82\x3B\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFE\x01".to_vec(),
            Either,
        ),
        with(
            "a large exponent",
            "price",
            b"\xC4\x82\x1B\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFE\x01".to_vec(),
            Either,
        ),
        with(
            "a million digits",
            "price",
            b"\xC4\x82\x1A\x00\x0F\x42\x40\x01".to_vec(),
            Either,
        ),
        with("a long number", "digits", number(MANY), Either),
    ]);
    Cases {
        valid: vec![valid],
        hard,
        mutate,
        comment: None,
    }
}

pub fn errors() -> Cases {
    let valid = members(&[
        ("__type", b"\x6Fexample#Refusal"),
        ("message", b"\x62no"),
        ("names", b"\x81\x61a"),
        ("node", b"\xA1\x68children\x81\xA0"),
    ]);
    let mut hard = hard();
    for case in &mut hard {
        // The same in an error with a known name.
        let known = [b"\x66__type\x67Refusal".as_slice()];
        let at = 1;
        if let [0xBF, ..] = case.body[..] {
            case.body.splice(at..at, known.concat());
        }
    }
    hard.extend([
        Case::new("html", b"<html>".to_vec(), Error),
        Case::new("many entries", huge(0xA0), Error),
        Case::new(
            "many types",
            [vec![0xBF], b"\x66__type\x61x".repeat(MANY), vec![0xFF]].concat(),
            Error,
        ),
        Case::new(
            "a type that is a list",
            member("__type", list(b"\x80")),
            Error,
        ),
    ]);
    Cases {
        valid: vec![valid],
        hard,
        mutate,
        comment: None,
    }
}

/// Difficult bodies for outputs and errors.
fn hard() -> Vec<Case> {
    let with = |name: &str, member: &str, value: Vec<u8>, expected| {
        Case::new(name, self::member(member, value), expected)
    };
    let children = |levels: usize| {
        let inner = b"\xA1\x68children\x81".repeat(levels);
        [inner, vec![0xA0]].concat()
    };
    let unions = b"\xA1\x66choice\xA1\x64node".repeat(MANY);
    let maps = b"\xBF\x66byName\xBF\x61k".repeat(MANY);
    vec![
        with("20 levels", "node", children(20), Value),
        with("many levels", "node", children(MANY), Error),
        with("many unions", "node", [unions, vec![0xA0]].concat(), Error),
        with("many maps", "node", maps, Error),
        with(
            "unknown, deep",
            "x",
            [b"\x81".repeat(MANY), vec![0]].concat(),
            Value,
        ),
        with(
            "unknown, deep, of no length",
            "x",
            [b"\x9F".repeat(MANY), b"\xFF".repeat(MANY)].concat(),
            Value,
        ),
        with(
            "unknown, of both kinds",
            "x",
            b"\x82\x9F\xBF".repeat(MANY),
            Error,
        ),
        with("unknown, with a huge count", "x", huge(0x80), Error),
        with("unknown, many tags", "x", b"\xC1".repeat(MANY), Error),
        with("a long text", "message", huge(0x60), Error),
        with("a long blob", "x", huge(0x40), Error),
        with("invalid UTF-8", "message", b"\x62\xC3\x28".to_vec(), Error),
        with(
            "invalid UTF-8 in parts",
            "message",
            b"\x7F\x61\xC3\x61\xA8\xFF".to_vec(),
            Error,
        ),
        with("a break too many", "names", b"\x80\xFF".to_vec(), Error),
        with("no break", "names", b"\x9F\x60".to_vec(), Error),
        with(
            "a name that is a number",
            "names",
            b"\x81\x01".to_vec(),
            Error,
        ),
        Case::new("a list", list(b"\xA0"), Error),
        Case::new("a key that is no text", b"\xA1\x01\x01".to_vec(), Error),
        Case::new("a key without a value", b"\xA1\x65names".to_vec(), Error),
        Case::new("two values", b"\xA0\xA0".to_vec(), Error),
        Case::new("reserved", b"\xBF\x61x\x1C\xFF".to_vec(), Error),
        Case::new("simple values", member("x", b"\xF8\x20"), Either),
    ]
}

/// A list of indefinite length.
fn list(element: &[u8]) -> Vec<u8> {
    [vec![0x9F], element.repeat(MANY), vec![0xFF]].concat()
}

/// A text or blob in parts.
fn parts(kind: u8, part: u8) -> Vec<u8> {
    [vec![kind], vec![part; MANY], vec![0xFF]].concat()
}

/// A number with this number of bytes.
fn number(bytes: usize) -> Vec<u8> {
    let length = u32::try_from(bytes).expect("it is short");
    [
        vec![0xC2, 0x5A],
        length.to_be_bytes().to_vec(),
        vec![0xFF; bytes],
    ]
    .concat()
}

fn mutate(body: &[u8], rng: &mut Rng) -> Vec<u8> {
    mutated(body, PIECES, rng)
}
