"""What `peer-support` does on the command line. Each command says in one line what is wrong, never in a traceback."""
