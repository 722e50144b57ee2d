$version: "2.0"

namespace example.weather

resource City {
    identifiers: { cityId: String }
}

structure GetCityInput for City {
    $cityIdd
}
