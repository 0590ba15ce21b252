"""The edge: what happens to every request before any route of ours hears of it, and to every answer on its way out.

    envelope   request id, security headers, CORS, rate headers on every answer; the last resort for what nobody caught
    gate       who is it (401), is it within the limits (413, 414, 431, 415, 429); then, and only then, the application
    limits     sizes and media types
    rate       token buckets in memory, bounded
    install    the two put around an application

Pure ASGI, because each of Starlette's `BaseHTTPMiddleware` costs 160 us a request (performance.md 4). In front of
FastAPI, because FastAPI parses a body before it looks at who sent it.
"""
