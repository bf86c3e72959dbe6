"""Values as text: formatted, printed, laid out in columns, outlined by str(), written as code."""
