$version: "2.0"

namespace example.weather

/// Tells the weather of tomorrow.
@smithy.protocols#rpcv2Json
service Weather {
    version: "2026-01-01"
    operations: [GetForecast, ListCities]
}

/// Returns the forecast for a city.
operation GetForecast {
    input := { @required city: String, unit: Unit }
    output := { celsius: Float, sky: String, wind: Float }
    errors: [NoSuchCity]
}

operation ListCities {
    output := { cities: Cities }
}

list Cities { member: String }

enum Unit {
    CELSIUS
    FAHRENHEIT
}

@error("client")
structure NoSuchCity { message: String }
