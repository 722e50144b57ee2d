$version: "2.0"

namespace example.weather

@documentation("""
    A city,
    and a \\ path: C:\data
    """)
structure City {}
