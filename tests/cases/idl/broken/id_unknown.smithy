$version: "2.0"

namespace example.weather

resource City {}

@references([{ resource: Citty }])
structure Summary {}
