"""Ready-made kinds, a module a family. Numbers without a source are defaults of domain facts 2.5 and 11.1, for the
partner to confirm."""
