"""The same findings for four readers: terminal, web page, pull request, program."""
