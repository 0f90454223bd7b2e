"""Servers written from a vendor document alone, without our contract: the suite has to accept them."""
