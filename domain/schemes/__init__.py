"""A scheme: peer support of one kind in one prison, with a purpose, a partner and a life of its own."""
