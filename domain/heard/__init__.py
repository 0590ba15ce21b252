"""Who hears what of what people say of a scheme."""
