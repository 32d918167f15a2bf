"""Files of people whom nobody knows are read in a process of its own, which may fail without harm to any other."""
