$version: "2.0"

namespace example.weather

structure City {
    name String
}

list Cities {
    members: City
}

operation GetCity {
    inputs: GetCityInput
}

string Name @required

structure Fine {}
