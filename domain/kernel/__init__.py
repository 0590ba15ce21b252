"""What every part of the domain stands on: identifiers, errors, words that name nobody, pages of a list."""
