$version: "2.0"

namespace example.weather

use example.maps#Place
use example.sights#Place

structure City {
    place: Place
}
