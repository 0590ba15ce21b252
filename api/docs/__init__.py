"""The documentation page: Swagger UI, served by us to the last byte. Prison networks have no CDN, nor should they.

`assets/` holds what the page is made of: Swagger UI as its makers published it (`assets/swagger-ui/VERSION.md`) and a
few files of ours. `pages` serves them and the document.
"""
