"""Events in the shapes of other data sets and tools. Each module writes one shape into one file, row by row."""
