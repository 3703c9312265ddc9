"""The page on which a letter can be opened by somebody without an account."""
