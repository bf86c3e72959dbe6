"""R text to a tree: grammar, newline rules, operator precedence, messages, and back to text."""
