//! Bodies of errors as services write them.

/// The format of bodies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    Cbor,
    /// `<ErrorResponse><Error>`
    Xml,
    /// `<Response><Errors><Error>`
    Ec2,
}

/// A value in the body of an error.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    Text(&'static str),
    Number(u8),
    Null,
}

impl Format {
    /// The body of an error with this code and these members.
    pub fn error(self, code: &str, members: &[(&str, Value)]) -> Vec<u8> {
        match self {
            Self::Json => json(code, members).into_bytes(),
            Self::Cbor => cbor(code, members),
            Self::Xml => format!(
                "<ErrorResponse>{}<RequestId>of body</RequestId></ErrorResponse>",
                xml(code, members)
            )
            .into_bytes(),
            Self::Ec2 => format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors>{}</Errors>\
                <RequestID>of body</RequestID></Response>",
                xml(code, members)
            )
            .into_bytes(),
        }
    }

    /// The body of an output without members.
    pub fn output(self) -> &'static [u8] {
        match self {
            Self::Json => b"{}",
            Self::Cbor => b"\xa0",
            // restXml has no result in the response, and skips it.
            Self::Xml | Self::Ec2 => {
                b"<PutThingResponse><PutThingResult></PutThingResult></PutThingResponse>"
            }
        }
    }

    /// Whether bodies are XML.
    pub fn is_xml(self) -> bool {
        matches!(self, Self::Xml | Self::Ec2)
    }

    /// Bodies that are invalid in this format.
    pub fn others(self) -> [Self; 2] {
        match self {
            Self::Json => [Self::Cbor, Self::Xml],
            Self::Cbor => [Self::Json, Self::Xml],
            Self::Xml | Self::Ec2 => [Self::Json, Self::Cbor],
        }
    }
}

fn json(code: &str, members: &[(&str, Value)]) -> String {
    let members = members.iter().map(|(name, value)| match value {
        Value::Text(text) => format!(",\"{name}\":\"{text}\""),
        Value::Number(number) => format!(",\"{name}\":{number}"),
        Value::Null => format!(",\"{name}\":null"),
    });
    let members: String = members.collect();
    format!("{{\"__type\":\"example#{code}\"{members}}}")
}

fn xml(code: &str, members: &[(&str, Value)]) -> String {
    let members = members.iter().map(|(name, value)| match value {
        Value::Text(text) => format!("<{name}>{text}</{name}>"),
        Value::Number(number) => format!("<{name}>{number}</{name}>"),
        Value::Null => format!("<{name}/>"),
    });
    let members: String = members.collect();
    format!("<Error><Type>Sender</Type><Code>{code}</Code>{members}</Error>")
}

/// A map without a length, as streaming encoders write it.
fn cbor(code: &str, members: &[(&str, Value)]) -> Vec<u8> {
    let mut body = vec![0xbf];
    cbor_text(&mut body, "__type");
    cbor_text(&mut body, &format!("example#{code}"));
    for (name, value) in members {
        cbor_text(&mut body, name);
        match value {
            Value::Text(text) => cbor_text(&mut body, text),
            Value::Number(number) => body.extend([0x18, *number]),
            Value::Null => body.push(0xf6),
        }
    }
    body.push(0xff);
    body
}

fn cbor_text(body: &mut Vec<u8>, text: &str) {
    let length = u8::try_from(text.len()).expect("texts are short");
    body.extend([0x78, length]);
    body.extend(text.as_bytes());
}
