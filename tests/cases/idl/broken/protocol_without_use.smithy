$version: "2.0"

namespace example.weather

@rpcv2Json
service Weather {
    version: "1"
    operations: [GetCity]
}

operation GetCity {
    input := {
        @requird
        name: String
    }
}
