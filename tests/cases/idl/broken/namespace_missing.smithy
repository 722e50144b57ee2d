$version: "2.0"

structure City {}
