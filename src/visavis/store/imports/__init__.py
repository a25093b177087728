"""Files of the field, read into typed rows: what a column must be called, what its values may be, and what goes wrong in practice."""
