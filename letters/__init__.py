"""Letters about housing that makes people ill; the folder order is the life of a letter."""
