$version: "2.0"

namespace example.weather

@deprecated("""
    message""": "use City")
structure Town {}

@examples([{ """
    title""": "one" }])
operation GetTown {}
