$version: "2.0"

namespace example.weather

@aws.protocols#restJson1
service Weather {
    version: "1"
    operations: [GetCity]
}

@http(method: "GET", uri: "/city")
operation GetCity {
    output := {
        name: Stirng
    }
}
