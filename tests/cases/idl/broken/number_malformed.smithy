$version: "2.0"

namespace example.weather

@range(min: 1.)
integer Degrees
