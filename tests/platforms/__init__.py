"""Servers on loopback that speak a platform's own protocol, so that an adapter is tested with its real library."""
