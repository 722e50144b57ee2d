use serde_json::json;

use super::*;

/// A service with one item of each kind.
fn model() -> ModelNames {
    ModelNames::new(&json!({ "shapes": {
        "a#Service": {
            "type": "service",
            "errors": [{ "target": "a#Busy" }],
            "traits": { "smithy.rules#endpointRuleSet": { "parameters": { "Bucket": {} } } },
        },
        "a#GetThing": {
            "type": "operation",
            "input": { "target": "a#GetThingRequest" },
            "output": { "target": "a#GetThingResponse" },
            "errors": [{ "target": "a#NotFound" }],
            "traits": { "smithy.waiters#waitable": { "ThingReady": {} } },
        },
        "a#ListThings": { "type": "operation", "traits": { "smithy.api#paginated": {} } },
        "a#GetThingRequest": {
            "type": "structure",
            "mixins": [{ "target": "a#Named" }],
            "members": { "ThingID": { "target": "a#Text" } },
        },
        "a#Named": { "type": "structure", "members": { "Name": {} } },
        "a#GetThingResponse": { "type": "structure", "members": { "thing": {} } },
        "a#Thing": { "type": "structure", "members": { "size": {}, "isOpen": {} } },
        "a#Size": {
            "type": "enum",
            "members": { "T2_MICRO": { "traits": { "smithy.api#enumValue": "t2.micro" } } },
        },
        "a#Old": { "type": "string", "traits": { "smithy.api#enum": [{ "value": "a-b" }] } },
        "a#Events": { "type": "union", "members": { "one": {} } },
        "a#Busy": { "type": "structure" },
        "a#NotFound": { "type": "structure" },
    }}))
}

/// Missing items of the model stay missing, and items that it does not know are left out.
#[test]
fn items_are_told_apart_by_what_the_model_names() {
    let known = [
        "struct crate::types::Thing",
        "struct crate::types::builders::ThingBuilder",
        "struct crate::types::error::builders::NotFoundBuilder",
        "enum crate::types::error::EventsError",
        "mod crate::types::error::builders",
        "use crate::operation::RequestId = RequestId",
        "impl crate::operation::RequestIdExt for crate::Error",
        "method crate::Client::get_thing: fn(&self) -> crate::operation::get_thing::builders::GetThingFluentBuilder",
        "method crate::Client::wait_until_thing_ready: fn(&self) -> crate::waiters::thing_ready::ThingReadyFluentBuilder",
        "method crate::waiters::thing_ready::ThingReadyFluentBuilder::set_name: fn(self)",
        "method crate::operation::list_things::builders::ListThingsFluentBuilder::into_paginator: fn(self) -> crate::operation::list_things::paginator::ListThingsPaginator",
        "field crate::operation::get_thing::GetThingInput.thing_id: core::option::Option<alloc::string::String>",
        "field crate::operation::get_thing::GetThingInput.name: core::option::Option<alloc::string::String>",
        "method crate::operation::get_thing::builders::GetThingInputBuilder::build: fn(self) -> crate::operation::get_thing::GetThingInput",
        "variant crate::operation::get_thing::GetThingError::Busy(crate::types::error::Busy)",
        "method crate::operation::get_thing::GetThingError::is_not_found: fn(&self) -> bool",
        "method crate::operation::get_thing::GetThingError::is_new_kind_of_method: fn(&self) -> bool",
        "field crate::types::Thing.is_open: bool",
        "variant crate::types::Size::T2Micro",
        "variant crate::types::Old::AB",
        "variant crate::types::Events::One(crate::types::Thing)",
        "variant crate::types::Events::Unknown",
        "method crate::config::endpoint::Params::bucket: fn(&self) -> core::option::Option<&str>",
        "method crate::config::Builder::set_region: fn(&mut self) -> &mut Self",
    ];
    let unknown = [
        "struct crate::types::Other",
        "struct crate::types::builders::OtherBuilder",
        "struct crate::types::error::Gone",
        "mod crate::operation::put_thing",
        "method crate::Client::put_thing: fn(&self) -> crate::operation::put_thing::builders::PutThingFluentBuilder",
        "impl core::convert::From<crate::types::error::Gone> for crate::Error",
        "mod crate::waiters::thing_gone",
        "method crate::Client::wait_until_thing_gone: fn(&self)",
        "mod crate::operation::get_thing::paginator",
        "field crate::types::Thing.colour: alloc::string::String",
        "method crate::types::Thing::colour: fn(&self) -> &str",
        "method crate::types::builders::ThingBuilder::set_colour: fn(self)",
        "method crate::types::builders::ThingBuilder::build: fn(self)",
        "field crate::operation::get_thing::GetThingInput.colour: core::option::Option<bool>",
        "method crate::operation::get_thing::builders::GetThingFluentBuilder::get_colour: fn(&self)",
        "method crate::waiters::thing_ready::ThingReadyFluentBuilder::set_colour: fn(self)",
        "variant crate::operation::get_thing::GetThingError::Other(crate::types::error::Busy)",
        "method crate::operation::get_thing::GetThingError::is_other: fn(&self) -> bool",
        "variant crate::types::Size::T2Nano",
        "variant crate::types::Events::Two(crate::types::Thing)",
        "method crate::types::Events::as_two: fn(&self)",
        "method crate::config::endpoint::Params::prefix: fn(&self) -> core::option::Option<&str>",
        "method crate::config::endpoint::ParamsBuilder::set_prefix: fn(self)",
        "method crate::config::Builder::set_prefix: fn(&mut self) -> &mut Self",
    ];
    let official = known
        .iter()
        .chain(&unknown)
        .map(|it| (*it).to_owned())
        .collect();
    let model = model();
    let about = Unknown::new(&official, &model);
    let left_out: Vec<_> = official
        .iter()
        .filter(|item| about.is_about(item))
        .collect();
    let expected: BTreeSet<_> = unknown.iter().map(|it| (*it).to_owned()).collect();
    assert_eq!(left_out, expected.iter().collect::<Vec<_>>());
}
