$version: "2.0"

namespace example.weather

@length(min: 1)
@length(min: 2)
string Name
