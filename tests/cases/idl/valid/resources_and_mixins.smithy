$version: "2.0"

namespace example.weather

resource City {
    identifiers: { cityId: CityId }
    properties: { name: String }
    read: GetCity
}

string CityId

@mixin
structure Named {
    title: String
    cityId: CityId
}

operation GetCity {
    input := for City {
        @required
        $cityId
    }
    output := for City with [Named] {
        $name
        $title
    }
}

@mixin
list Names {
    member: String
}

list Titles with [Names] {
    @sensitive
    $member
}

apply City @tags(["a"])
apply City { @tags(["b"]) @internal }
apply GetCityOutput$name @sensitive
