$version: "2.0"

namespace example.weather

operation GetCity {
    ouptut: City
}

structure City {}
