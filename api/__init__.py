"""Everything that faces the outside: HTTP, the command line, messages. It translates; it neither decides nor keeps."""
