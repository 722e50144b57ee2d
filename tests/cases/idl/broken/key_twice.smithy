$version: "2.0"

namespace example.weather

@length(min: 1, min: 2)
string Name

service Weather {
    version: "1"
    version: "2"
}
