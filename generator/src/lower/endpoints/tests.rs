//! Wrong rule sets and their diagnostics.

use super::{Partitions, lower};
use crate::diagnostics::{Diagnostics, Place, Source};
use crate::smithy;

/// Wraps a rule set, or other traits, in a minimal model.
fn model(traits: &str) -> String {
    format!(
        r#"{{
"smithy": "2.0",
"shapes": {{
"test#Service": {{
    "type": "service",
    "operations": [{{ "target": "test#Operation" }}],
    "traits": {{ {traits} }}
}},
"test#Operation": {{
    "type": "operation",
    "input": {{ "target": "smithy.api#Unit" }},
    "output": {{ "target": "smithy.api#Unit" }}
}}
}}
}}"#
    )
}

fn partitions() -> Partitions {
    let json = serde_json::json!({ "partitions": [{
        "id": "aws",
        "regionRegex": "^us-\\w+-\\d+$",
        "regions": {},
        "outputs": {
            "name": "aws",
            "dnsSuffix": "amazonaws.com",
            "dualStackDnsSuffix": "api.aws",
            "supportsFIPS": true,
            "supportsDualStack": true,
            "implicitGlobalRegion": "us-east-1"
        }
    }] });
    let mut diagnostics = Diagnostics::new();
    Partitions::parse(&json, &Place::root(), &mut diagnostics).expect("the partitions are right")
}

fn resolved(source: &Source) -> smithy::Model {
    let mut problems = Diagnostics::new();
    let ast = smithy::parse(source, &mut problems).expect("the model can be read");
    smithy::assemble(&ast, None, &mut problems)
        .and_then(|model| model.resolve(None, smithy::LeftOut::default(), &mut problems))
        .unwrap_or_else(|| panic!("{}", problems.in_source(source)))
}

/// The messages and remedies for a model whose service has these traits.
pub(super) fn problems(traits: &str) -> Vec<String> {
    let source = Source::new("model.json", model(traits));
    let model = resolved(&source);
    let mut diagnostics = Diagnostics::new();
    let (lowered, _) = lower(&model, &partitions(), &mut diagnostics);
    assert_eq!(lowered.is_none(), !diagnostics.is_empty(), "{diagnostics}");
    let lines = diagnostics
        .iter()
        .map(|problem| format!("{} | {}", problem.message(), problem.remedy()));
    lines.collect()
}

/// A rule set with two parameters and these rules.
fn rules(rules: &str) -> String {
    format!(
        r#""smithy.rules#endpointRuleSet": {{ "version": "1.0", "parameters": {{
            "Region": {{ "type": "string", "required": true, "documentation": "d" }},
            "Bucket": {{ "type": "string", "documentation": "d" }},
            "Flag": {{ "type": "boolean", "documentation": "d" }}
        }}, "rules": [{rules}] }}"#
    )
}

/// An error rule with one condition.
fn condition(condition: &str) -> String {
    rules(&format!(
        r#"{{ "type": "error", "conditions": [{condition}], "error": "e" }}"#
    ))
}

fn check(cases: &[(String, &[&str])]) {
    for (traits, expected) in cases {
        let problems = problems(traits);
        assert_eq!(problems, *expected, "{traits}");
    }
}

#[test]
fn functions() {
    check(&[
        (
            condition(r#"{ "fn": "parseUrl", "argv": ["x"] }"#),
            &["`parseUrl` is not a function that the generator knows | did you mean `parseURL`?"],
        ),
        (
            condition(r#"{ "fn": "isSet", "argv": [{ "ref": "Buckets" }] }"#),
            &[
                "`Buckets` is neither a parameter nor a variable that has been assigned | did you mean `Bucket`?",
            ],
        ),
        (
            condition(r#"{ "fn": "stringEquals", "argv": [{ "ref": "Flag" }, "x"] }"#),
            &[
                "`stringEquals` takes a string here, but this is a boolean that may be unset | check it with an earlier `isSet` condition, or give the parameter a `default` and `\"required\": true`",
            ],
        ),
        (
            condition(r#"{ "fn": "booleanEquals", "argv": [{ "ref": "Region" }, true] }"#),
            &[
                "`booleanEquals` takes a boolean here, but this is a string | use an expression of the right type",
            ],
        ),
        (
            condition(r#"{ "fn": "not", "argv": [] }"#),
            &[
                "`not` takes 1 argument, and 0 are given | see the function's description in the specification of the rules engine",
            ],
        ),
    ]);
}

#[test]
fn references_and_paths() {
    check(&[
        (
            condition(r#"{ "fn": "stringEquals", "argv": ["{Region", "x"] }"#),
            &[
                "a reference is not closed in `{Region` | close the reference with `}`, or write `{{` for a brace",
            ],
        ),
        (
            condition(r#"{ "fn": "stringEquals", "argv": ["{Bucket}", "x"] }"#),
            &[
                "`Bucket` is optional and may be unset here, so it cannot be part of a text | check it with an earlier `isSet` condition, or give the parameter a `default` and `\"required\": true`",
            ],
        ),
        (
            condition(
                r#"{ "fn": "getAttr", "argv": [{ "fn": "aws.partition", "argv": ["{Region}"] }, "suffix"] }"#,
            ),
            &[
                "a partition has no attribute `suffix` | use one of name, dnsSuffix, dualStackDnsSuffix, supportsFIPS, supportsDualStack, implicitGlobalRegion",
            ],
        ),
        (
            condition(r#"{ "fn": "getAttr", "argv": [{ "ref": "Region" }, "[0]"] }"#),
            &["only an array has an index, and this is a string | remove the index"],
        ),
        (
            condition(r#"{ "fn": "coalesce", "argv": [{ "ref": "Bucket" }, true] }"#),
            &[
                "this is a boolean, and the argument before it is a string that may be unset | give all alternatives the same type",
            ],
        ),
        (
            condition(r#"{ "fn": "substring", "argv": ["x", -1, 2, false] }"#),
            &["-1 is not a number that functions take | write a whole number that is not negative"],
        ),
        (
            condition(r#"{ "fn": "parseURL", "argv": ["x"], "assign": "Region" }"#),
            &["`Region` is already the name of a parameter or a variable | choose another name"],
        ),
        (
            condition(r#""isSet""#),
            &["a condition has to call a function | write `{\"fn\": …, \"argv\": […]}`"],
        ),
    ]);
}

#[test]
fn rules_and_results() {
    let endpoint = |endpoint: &str| {
        rules(&format!(
            r#"{{ "type": "endpoint", "conditions": [], "endpoint": {endpoint} }}"#
        ))
    };
    check(&[
        (
            rules(""),
            &["there are no rules here | add at least one endpoint or error rule"],
        ),
        (
            rules(r#"{ "type": "goto", "conditions": [] }"#),
            &["`goto` is not a type of rule | use `endpoint`, `error` or `tree`"],
        ),
        (
            rules(r#"{ "type": "error", "error": "e" }"#),
            &["a rule has to list its conditions | add `\"conditions\": []` if there are none"],
        ),
        (
            rules(r#"{ "type": "error", "conditions": [], "error": { "ref": "Flag" } }"#),
            &[
                "a string is required here, but this is a boolean that may be unset | check it with an earlier `isSet` condition, or give the parameter a `default` and `\"required\": true`",
            ],
        ),
        (endpoint("{}"), &["the endpoint has no URL | add `url`"]),
        (
            endpoint(r#"{ "url": "https://x", "headers": { "a": "b" } }"#),
            &["the values of the header `a` are not a list | write a list, even of one value"],
        ),
        (
            endpoint(r#"{ "url": "https://x", "properties": { "authSchemes": [{}] } }"#),
            &["an authentication scheme has no name | add `name`, such as `sigv4`"],
        ),
        (
            endpoint(r#"{ "url": "https://x", "properties": { "a": [1.5, "{Flag}"] } }"#),
            &["1.5 is not a number that endpoint properties can hold | write a whole number"],
        ),
        // All rules are checked, even if the first is wrong.
        (
            rules(
                r#"{ "type": "error", "conditions": [], "error": "}" },
                   { "type": "error", "conditions": [], "error": "{}" }"#,
            ),
            &[
                "a `}` has no `{` before it in `}` | remove the brace, or write `}}` if it is part of the text",
                "a reference names nothing in `{}` | write `{name}` or `{name#path}`",
            ],
        ),
    ]);
}

#[test]
fn parameters() {
    let parameter = |parameter: &str| {
        format!(
            r#""smithy.rules#endpointRuleSet": {{ "version": "1.0",
            "parameters": {{ "P": {parameter} }},
            "rules": [{{ "type": "error", "conditions": [], "error": "e" }}] }}"#
        )
    };
    check(&[
        (
            r#""smithy.rules#endpointRuleSet": { "version": "2.0", "parameters": {}, "rules": [
               { "type": "error", "conditions": [], "error": "e" }] }"#
                .to_owned(),
            &["version 2.0 of the rules engine is not known | use one of 1.0, 1.1, 1.2, 1.3"],
        ),
        (
            parameter(r#"{ "type": "integer" }"#),
            &["`integer` is not a type of parameters | use `string`, `boolean` or `stringArray`"],
        ),
        (
            parameter(r#"{ "type": "boolean", "default": true }"#),
            &[
                "a parameter with a default is always set, and must be marked as such | add `\"required\": true`, or remove the default",
            ],
        ),
        (
            parameter(r#"{ "type": "boolean", "required": true, "default": "no" }"#),
            &["the default \"no\" is not of the parameter's type | write `true` or `false`"],
        ),
        (
            parameter(
                r#"{ "type": "boolean", "required": true, "builtIn": "AWS::S3::Accelerate" }"#,
            ),
            &[
                "`P` is required and nothing can set it: no client has the built-in `AWS::S3::Accelerate` | give the parameter a default, or make it optional",
            ],
        ),
        (
            parameter(
                r#"{ "type": "string", "required": true, "builtIn": "AWS::Auth::AccountId" }"#,
            ),
            &[
                "`P` is required, and the account is only known after parameters are built | make the parameter optional, and let a rule test whether it is set",
            ],
        ),
        (
            parameter(r#"{ "type": "string" }, "p": { "type": "string" }"#),
            &[
                "`P` and `p` are both `p` in Rust | rename one of them: the names of parameters must differ in more than case",
            ],
        ),
    ]);
}

#[test]
fn traits_beside_the_rules() {
    let with = |traits: &str| {
        rules(r#"{ "type": "error", "conditions": [], "error": "e" }"#) + "," + traits
    };
    check(&[
        (
            with(r#""smithy.rules#clientContextParams": { "Q": { "type": "string" } }"#),
            &[
                "`Q` is not a parameter of the endpoint rules | add it to the rule set's `parameters`, or remove it here",
            ],
        ),
        (
            with(
                r#""smithy.rules#endpointTests": { "version": "1.0", "testCases": [
                 { "params": { "Zone": "a", "Flag": "b" }, "expect": {} }] }"#,
            ),
            &[
                "`Zone` is not a parameter of the endpoint rules | add it to the rule set's `parameters`, or remove it here",
                "\"b\" is not of the parameter's type | write `true` or `false`",
                "the case expects neither an error nor an endpoint with a URL | add either `error` or `endpoint`",
            ],
        ),
    ]);
}

#[test]
fn bindings() {
    let problems = |path: &str| {
        let text = include_str!("tests/bindings.json").replace("PATH", path);
        let source = Source::new("bindings.json", text);
        let model = resolved(&source);
        let mut diagnostics = Diagnostics::new();
        let (endpoints, parameters) = lower(&model, &partitions(), &mut diagnostics);
        assert!(endpoints.is_some(), "{diagnostics}");
        let operation = &model.operations[0];
        super::bindings(&model, operation, &parameters, &mut diagnostics);
        let messages: Vec<_> = diagnostics
            .iter()
            .map(|problem| problem.message().to_owned())
            .collect();
        messages
    };
    for (path, expected) in [
        ("names", None),
        ("things[*].name", None),
        ("things[*].names[]", None),
        (
            "things[*].[name, kind][]",
            Some("what is selected has different types"),
        ),
        (
            "things[*].name.first",
            Some("the string `smithy.api#String` has no member `first`"),
        ),
        (
            "things[*].names[*]",
            Some("a list of lists is not a list of strings"),
        ),
        ("things", Some("the structure `test#Thing` is not a string")),
        ("keys(map)", None),
        ("map.*", None),
        ("keys(names)", Some("the list `test#Names` has no keys")),
        (
            "count",
            Some("the integer `smithy.api#Integer` is not a list"),
        ),
        (
            "nothing",
            Some("the structure `test#Input` has no member `nothing`"),
        ),
    ] {
        let expected = expected
            .map(|problem| format!("`{path}` cannot be bound to the parameter `Names`: {problem}"));
        assert_eq!(problems(path), Vec::from_iter(expected));
    }
    assert_eq!(
        problems("names[0]"),
        ["`names[0]` is not a path that the endpoint rules can be bound to"]
    );
}

#[test]
fn no_rules() {
    check(&[(r#""smithy.api#documentation": "d""#.to_owned(), &[])]);
}

#[test]
fn partitions_files() {
    let check = |json: serde_json::Value, expected: &[&str]| {
        let mut diagnostics = Diagnostics::new();
        let parsed = Partitions::parse(&json, &Place::root(), &mut diagnostics);
        assert!(parsed.is_none());
        let messages: Vec<_> = diagnostics
            .iter()
            .map(|problem| problem.message())
            .collect();
        assert_eq!(messages, expected);
    };
    check(
        serde_json::json!({}),
        &["the file holds no list of partitions"],
    );
    check(
        serde_json::json!({ "partitions": [{ "id": "aws", "regionRegex": "^.*$", "outputs": {
            "name": "aws", "dnsSuffix": "a", "dualStackDnsSuffix": 1, "supportsFIPS": true,
            "supportsDualStack": true
        } }] }),
        &[
            "`dualStackDnsSuffix` is the number 1 and must be a string",
            "the outputs lack `implicitGlobalRegion`",
            "`^.*$` is not a regular expression that can be compiled into matching code",
        ],
    );
}
