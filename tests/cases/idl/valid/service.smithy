$version: "2.0"

namespace example.weather

/// Tells the weather.
@aws.protocols#restJson1
service Weather {
    version: "2026-01-01"
    operations: [GetForecast]
    errors: [NoSuchCity]
}

@readonly
@http(method: "GET", uri: "/cities/{city}")
operation GetForecast {
    input := {
        /// The name of the city.
        @httpLabel
        @required
        city: String
    }

    output := {
        celsius: Float
        sky: Sky = "clear"
    }
}

enum Sky {
    CLEAR = "clear"
    RAIN
}

@error("client")
structure NoSuchCity {}
