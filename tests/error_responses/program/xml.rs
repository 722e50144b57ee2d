//! The place of an error in XML, and its wrappers.

use crate::clients::{Client, Response, Seen};
use crate::{PAGES, check as check_response, expect, owned};

/// Documents with an error as services send them, and whether they have a request id.
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

/// Reads the same error in any place.
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

/// If an element of an error is repeated, the last one counts, as for members of structures.
/// Elements of another error do not count.
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

/// A successful response is read only if it is exactly the output's document.
pub fn outputs(client: &Client) {
    let whole = String::from_utf8(client.format.output().to_vec());
    let whole = whole.expect("it is text");
    let mut outputs = vec![whole.clone(), format!("<?xml version=\"1.0\"?>\n{whole}\n")];
    // The runtime requires an element if members may also be in headers.
    if client.name != "rest_xml" {
        outputs.push(String::new());
    }
    for body in outputs {
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
