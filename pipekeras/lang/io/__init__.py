"""The world outside: connections, programs, the network, R's binary format, and what is permitted."""
