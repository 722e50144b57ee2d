//! Where an error stands in XML, and what is around it.

use crate::clients::{Client, Response, Seen};
use crate::{PAGES, check as check_response, expect, owned};

/// Documents with an error, all of which services send, and whether they have a request id.
const DOCUMENTS: [(&str, bool); 10] = [
    (
        "<ErrorResponse><Error>{}</Error><RequestId>of body</RequestId></ErrorResponse>",
        true,
    ),
    (
        "<ErrorResponse><Error>{}</Error><requestId>of body</requestId></ErrorResponse>",
        true,
    ),
    (
        "<ErrorResponse><RequestID>of body</RequestID><Error>{}</Error></ErrorResponse>",
        true,
    ),
    (
        "<ErrorResponse><Error>{}</Error><ResponseMetadata><RequestId>of body</RequestId>\
        </ResponseMetadata></ErrorResponse>",
        true,
    ),
    (
        "<ErrorResponse><Error>{}<RequestId>of body</RequestId></Error></ErrorResponse>",
        true,
    ),
    (
        "<Error>{}<RequestId>of body</RequestId><HostId>h</HostId></Error>",
        true,
    ),
    (
        "<Response><Errors><Error>{}</Error></Errors><RequestID>of body</RequestID></Response>",
        true,
    ),
    (
        "\n<?xml version=\"1.0\"?>\n<!-- why -->\n<ErrorResponse xmlns=\"https://example.com/\">\n  \
        <Error>\n    {}\n  </Error>\n</ErrorResponse>\n",
        false,
    ),
    (
        "\u{feff}<?xml version=\"1.0\"?><e:ErrorResponse xmlns:e=\"https://example.com/\">\
        <e:Error a=\"&lt;Code>\">{}</e:Error></e:ErrorResponse>",
        false,
    ),
    (
        "<ErrorResponse><Detail><Error>no</Error></Detail><Error>{}</Error></ErrorResponse>",
        false,
    ),
];

/// Reads the same error wherever it stands.
pub fn check(client: &Client) {
    let code = client.code;
    let error = format!(
        "<Type>Receiver</Type><Code>{code}</Code><Detail><Code>no</Code></Detail>\
        <Message>a &lt; b &amp; &#x63;</Message><thing>t-1</thing><count>7</count>"
    );
    for (document, has_id) in DOCUMENTS {
        let response = Response::new(404, document.replace("{}", &error));
        let expected = Seen {
            variant: "NoSuchThing",
            code: owned(code),
            message: owned("a < b & c"),
            fault: owned("Receiver"),
            request_id: has_id.then(|| "of body".to_owned()),
            thing: owned("t-1"),
            ..Seen::default()
        };
        check_response(client, &response, expected);
    }
}

/// What an error says twice is what it says last, as the members of its structure are; what another
/// error says is not its own.
pub fn repeated(client: &Client) {
    let code = client.code;
    let error = format!(
        "<Code>Busy</Code><Code>{code}</Code><Message>a</Message><message>b</message>\
        <Message>c</Message><thing>t-1</thing><thing>t-2</thing>"
    );
    let body = format!("<R><Error>{error}</Error><Error><Code>Broken</Code></Error></R>");
    let expected = Seen {
        variant: "NoSuchThing",
        code: owned(code),
        message: owned("c"),
        thing: owned("t-2"),
        ..Seen::default()
    };
    check_response(client, &Response::new(404, body), expected);
}

/// A response that succeeds is read if it is the output's document, all of it and nothing else.
pub fn outputs(client: &Client) {
    let whole = String::from_utf8(client.format.output().to_vec());
    let whole = whole.expect("it is text");
    for body in [
        whole.clone(),
        format!("<?xml version=\"1.0\"?>\n{whole}\n"),
        String::new(),
    ] {
        let response = Response::new(200, body);
        let seen = client.call(&response);
        expect(client, &response, seen.variant.is_empty(), &seen);
    }
    let mut others: Vec<_> = PAGES.map(str::to_owned).into();
    others.extend((1..whole.len()).map(|length| whole[..length].to_owned()));
    others.extend([
        whole.replace("PutThingResponse", "PutOtherResponse"),
        format!("{whole}{whole}"),
        whole.replace("</PutThingResult>", "</PutOtherResult>"),
    ]);
    if client.name == "aws_query" {
        others.push(whole.replace("PutThingResult", "PutOtherResult"));
    }
    for body in others {
        let response = Response::new(200, body).header("x-amzn-requestid", "of header");
        let expected = Seen {
            variant: "Unhandled",
            request_id: owned("of header"),
            ..Seen::default()
        };
        check_response(client, &response, expected);
    }
}
