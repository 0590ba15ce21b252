"""A supporter: someone in custody who gives time to others, from application to the end of the role."""
