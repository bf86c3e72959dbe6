"""The interactive prompt, one file a prompt_toolkit role."""
