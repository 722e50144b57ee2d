$version: "2.0"

namespace example.weather

@mixin
operation Base {
    input: BaseInput
}

structure BaseInput {}

@smithy.protocols#rpcv2Json
service Weather {
    operations: [GetCity]
}

operation GetCity with [Base] {}
