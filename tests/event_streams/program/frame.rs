//! Writes and reads frames of events without the runtime's crates.

use std::collections::BTreeMap;

/// The value of a header.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Bool(bool),
    Byte(i8),
    Short(i16),
    Integer(i32),
    Long(i64),
    Bytes(Vec<u8>),
    Text(String),
    /// Milliseconds since 1970.
    Time(i64),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// A frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    pub headers: BTreeMap<String, Value>,
    pub payload: Vec<u8>,
}

/// A frame with this message type: `event` or `exception`.
pub fn frame(kind: &str, name: &str, payload: &[u8]) -> Frame {
    let frame = Frame {
        payload: payload.to_vec(),
        ..Frame::default()
    };
    frame
        .with(":message-type", kind)
        .with(&format!(":{kind}-type"), name)
}

impl Frame {
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.headers.insert(name.to_owned(), value.into());
        self
    }

    pub fn encoded(&self) -> Vec<u8> {
        let mut headers = Vec::new();
        for (name, value) in &self.headers {
            headers.push(name.len() as u8);
            headers.extend(name.as_bytes());
            match value {
                Value::Bool(value) => headers.push(if *value { 0 } else { 1 }),
                Value::Byte(value) => headers.extend([2, *value as u8]),
                Value::Short(value) => put(&mut headers, 3, &value.to_be_bytes()),
                Value::Integer(value) => put(&mut headers, 4, &value.to_be_bytes()),
                Value::Long(value) => put(&mut headers, 5, &value.to_be_bytes()),
                Value::Bytes(value) => put_long(&mut headers, 6, value),
                Value::Text(value) => put_long(&mut headers, 7, value.as_bytes()),
                Value::Time(value) => put(&mut headers, 8, &value.to_be_bytes()),
            }
        }
        let total = 16 + headers.len() + self.payload.len();
        let mut all = (total as u32).to_be_bytes().to_vec();
        all.extend((headers.len() as u32).to_be_bytes());
        all.extend(crc(&all).to_be_bytes());
        all.extend(headers);
        all.extend(&self.payload);
        all.extend(crc(&all).to_be_bytes());
        all
    }

    /// Takes the first frame out of a buffer, if it is complete.
    pub fn take(arrived: &mut Vec<u8>) -> Option<Self> {
        let total = u32::from_be_bytes(arrived.get(..4)?.try_into().ok()?) as usize;
        if arrived.len() < total {
            return None;
        }
        let rest = arrived.split_off(total);
        let all = std::mem::replace(arrived, rest);
        Some(Self::decoded(&all))
    }

    pub fn decoded(all: &[u8]) -> Self {
        let (front, check) = all.split_at(all.len() - 4);
        assert_eq!(crc(front).to_be_bytes(), check);
        assert_eq!(crc(&all[..8]).to_be_bytes(), all[8..12]);
        let length = u32::from_be_bytes(all[4..8].try_into().unwrap()) as usize;
        let (mut rest, payload) = front[12..].split_at(length);
        let mut frame = Self {
            payload: payload.to_vec(),
            ..Self::default()
        };
        while let Some(length) = rest.first() {
            let (name, after) = rest[1..].split_at(*length as usize);
            let (value, after) = value(after);
            frame
                .headers
                .insert(String::from_utf8(name.to_vec()).unwrap(), value);
            rest = after;
        }
        frame
    }
}

fn put(headers: &mut Vec<u8>, kind: u8, bytes: &[u8]) {
    headers.push(kind);
    headers.extend(bytes);
}

fn put_long(headers: &mut Vec<u8>, kind: u8, bytes: &[u8]) {
    put(headers, kind, &(bytes.len() as u16).to_be_bytes());
    headers.extend(bytes);
}

fn value(bytes: &[u8]) -> (Value, &[u8]) {
    let (kind, bytes) = (bytes[0], &bytes[1..]);
    let long = || {
        let length = u16::from_be_bytes(bytes[..2].try_into().unwrap()) as usize;
        bytes[2..].split_at(length)
    };
    match kind {
        0 | 1 => (Value::Bool(kind == 0), bytes),
        2 => (Value::Byte(bytes[0] as i8), &bytes[1..]),
        3 => (
            Value::Short(i16::from_be_bytes(bytes[..2].try_into().unwrap())),
            &bytes[2..],
        ),
        4 => (
            Value::Integer(i32::from_be_bytes(bytes[..4].try_into().unwrap())),
            &bytes[4..],
        ),
        5 => (
            Value::Long(i64::from_be_bytes(bytes[..8].try_into().unwrap())),
            &bytes[8..],
        ),
        6 => (Value::Bytes(long().0.to_vec()), long().1),
        7 => (
            Value::Text(String::from_utf8(long().0.to_vec()).unwrap()),
            long().1,
        ),
        8 => (
            Value::Time(i64::from_be_bytes(bytes[..8].try_into().unwrap())),
            &bytes[8..],
        ),
        other => panic!("there is no type {other}"),
    }
}

/// CRC-32, bit by bit.
fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
        }
    }
    !crc
}
