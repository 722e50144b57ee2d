$version: "2.0"
metadata validators = []
$operationInputSuffix: "Request"

namespace example.weather

metadata more = 1

namespace example.maps
