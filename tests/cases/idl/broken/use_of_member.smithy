$version: "2.0"

namespace example.weather

use example.maps#Place$name

structure City {}
