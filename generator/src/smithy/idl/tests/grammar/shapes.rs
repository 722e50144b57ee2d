//! Members, mixins, resources, operations and services.

use super::{accepts, refuses};

#[test]
fn members_of_shapes() {
    accepts(&[
        "list A { member : String }\nmap B { key\n:\nString, value:\n// which\nString }\n",
        "list A {\n    /// docs\n    @length(min: 1)\n    member: String,\n}\n",
        "structure A { a: String, b: String c: String }\n",
        "structure A { a: String /// not docs\n }\n",
        "structure A {\n/// dangling\n}\n",
        "structure A {\n    a: String = \"x\"\n    b: Integer = -1,\n    c: Boolean = true // why\n}\n",
        "enum A {\n    B = \"b\"\n    C = \"c\",\n    D\n}\nenum B { C, D E }\n",
        "union A { a: String, b: Integer }\n",
    ]);
    refuses(&[
        (
            "list A { member: String, other: String }\n",
            3,
            26,
            "no member `other`",
        ),
        ("list A { element: String }\n", 3, 10, "no member `element`"),
        (
            "list A { member: String, member: String }\n",
            3,
            26,
            "another member `member`",
        ),
        ("list A { @length(min: 1) }\n", 3, 26, "expected a name"),
        ("map A { key: String }\n", 3, 5, "a map needs a `value`"),
        (
            "map A { value: String, key: String }\n",
            3,
            24,
            "`key` comes before `value`",
        ),
        (
            "map A { key: String, value: String, more: String }\n",
            3,
            37,
            "no member `more`",
        ),
        (
            "map A { key: String,\n value: String\n",
            5,
            1,
            "expected `}`",
        ),
        ("map A { key:\n", 4, 1, "expected a name"),
        ("map A", 3, 6, "expected `{`"),
        ("structure A { a\n: String }\n", 3, 16, "expected `:`"),
        (
            "structure A { a: String, a: String }\n",
            3,
            26,
            "another member `a`",
        ),
        ("structure A { \"a\": String }\n", 3, 15, "expected a name"),
        ("structure A { a: [String] }\n", 3, 18, "expected a name"),
        ("structure A { a := {} }\n", 3, 17, "expected `:`"),
        ("structure A { a: String = }\n", 3, 27, "expected a value"),
        (
            "structure A { a: String =\n 1 }\n",
            3,
            26,
            "expected a value",
        ),
        (
            "structure A { a: String = \"x\" }\n",
            3,
            31,
            "end of the line",
        ),
        ("structure A { a: String = {\n", 4, 1, "expected `}`"),
        ("union A { a: String = \"x\"\n}\n", 3, 21, "expected a name"),
        ("enum A { B = \"b\" }\n", 3, 18, "end of the line"),
        ("enum A { B = b\n}\n", 3, 14, "not a string"),
        ("intEnum A { B = \"b\"\n}\n", 3, 17, "not an integer"),
        ("intEnum A { B = 2147483648\n}\n", 3, 17, "integer"),
        ("intEnum A { B\n}\n", 3, 13, "no value"),
        ("enum A { B: String }\n", 3, 11, "expected a name"),
        (
            "$version: \"1\"\nnamespace a\nstructure A { a: String = \"x\"\n}\n",
            3,
            25,
            "new in version",
        ),
    ]);
}

#[test]
fn mixins_and_resources() {
    accepts(&[
        "@mixin\nstructure A { a: String }\nstructure B with [A] { @required $a }\n",
        "@mixin\nstructure A { a: String }\nstructure B with\n\n[\n// one\nA,]\n\n{ $a = \"x\"\n }\n",
        "@mixin\nlist A { member: String }\nlist B with [A] { @length(min: 1) $member }\nlist C with [A] {}\n",
        "@mixin\nmap A { key: String, value: String }\nmap B with [A] { $key, @length(min: 1) $value }\n",
        "@mixin\nunion A { a: String }\nunion B with [A] { /// docs\n $a, b: Blob }\n",
        "@mixin\n@sensitive\nstring A\nstring B with [A]\ninteger C\n",
        "@mixin\noperation A { errors: [E] }\n@error(\"client\")\nstructure E {}\noperation B with [A] {}\n",
        "@mixin\nservice A { version: \"1\" }\n@mixin\n@internal\nresource R {}\nresource S with [R] {}\n",
        "resource R { identifiers: { id: String }, properties: { p: Blob } }\nstructure A for R { $id, $p }\n",
    ]);
    refuses(&[
        ("structure A with", 3, 17, "expected `[`"),
        ("structure A with {}\n", 3, 18, "expected `[`"),
        ("structure A wit [B] {}\n", 3, 13, "expected `{`"),
        ("structure A with [] {}\n", 3, 19, "names no shape"),
        ("structure A with [1] {}\n", 3, 19, "expected a name"),
        ("structure A\nwith [B] {}\n", 4, 1, "expected `{`"),
        ("union A\nwith [B] {}\n", 4, 1, "expected `{`"),
        ("map A\nwith [B] {}\n", 4, 1, "expected `{`"),
        ("service A\nwith [B] {}\n", 4, 1, "expected `{`"),
        ("operation A\nwith [B] {}\n", 4, 1, "expected `{`"),
        ("timestamp A\nwith [B]\n", 4, 1, "`with` begins a line"),
        ("structure A with [B] for C {}\n", 3, 22, "expected `{`"),
        ("union A for R { $id }\n", 3, 9, "expected `{`"),
        ("structure A for {}\n", 3, 17, "expected a name"),
        ("structure A { $a }\n", 3, 16, "no mixin"),
        (
            "@mixin\nstructure A { a: String }\n@mixin\nstructure B { a: Blob }\nstructure C with [A, B] {}\n",
            4,
            15,
            "two members `a`",
        ),
        (
            "@mixin\nstructure A with [B] {}\n@mixin\nstructure B with [A] {}\n",
            6,
            19,
            "mixin of itself",
        ),
        ("structure A {}\nstructure B with [A] {}\n", 4, 19, "mixin"),
        (
            "@mixin\noperation A { input: B }\nstructure B {}\n",
            4,
            15,
            "mixin",
        ),
        (
            "@mixin\nresource A { identifiers: { id: String } }\n",
            4,
            14,
            "mixin",
        ),
        (
            "$version: \"1\"\nnamespace a\n@mixin\nstructure A {}\n",
            3,
            1,
            "new in version",
        ),
        (
            "%namespace a\n@mixin\nstructure A {}\n",
            2,
            1,
            "new in version",
        ),
        (
            "$version: \"1\"\nnamespace a\nstructure A for B {}\n",
            3,
            13,
            "new in version",
        ),
    ]);
}

#[test]
fn operations_and_services() {
    accepts(&[
        "operation A {}\noperation B {\n}\noperation C { errors: [], input: Unit }\n",
        "operation A { input := {} output := { a: String } }\n",
        "operation A {\n    input :=\n        /// docs\n        @deprecated\n        {}\n    errors: [E\nF]\n}\n\
         @error(\"client\")\nstructure E {}\n@error(\"server\")\nstructure F {}\n",
        "operation A {\n    // what\n    input\n    :\n    Unit\n}\n",
        "operation A { input := for R with [M] { $id } }\nresource R { identifiers: { id: String } }\n\
         @mixin\nstructure M {}\n",
        "service A { version: \"1\", rename: { \"b#C\": \"D\" }, operations: [] }\n",
        "service B {}\n",
        "structure Unit {}\n",
    ]);
    refuses(&[
        ("operation A\n", 4, 1, "expected `{`"),
        ("operation A { inputs: B }\n", 3, 15, "no `inputs`"),
        ("operation A { input: B, input: C }\n", 3, 25, "twice"),
        ("operation A { input := B {} }\n", 3, 24, "expected `{`"),
        ("operation A { input = B }\n", 3, 21, "expected `:`"),
        ("operation A { errors: B }\n", 3, 23, "expected `[`"),
        (
            "operation A { errors: [\"B\"] }\n",
            3,
            24,
            "expected a name",
        ),
        ("operation A { errors: [B\n", 4, 1, "expected a name"),
        ("operation A { errors := [] }\n", 3, 22, "expected `:`"),
        ("operation A { input: B\n", 4, 1, "expected `}`"),
        ("service A { version := \"1\" }\n", 3, 21, "expected `:`"),
        (
            "service A { version: \"1\", version: \"2\" }\n",
            3,
            27,
            "twice",
        ),
        ("service A { operations: B }\n", 3, 25, "not a list"),
        (
            "service A { operations: [1] }\n",
            3,
            26,
            "not the name of a shape",
        ),
        ("service A\n", 4, 1, "expected `{`"),
        (
            "resource A { identifiers: [B] }\n",
            3,
            27,
            "no names and shapes",
        ),
        (
            "resource A { create: {} }\n",
            3,
            22,
            "not the name of a shape",
        ),
    ]);
}
