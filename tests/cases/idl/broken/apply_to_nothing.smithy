$version: "2.0"

namespace example.weather

string Name

apply Nmae @length(min: 2)
