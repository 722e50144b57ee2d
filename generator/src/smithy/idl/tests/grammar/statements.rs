//! Control statements, metadata, namespaces and the names of shapes.

use super::{accepts, refuses};

#[test]
fn control_and_metadata() {
    accepts(&[
        "%",
        "%// nothing\n",
        "$version: \"1.0\"\n",
        "$\"version\": \"2\"",
        "$other: {a: [1, true, null]}\n$version: \"2\" // behind\nmetadata a = 1\n",
        "%metadata a = 1\nmetadata \"b c\" = {d: [e.f#G], \"h\": \"\"\"\n  i\"\"\"}\nnamespace x\n",
        "%metadata String = String\n",
    ]);
    refuses(&[
        ("$version:\n\"2\"\n", 1, 10, "expected a value"),
        ("$version \"2\"\n", 1, 10, "expected `:`"),
        ("$version: 2\n", 1, 11, "not a string"),
        ("$version: \"2\" namespace a\n", 1, 15, "end of the line"),
        (
            "$\"\"\"\nversion\"\"\": \"2\"\n",
            1,
            2,
            "a text block is not a name",
        ),
        ("$version: \"2\"\nmetadata a = 1\n$b: 1\n", 3, 1, "before"),
        ("$version: \"2\"\nnamespace a\n$b: 1\n", 3, 1, "before"),
        ("$version: \"2\"\n$b: 1\n$b: 1\n", 3, 5, "`$b` is set twice"),
        (
            "metadata c = 1\n",
            3,
            1,
            "`metadata` comes after the namespace",
        ),
        ("%metadata\na = 1\n", 1, 9, "expected a space"),
        ("%metadata a\n= 1\n", 1, 11, "expected `=`"),
        ("%metadata a =\n1\n", 1, 13, "expected a value"),
        (
            "%metadata \"\"\"\na\"\"\" = 1\n",
            1,
            10,
            "a text block is not a name",
        ),
        ("%metadata 1 = 1\n", 1, 10, "expected a name"),
        (
            "%metadata a = {\"\"\"\nb\"\"\": 1}\n",
            1,
            15,
            "a text block is not a name",
        ),
        ("%metadata a = {b: 1, b: 2}\n", 1, 21, "twice"),
        ("%metadata a = {b := 1}\n", 1, 17, "expected `:`"),
        ("%metadata a = [1 2\n", 2, 1, "expected `]`"),
        ("%metadata a = 1 metadata b = 2\n", 1, 16, "end of the line"),
    ]);
}

#[test]
fn namespaces_and_uses() {
    accepts(&[
        "use b.c#D\nuse b.c#d\n",
        "/// nothing\nuse b#C\nstring D\n",
        "string use\nstructure apply { namespace: String, with: use, for: String }\n",
    ]);
    refuses(&[
        ("%namespace\na\n", 1, 10, "expected a space"),
        ("%namespace a.\n", 1, 13, "expected a name"),
        ("%namespace a#b\n", 1, 12, "end of the line"),
        ("%namespace 1a\n", 1, 11, "expected a name"),
        ("namespace b\n", 3, 1, "a namespace already"),
        ("%use a#B\nnamespace c\n", 1, 1, "expected a namespace"),
        ("%@a\nnamespace c\n", 1, 1, "expected a namespace"),
        ("use B\n", 3, 6, "expected `#`"),
        ("use #B\n", 3, 5, "expected a name"),
        ("use b.#C\n", 3, 7, "expected a name"),
        ("use b#\n", 3, 7, "expected a name"),
        ("use b#C$d\n", 3, 5, "a member"),
        ("use b#C use b#D\n", 3, 9, "end of the line"),
        ("use\nb#C\n", 3, 4, "expected a space"),
        ("use b#C\nuse b#C\n", 4, 5, "`C` is used already"),
        (
            "use b#C\nuse d#C\n",
            4,
            5,
            "`C` is used from another namespace already",
        ),
        (
            "use b#C\nstring C\n",
            4,
            8,
            "`C` is the name of a shape that is used",
        ),
        (
            "use b#c\n@trait\nstructure c {}\n",
            5,
            11,
            "`c` is the name",
        ),
        (
            "@trait\nstructure a {}\nuse b#C\n",
            5,
            1,
            "`use` comes after a shape",
        ),
        (
            "metadata b = 1\n",
            3,
            1,
            "`metadata` comes after the namespace",
        ),
        ("@deprecated\nnamespace b\n", 4, 1, "a namespace already"),
    ]);
}

#[test]
fn names_of_shapes() {
    refuses(&[
        ("string", 3, 7, "expected a space"),
        ("string ", 3, 8, "expected a name"),
        ("string\nA\n", 3, 7, "expected a space"),
        ("string 1A\n", 3, 8, "expected a name"),
        ("string A-B\n", 3, 9, "`-`"),
        ("string \"A\"\n", 3, 8, "expected a name"),
        ("stringA\n", 3, 1, "no shape type `stringA`"),
        ("strung A\n", 3, 1, "no shape type `strung`"),
        ("string A string B\n", 3, 10, "end of the line"),
        ("structure A {} structure B {}\n", 3, 16, "end of the line"),
        ("structure ___ {}\n", 3, 14, "underscores"),
        ("!\n", 3, 1, "`!` has no meaning"),
        ("string A\nstring A\nblob A\n", 5, 6, "is defined twice"),
        (
            "$version: \"1\"\nnamespace a\nenum A { B }\n",
            3,
            1,
            "new in version 2.0",
        ),
        ("set A { member: String }\n", 3, 1, "`set`"),
    ]);
}
