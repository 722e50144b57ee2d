$version: "2.0"

namespace example.weather

set Names {
    member: String
}
