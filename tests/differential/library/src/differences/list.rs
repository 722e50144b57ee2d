//! The list of allowed differences.

use generator::ir::{SchemaTrait, Type};

use super::neutral::{
    EXTRAS, extras, is_json, is_structure, is_too_long, missing_for_endpoint, parse_error,
    printed_extras, response_metadata, second_ids, unhandled, without_request_id,
    without_shape_names, write_error,
};
use super::words::says;
use super::{Difference, Rule, cbor, form, message, requests, tolerance, words, xml};
use crate::debug::Node;
use crate::tree::Format;

/// All allowed differences. Responses are changed in this order.
pub const DIFFERENCES: [Difference; 53] = [
    Difference {
        name: "nulls",
        reason: "Ours passes over a null in a list or map, as Smithy wants it of clients, and over \
                 one that repeats a member. The official crate finds the one unreadable, and \
                 forgets the member's value with the other.",
        format: Some(Format::Json),
        rule: Rule::Response(tolerance::nulls),
    },
    Difference {
        name: "whole numbers with a point",
        reason: "The official crate takes 9007199254740993.0 for the double that is nearest, and \
                 4503599627370497.2 for a whole number. Ours reads the one and refuses the other.",
        format: Some(Format::Json),
        rule: Rule::Response(tolerance::whole_numbers),
    },
    Difference {
        name: "times as numbers",
        reason: "The runtime's parser takes a number or a text for a time wherever it stands, the \
                 official crate only where the model says so.",
        format: Some(Format::Json),
        rule: Rule::Response(tolerance::times),
    },
    Difference {
        name: "times that are no date",
        reason: "The same for numbers after the year 9999 and before the year 1, for which there \
                 is nothing that the official crate could receive instead.",
        format: Some(Format::Json),
        rule: Rule::Refusal(tolerance::has_undated),
    },
    Difference {
        name: "times that there are not",
        reason: "A number that is too large for a time is refused by ours, and is the last time that \
                 there is for the official crate.",
        format: Some(Format::Json),
        rule: Rule::OurRefusal(tolerance::has_no_time),
    },
    Difference {
        name: "fractions of seconds",
        reason: "The official crate takes 1700000000.123 for the nearest double, and then for \
                 122,999,906 nanoseconds. Ours reads the digits.",
        format: Some(Format::Json),
        rule: Rule::OurResponse(tolerance::rounded_times),
    },
    Difference {
        name: "message that is no text",
        reason: "The official crates add a member `Message` to errors that have no message, and \
                 know nothing of the error when it is not a string. Ours has no such member, and \
                 says all that the model has.",
        format: Some(Format::Json),
        rule: Rule::Response(message::no_text),
    },
    Difference {
        name: "text of errors",
        reason: "The services put the text of their errors into `exceptionMessage`, which the \
                 runtime does not know: ours takes it for the message where there is no other.",
        format: Some(Format::Json),
        rule: Rule::Response(message::known_to_ours),
    },
    Difference {
        name: "required message",
        reason: "The runtime knows three spellings of `message`. The official crate fills a \
                 required message from the one in the model and leaves it empty otherwise; ours \
                 takes what the runtime found.",
        format: Some(Format::Json),
        rule: Rule::Response(message::spelled_otherwise),
    },
    Difference {
        name: "URIs that are too long",
        reason: "The official crate panics when a request's URI is longer than 65,534 bytes. With \
                 ours the call fails, and nothing is sent.",
        format: None,
        rule: Rule::Panic(is_too_long),
    },
    Difference {
        name: "metadata of outputs",
        reason: "Our outputs keep more of the response than the request id.",
        format: None,
        rule: Rule::Outcome(|outcome| outcome.debug.visit(&mut response_metadata)),
    },
    Difference {
        name: "receivers of events",
        reason: "Ours do not print what they have not read yet.",
        format: None,
        rule: Rule::Outcome(|outcome| {
            outcome.debug.visit(&mut |node| match node {
                Node::Fields(name, fields) if name == "EventReceiver" => fields.clear(),
                _ => {}
            });
        }),
    },
    Difference {
        name: "second ids of requests",
        reason: "All of our outputs and errors keep the second id of the request, and the official \
                 crate of one service does.",
        format: None,
        rule: Rule::Ours(second_ids),
    },
    requests::SLASHES,
    words::HOSTS,
    words::CHECKSUMS,
    words::FRAMES,
    Difference {
        name: "metadata of errors",
        reason: "Our errors keep more of the response than the request id.",
        format: None,
        rule: Rule::Outcome(|outcome| {
            outcome.debug.visit(&mut |node| extras(node, &EXTRAS));
            if let Some(facts) = &mut outcome.error {
                facts
                    .converted_meta
                    .visit(&mut |node| extras(node, &EXTRAS));
                for text in facts.chain.iter_mut().chain(&mut facts.converted_chain) {
                    printed_extras(text, &EXTRAS);
                }
            }
        }),
    },
    Difference {
        name: "metadata of what is unhandled",
        reason: "The metadata of a response that cannot be read, or of an error without a code, \
                 are empty in the official crates. Ours say what the headers say.",
        format: None,
        rule: Rule::Outcome(unhandled),
    },
    Difference {
        name: "words of parsers",
        reason: "The official crates have a parser for each shape, ours the runtime's: what is \
                 unreadable for one is for the other, but they say it in words of their own, and \
                 ours does not say it of a response that may hold something sensitive.",
        format: None,
        rule: Rule::Outcome(parse_error),
    },
    Difference {
        name: "what cannot be read with schemas",
        reason: "Official crates that serialize by schemas have a response error for what cannot be \
                 read and for errors without a code, which says nothing of the response and is tried \
                 again. Ours has an unhandled error of the service, as all others have.",
        format: None,
        rule: Rule::Lost(|official, ours| {
            let facts = ours.error.as_ref();
            official.kind == "response error"
                && ours.kind == "service error"
                && facts.is_some_and(|facts| facts.code.is_none())
        }),
    },
    Difference {
        name: "required members with schemas",
        reason: "Official crates that serialize by schemas cannot build a structure without a required \
                 member that is an enum. Ours fills in what a service leaves out, as all others do.",
        format: None,
        rule: Rule::Lost(|official, ours| {
            let words = "but it is required when building";
            ours.kind == "output" && says(official, "response error", words)
        }),
    },
    Difference {
        name: "required structures with schemas",
        reason: "Official crates that serialize by schemas do not fill in a structure that a service \
                 leaves out. Ours does, as all others do.",
        format: Some(Format::Json),
        rule: Rule::Response(tolerance::filled_in),
    },
    words::WHICH_OF_TWO,
    words::HEADERS,
    words::AUTHENTICATION,
    Difference {
        name: "malformed messages with schemas",
        reason: "Official crates that serialize by schemas cannot read an error whose message has half \
                 a surrogate pair. Ours knows the error by its code, as all others do.",
        format: Some(Format::Json),
        rule: Rule::Lost(|official, ours| {
            let words = "malformed string in error body";
            ours.kind == "service error" && says(official, "response error", words)
        }),
    },
    Difference {
        name: "bodies that are no JSON",
        reason: "The parsers of the official crates check other parts of what they pass over than \
                 the runtime's does: a wrong number in an unknown member, or text after the end. \
                 What both read is the same.",
        format: Some(Format::Json),
        rule: Rule::Refusal(|model, _, response| {
            model.protocol.format() == Format::Json && !is_json(&response.body.bytes())
        }),
    },
    Difference {
        name: "words of serializers",
        reason: "A time that cannot be written is refused by both, in words of their own.",
        format: None,
        rule: Rule::Outcome(write_error),
    },
    Difference {
        name: "words about what endpoints need",
        reason: "Both refuse a call without a member that its endpoint is made of. The official \
                 crates find it in an interceptor, and ours where it finds everything else that is \
                 missing.",
        format: None,
        rule: Rule::Outcome(missing_for_endpoint),
    },
    Difference {
        name: "empty responses",
        reason: "With nothing in its body a response is an output without members for ours. The \
                 official crates want an element.",
        format: Some(Format::Xml),
        rule: Rule::Refusal(|_, _, response| response.body.bytes().is_empty()),
    },
    Difference {
        name: "what errors in XML say",
        reason: "Ours takes `message` for the message of an error that has no `Message`, and a code \
                 with nothing in it for none. The official crates take only `Message`, and the empty \
                 code. Of several elements `Error` ours reads the first, and they all.",
        format: Some(Format::Xml),
        rule: Rule::Response(xml::as_ours_reads),
    },
    Difference {
        name: "request ids of bodies",
        reason: "The body of an error says the id of its request, which ours takes if no header \
                 says one.",
        format: Some(Format::Xml),
        rule: Rule::Outcome(without_request_id),
    },
    Difference {
        name: "XML without an error",
        reason: "A document without an element `Error` cannot be read as an error by ours, and is \
                 an error without a code for the official crates.",
        format: Some(Format::Xml),
        rule: Rule::Refusal(xml::has_no_error),
    },
    Difference {
        name: "elements in what errors say",
        reason: "A code or a message with elements in it is another member for ours. The official \
                 crates cannot read the error.",
        format: Some(Format::Xml),
        rule: Rule::Refusal(xml::says_elements),
    },
    Difference {
        name: "entries without a key or a value",
        reason: "Ours passes over an entry of a map that says no key or no value, as over a null in \
                 JSON. The official crates find the response unreadable.",
        format: Some(Format::Xml),
        rule: Rule::Response(xml::whole_entries),
    },
    Difference {
        name: "bodies of outputs without members",
        reason: "Official crates do not look at the body where an output has no members. Ours takes \
                 a response whose body is not what the protocol has, such as the page of a proxy or \
                 half of a structure, for no answer of the service.",
        format: None,
        rule: Rule::OurRefusal(|model, operation, response| {
            (200..300).contains(&response.status)
                && model.fields(operation.output).is_empty()
                && !is_structure(model.protocol.format(), &response.body.bytes())
        }),
    },
    requests::LISTS,
    requests::ORDER,
    requests::LENGTHS,
    requests::LENGTHS_OF_BODIES,
    Difference {
        name: "raw identifiers",
        reason: "The official crates say `r#type` in the text about a member that is missing, and \
                 print such a member of a structure that hides others. Ours say `type`.",
        format: None,
        rule: Rule::Outcome(|outcome| {
            outcome.debug.visit(&mut |node| {
                if let Node::Fields(_, fields) = node {
                    fields
                        .iter_mut()
                        .for_each(|(name, _)| *name = name.replace("r#", ""));
                }
            });
            if let Some(facts) = &mut outcome.error {
                for text in facts.chain.iter_mut().chain(&mut facts.converted_chain) {
                    *text = text.replace("r#", "");
                }
            }
        }),
    },
    Difference {
        name: "names of errors",
        reason: "The official crates print the model's name of an error as well where Rust's is \
                 spelled otherwise.",
        format: Some(Format::Xml),
        rule: Rule::Outcome(without_shape_names),
    },
    Difference {
        name: "bodies that are no XML",
        reason: "Ours refuses a body that is not a well-formed document: half an answer must not look \
                 like a whole one. The official crates read what they find in one that is cut off, \
                 that has two roots, or whose tags do not match.",
        format: Some(Format::Xml),
        rule: Rule::OurRefusal(|model, _, response| {
            model.protocol.format() == Format::Xml && !xml::is_document(&response.body.bytes())
        }),
    },
    Difference {
        name: "texts that are no UTF-8",
        reason: "A member that is the whole body and a text has U+FFFD for what is no UTF-8: the \
                 runtime reads it. The official crates find the response unreadable.",
        format: None,
        rule: Rule::Refusal(|model, operation, response| {
            let fields = model.fields(operation.output);
            let is_text = fields.iter().any(|(field, member)| {
                field.ty == Type::String && member.traits.contains(&SchemaTrait::HttpPayload)
            });
            is_text && String::from_utf8(response.body.bytes()).is_err()
        }),
    },
    Difference {
        name: "lists of nothing in forms",
        reason: "A list whose structures have no members is empty in a form, and written as an \
                 empty list by the runtime's serializer. The official crates leave it out.",
        format: Some(Format::Xml),
        rule: Rule::Form(form::lists_of_nothing),
    },
    Difference {
        name: "nulls in CBOR",
        reason: "Ours passes over a null wherever there is no value, and over a code or a message \
                 that is no text. The official crates cannot read a null in a required member, a list \
                 or a map, nor such a code, and take what is in such a message for members.",
        format: Some(Format::Cbor),
        rule: Rule::Response(cbor::nulls),
    },
    Difference {
        name: "messages in CBOR that are no text",
        reason: "Where the model has a member that is the message, ours cannot read an error which \
                 says something else than text there. What the official crates make of it depends on \
                 what follows.",
        format: Some(Format::Cbor),
        rule: Rule::OurRefusal(cbor::has_wrong_message),
    },
    Difference {
        name: "bodies that are no CBOR",
        reason: "Ours refuses an answer that ends too early. The official crates say what they have \
                 found of an error until then.",
        format: Some(Format::Cbor),
        rule: Rule::OurRefusal(cbor::is_damaged),
    },
    Difference {
        name: "lengths of lists in CBOR",
        reason: "The runtime's serializer marks the end of a list, the official crates say its length \
                 before it. Both are the same value.",
        format: Some(Format::Cbor),
        rule: Rule::Form(form::same_cbor),
    },
    Difference {
        name: "spelling of floats in XML",
        reason: "The runtime's serializer writes the float 1.0 as `1`, and never has an exponent: it is \
                 the same number.",
        format: Some(Format::Xml),
        rule: Rule::Form(xml::floats),
    },
    Difference {
        name: "collections of sensitive elements",
        reason: "The official crates print lists and maps whose elements are sensitive.",
        format: None,
        rule: Rule::Hidden,
    },
    Difference {
        name: "hidden without the model",
        reason: "The official crates do not print what a newer model says is sensitive.",
        format: Some(Format::Xml),
        rule: Rule::HiddenThere,
    },
];
