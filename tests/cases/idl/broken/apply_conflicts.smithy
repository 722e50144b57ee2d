$version: "2.0"

namespace example.weather

@length(min: 1)
string Name

apply Name @length(min: 2)
