$version: "2.0"

namespace example.weather

structure City {}

structure GetCityInput for City {
    $cityId
}
