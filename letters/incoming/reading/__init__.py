"""What came, read without believing any of it: bytes in, plain values out, and never a failure."""
