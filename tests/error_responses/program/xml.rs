//! Where an error stands in XML, and what is around it.

use crate::clients::{Client, Response, Seen};
use crate::{check as check_response, owned};

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
