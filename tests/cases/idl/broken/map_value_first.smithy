$version: "2.0"

namespace example.weather

map Names {
    value: String
    key: String
}
