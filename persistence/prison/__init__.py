"""The prison's own systems of record: asked for what they know and we do not keep."""
