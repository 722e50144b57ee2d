$version: "2.0"

metadata list = [1, -2.5, 1e3, true, null, {a: "b", "c d": []}]

namespace example.weather

use example.maps#place

@trait
structure own {}

@trait
list names { member: String }

@own
@names
@place("""
    One
      two\
     three

    "four" \u00e9 \t.
    """)
string A

@documentation("a
b \"c\" \\ \/")
string B
