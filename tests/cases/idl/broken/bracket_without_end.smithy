$version: "2.0"

namespace example.weather

@tags(["a", "b")
structure City {
    name: String
}
