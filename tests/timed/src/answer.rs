//! The files with calls and their responses.

use std::collections::BTreeMap;

use ciborium::Value as Cbor;
use serde::Deserialize;
use serde_json::Value as Json;

/// A file of calls.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calls {
    /// The calls.
    pub call: Vec<Call>,
    /// The model, from the project.
    pub model: String,
    /// The official crate, with the version that is compared.
    pub official: String,
}

/// A call that is repeated, always with the same response.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// The operation, by its name in the model.
    pub operation: String,
    /// A description, such as `100 items`.
    #[serde(default)]
    pub about: String,
    /// The members of the input as JSON: blobs are text, timestamps are seconds.
    #[serde(default = "empty")]
    pub input: String,
    /// The response of the service.
    #[serde(default)]
    pub answer: Answer,
}

fn empty() -> String {
    "{}".to_owned()
}

impl Call {
    /// For example `Query, 100 items`.
    pub fn name(&self) -> String {
        match self.about.as_str() {
            "" => self.operation.clone(),
            about => format!("{}, {about}", self.operation),
        }
    }
}

/// A response with status 200. Its body is `begin`, `each` as often as needed, and `end`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Headers.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// The start of the body.
    #[serde(default)]
    pub begin: String,
    /// A repeated part. `%n` in it is its number.
    #[serde(default)]
    pub each: String,
    /// The separator of these parts.
    #[serde(default)]
    pub between: String,
    /// The end of the body.
    #[serde(default)]
    pub end: String,
    /// The number of parts in the response of a call.
    #[serde(default)]
    pub many: usize,
    /// Whether the text is JSON that is sent as CBOR. Then an object with the single member `epoch`
    /// is a timestamp.
    #[serde(default)]
    pub cbor: bool,
}

impl Answer {
    /// The body of a call's response.
    pub fn body(&self) -> Vec<u8> {
        self.with(self.many)
    }

    /// A body of at least this many bytes, if it has a repeated part.
    pub fn body_of(&self, size: usize) -> Option<Vec<u8>> {
        if self.each.is_empty() {
            return None;
        }
        // Parts with higher numbers are no shorter.
        let hundred = self.with(200).len() - self.with(100).len();
        let (mut low, mut high) = (0, size * 100 / hundred + 1);
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.with(middle).len() < size {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        Some(self.with(low))
    }

    fn with(&self, many: usize) -> Vec<u8> {
        let parts = (1..=many).map(|number| self.each.replace("%n", &number.to_string()));
        let parts: Vec<_> = parts.collect();
        let text = [&self.begin, &*parts.join(&self.between), &self.end].concat();
        if !self.cbor {
            return text.into_bytes();
        }
        let json: Json = serde_json::from_str(&text).expect("the answer is JSON");
        let mut bytes = Vec::new();
        ciborium::into_writer(&cbor(&json), &mut bytes).expect("a vector takes everything");
        bytes
    }
}

/// The tag of seconds since the epoch.
const EPOCH: u64 = 1;

fn cbor(json: &Json) -> Cbor {
    match json {
        Json::Null => Cbor::Null,
        Json::Bool(value) => Cbor::Bool(*value),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(value), _) => Cbor::from(value),
            (None, value) => Cbor::from(value.expect("a number")),
        },
        Json::String(text) => Cbor::from(text.as_str()),
        Json::Array(values) => Cbor::Array(values.iter().map(cbor).collect()),
        Json::Object(members) => match members.get("epoch") {
            Some(seconds) if members.len() == 1 => Cbor::Tag(EPOCH, Box::new(cbor(seconds))),
            _ => {
                let members = members.iter();
                Cbor::Map(
                    members
                        .map(|(key, value)| (Cbor::from(key.as_str()), cbor(value)))
                        .collect(),
                )
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer() -> Answer {
        Answer {
            begin: r#"{"Items":["#.to_owned(),
            each: r#"{"Id":"%n","At":{"epoch":1.5}}"#.to_owned(),
            between: ",".to_owned(),
            end: "]}".to_owned(),
            many: 2,
            ..Answer::default()
        }
    }

    #[test]
    fn parts_are_repeated_and_numbered() {
        let body = String::from_utf8(answer().body()).expect("it is text");
        assert_eq!(
            body,
            r#"{"Items":[{"Id":"1","At":{"epoch":1.5}},{"Id":"2","At":{"epoch":1.5}}]}"#
        );
    }

    #[test]
    fn bodies_are_as_long_as_they_are_to_be_and_not_much_longer() {
        let body = answer().body_of(1_000_000).expect("something is repeated");
        assert!(
            (1_000_000..1_000_100).contains(&body.len()),
            "{}",
            body.len()
        );
        let alone = Answer {
            each: String::new(),
            ..answer()
        };
        assert_eq!(alone.body_of(1_000_000), None);
    }

    #[test]
    fn all_files_can_be_read_and_answer_in_their_formats() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/services");
        let mut calls = 0;
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let file = entry.expect("a file").path();
            if file.extension() != Some("toml".as_ref()) {
                continue;
            }
            let text = std::fs::read_to_string(&file).expect("a text");
            let read: Calls = toml::from_str(&text).unwrap_or_else(|it| panic!("{file:?}: {it}"));
            for call in read.call {
                let _: Json = serde_json::from_str(&call.input).expect("an input is JSON");
                let body = call.answer.body();
                if call.answer.headers["content-type"].contains("json") {
                    let _: Json = serde_json::from_slice(&body).expect("the answer is JSON");
                }
                calls += 1;
            }
        }
        assert!(calls > 0);
    }

    #[test]
    fn json_becomes_cbor_with_timestamps() {
        let one = Answer {
            cbor: true,
            many: 1,
            ..answer()
        };
        let cbor: Cbor = ciborium::from_reader(&*one.body()).expect("it is CBOR");
        let text = |text: &str| Cbor::Text(text.to_owned());
        let at = Cbor::Tag(1, Box::new(Cbor::Float(1.5)));
        let item = Cbor::Map(vec![(text("Id"), text("1")), (text("At"), at)]);
        assert_eq!(
            cbor,
            Cbor::Map(vec![(text("Items"), Cbor::Array(vec![item]))])
        );
    }
}
