"""A charter as a page for people: HTML, and PDF made by a child process; both of one page, made of a view."""
