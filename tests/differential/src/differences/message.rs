//! What a response would have to say for the official crates to take our message from it.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::json::Json;
use crate::model::Model;
use crate::transport::{Body, Response};

/// The spellings that the runtime knows.
const KNOWN: [&str; 3] = ["message", "Message", "errorMessage"];

/// Gives the official crate as `message` what is in the member that only ours knows.
pub fn known_to_ours(model: &Model, response: &Response) -> Option<Response> {
    let member = model.client.service.error_text.as_deref()?;
    with_message(response, |body| {
        let is_known = KNOWN.iter().any(|name| body.text(name).is_some());
        body.text(member).filter(|_| !is_known)
    })
}

/// Gives the official crate as `message` what the runtime takes for it.
pub fn spelled_otherwise(model: &Model, response: &Response) -> Option<Response> {
    let mut errors = model.client.errors.iter();
    let has_own_message = errors.all(|id| {
        let fields = model.fields(*id);
        let is_message = |name: &str, required: bool| name == "message" && required;
        fields
            .iter()
            .any(|(field, member)| is_message(&member.name, field.required))
    });
    with_message(response, |body| {
        let is_null = body.last("message").is_none_or(|value| value == "null");
        let members = body
            .0
            .iter()
            .rev()
            .filter(|(name, _)| KNOWN.contains(&name.as_str()));
        let text = members
            .map(|(_, value)| string(value))
            .find_map(|text| text);
        text.filter(|_| is_null && has_own_message)
    })
}

/// An error's response with a member more.
fn with_message(
    response: &Response,
    text: impl FnOnce(&Members) -> Option<String>,
) -> Option<Response> {
    if (200..300).contains(&response.status) {
        return None;
    }
    let body = String::from_utf8(response.body.bytes()).ok()?;
    let members: Members = serde_json::from_str(&body).ok()?;
    let message = Json::Text(text(&members)?);
    let (inside, after) = body.split_at(body.rfind('}')?);
    let body = format!("{inside},\"message\":{message}{after}");
    let response = Response {
        body: Body::Bytes(body.into_bytes()),
        ..response.clone()
    };
    Some(response)
}

/// The members of an object, in their order and with duplicates. Strings inside may be malformed.
struct Members(Vec<(String, Box<RawValue>)>);

impl Members {
    /// The value that counts: the last.
    fn last(&self, name: &str) -> Option<&str> {
        let mut members = self.0.iter().rev();
        members
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.get())
    }

    fn text(&self, name: &str) -> Option<String> {
        let mut members = self.0.iter().rev();
        let (_, value) = members.find(|(key, _)| key == name)?;
        string(value)
    }
}

fn string(value: &RawValue) -> Option<String> {
    serde_json::from_str(value.get()).ok()
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}
