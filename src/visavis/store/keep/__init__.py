"""A record that people correct, compare, watch, publish and take pages out of."""
