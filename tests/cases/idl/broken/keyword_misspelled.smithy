$version: "2.0"

namespace example.weather

strucutre City {
    name: String
}
