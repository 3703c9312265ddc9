"""How fast the parts are, each beside a peer that does like work in the same run."""
