//! Models that are large in one way, or nested deeply.

use serde_json::{Map, Value, json};

/// A service with an operation that takes these members.
fn service(members: Map<String, Value>, shapes: Map<String, Value>) -> Value {
    let mut all = json!({
        "a#Service": {
            "type": "service",
            "operations": [{ "target": "a#Operation" }],
            "traits": { "aws.protocols#restJson1": {} }
        },
        "a#Operation": {
            "type": "operation",
            "input": { "target": "a#Input" },
            "traits": { "smithy.api#http": { "method": "POST", "uri": "/" } }
        },
        "a#Input": { "type": "structure", "members": members }
    });
    all.as_object_mut().expect("it is an object").extend(shapes);
    json!({ "smithy": "2.0", "shapes": all })
}

fn target(id: impl AsRef<str>) -> Value {
    json!({ "target": id.as_ref() })
}

/// So many shapes that are made from their numbers, all of them members of the input.
fn many(size: usize, shape: impl Fn(usize) -> Value) -> Value {
    let members = (0..size).map(|at| (format!("member{at:06}"), target(format!("a#Shape{at:06}"))));
    let shapes = (0..size).map(|at| (format!("a#Shape{at:06}"), shape(at)));
    service(members.collect(), shapes.collect())
}

/// The input with another member, behind which is one shape.
fn one(id: &str, shape: Value) -> Value {
    let members = [("member".to_owned(), target(id))].into_iter().collect();
    service(members, [(id.to_owned(), shape)].into_iter().collect())
}

pub fn members(size: usize) -> Value {
    let members = (0..size).map(|at| (format!("member{at:06}"), target("smithy.api#String")));
    service(members.collect(), Map::new())
}

pub fn structures(size: usize) -> Value {
    many(
        size,
        |_| json!({ "type": "structure", "members": { "text": target("smithy.api#String") } }),
    )
}

pub fn variants(size: usize) -> Value {
    let members = (0..size).map(|at| (format!("member{at:06}"), target("smithy.api#String")));
    let members: Map<_, _> = members.collect();
    one("a#Union", json!({ "type": "union", "members": members }))
}

pub fn enum_values(size: usize) -> Value {
    let members = (0..size).map(|at| (format!("VALUE_{at:06}"), target("smithy.api#Unit")));
    let members: Map<_, _> = members.collect();
    one("a#Enum", json!({ "type": "enum", "members": members }))
}

pub fn operations(size: usize) -> Value {
    let mut model = structures(size / 10);
    let shapes = model["shapes"].as_object_mut().expect("it has shapes");
    let output = shapes["a#Input"].clone();
    shapes.insert("a#Output".to_owned(), output);
    let mut listed = Vec::new();
    for at in 0..size {
        let id = format!("a#Operation{at:06}");
        listed.push(target(&id));
        let http = json!({ "method": "POST", "uri": format!("/{at}") });
        let operation = json!({
            "type": "operation",
            "output": target(format!("a#Output{at:06}")),
            "traits": { "smithy.api#http": http }
        });
        let output = json!({ "type": "structure", "members": { "all": target("a#Output") } });
        shapes.insert(id, operation);
        shapes.insert(format!("a#Output{at:06}"), output);
    }
    shapes["a#Service"]["operations"] = listed.into();
    model
}

pub fn cycles(size: usize) -> Value {
    many(size, |at| {
        let next = target(format!(
            "a#Shape{:06}",
            at - at % 4 + (at + 1) % 4 % (size - at + at % 4)
        ));
        json!({ "type": "structure", "members": { "next": next } })
    })
}

pub fn stars(size: usize) -> Value {
    let mut model = many(
        size,
        |_| json!({ "type": "structure", "members": { "back": target("a#Center") } }),
    );
    let members = (0..size).map(|at| (format!("member{at:06}"), target(format!("a#Shape{at:06}"))));
    let members: Map<_, _> = members.collect();
    model["shapes"]["a#Center"] = json!({ "type": "structure", "members": members });
    model
}

pub fn lists(size: usize) -> Value {
    let mut model = many(
        size,
        |at| json!({ "type": "list", "member": target(format!("a#Inner{at:06}")) }),
    );
    for at in 0..size {
        let inner = json!({ "type": "list", "member": target("smithy.api#String") });
        model["shapes"][format!("a#Inner{at:06}")] = inner;
    }
    model
}

pub fn mixins(size: usize) -> Value {
    let mut model = many(size, |at| {
        let members = json!({ format!("member{at:06}"): target("smithy.api#String") });
        json!({ "type": "structure", "members": members, "traits": { "smithy.api#mixin": {} } })
    });
    let mixins = (0..size).map(|at| target(format!("a#Shape{at:06}")));
    let mixins: Vec<_> = mixins.collect();
    model["shapes"]["a#Input"] = json!({ "type": "structure", "members": {}, "mixins": mixins });
    model
}

pub fn users_of_a_mixin(size: usize) -> Value {
    let mut model = many(
        size,
        |_| json!({ "type": "structure", "members": {}, "mixins": [target("a#Mixin")] }),
    );
    model["shapes"]["a#Mixin"] = json!({
        "type": "structure",
        "members": { "text": target("smithy.api#String") },
        "traits": { "smithy.api#mixin": {} }
    });
    model
}

pub fn errors(size: usize) -> Value {
    let mut model = many(
        size,
        |_| json!({ "type": "structure", "members": {}, "traits": { "smithy.api#error": "client" } }),
    );
    model["shapes"]["a#Input"]["members"] = json!({});
    let errors = (0..size).map(|at| target(format!("a#Shape{at:06}")));
    model["shapes"]["a#Operation"]["errors"] = errors.collect();
    model
}

pub fn resources(size: usize) -> Value {
    let mut model = members(1);
    let resources = (0..size).map(|at| target(format!("a#Resource{at:06}")));
    model["shapes"]["a#Service"]["resources"] = resources.collect();
    for at in 0..size {
        model["shapes"][format!("a#Resource{at:06}")] = json!({ "type": "resource" });
    }
    model
}

pub fn parameters(size: usize) -> Value {
    let mut model = members(1);
    let parameters = (0..size).map(|at| (format!("Parameter{at:06}"), json!({ "type": "string" })));
    let parameters: Map<_, _> = parameters.collect();
    model["shapes"]["a#Service"]["traits"]["smithy.rules#endpointRuleSet"] = json!({
        "version": "1.0",
        "parameters": parameters,
        "rules": [{ "type": "error", "conditions": [], "error": "none" }]
    });
    model
}

pub fn names(size: usize) -> Value {
    let mut model = members(size);
    let members = model["shapes"]["a#Input"]["members"].as_object_mut();
    for member in members.expect("it has members").values_mut() {
        member["traits"] = json!({ "smithy.api#documentation": "Not `member000000`, nor `this`." });
    }
    model
}

pub fn problems(size: usize) -> Value {
    let mut model = structures(size);
    let members = model["shapes"]["a#Input"]["members"].as_object_mut();
    for member in members.expect("it has members").values_mut() {
        let missing = format!("{}x", member["target"].as_str().expect("it has a target"));
        member["target"] = missing.into();
    }
    model
}

pub fn chain(levels: usize, shape: &dyn Fn(Value) -> Value) -> Value {
    let shapes = (0..levels).map(|at| {
        let next = match at + 1 == levels {
            true => target("smithy.api#String"),
            false => target(format!("a#Shape{:06}", at + 1)),
        };
        (format!("a#Shape{at:06}"), shape(next))
    });
    let members = [("member".to_owned(), target("a#Shape000000"))];
    service(members.into_iter().collect(), shapes.collect())
}

pub fn ring(levels: usize) -> Value {
    let mut model = chain(
        levels,
        &|next| json!({ "type": "structure", "members": { "next": next } }),
    );
    let last = &mut model["shapes"][format!("a#Shape{:06}", levels - 1)];
    last["members"]["next"] = target("a#Shape000000");
    model
}

pub fn nested_mixins(levels: usize) -> Value {
    let mut model = members(1);
    for at in 0..levels {
        let mixins = (at > 0).then(|| target(format!("a#Mixin{:06}", at - 1)));
        model["shapes"][format!("a#Mixin{at:06}")] = json!({
            "type": "structure",
            "members": { format!("member{at}"): target("smithy.api#String") },
            "mixins": mixins.into_iter().collect::<Vec<_>>(),
            "traits": { "smithy.api#mixin": {} }
        });
    }
    model["shapes"]["a#Input"]["mixins"] = json!([target(format!("a#Mixin{:06}", levels - 1))]);
    model
}
