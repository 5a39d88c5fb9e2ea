"""What a number's own clause does not say: when and of whom. Found first, with how far each finding holds; resolved afterwards."""
