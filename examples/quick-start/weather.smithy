$version: "2.0"

namespace example.weather

/// Tells the weather of tomorrow.
@smithy.protocols#rpcv2Json
service Weather {
    version: "2026-01-01"
    operations: [GetForecast]
}

/// Returns the forecast for a city.
operation GetForecast {
    input := { @required city: String }
    output := { celsius: Float, sky: String }
    errors: [NoSuchCity]
}

@error("client")
structure NoSuchCity { message: String }
