"""Work that no request waits for: timers and jobs, done by one holder, each tick an act by the service."""
