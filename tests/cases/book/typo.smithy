$version: "2.0"

namespace example.weather

@smithy.protocols#rpcv2Json
service Weather {
    version: "2026-01-01"
    operations: [GetForecast]
}

operation GetForecast {
    input := { @required city: String }
    output := { celsius: Float, sky: Ski }
}

enum Sky {
    CLEAR
    RAIN
}
