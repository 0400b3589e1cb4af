"""Questions in other languages than the corpus: recognised, glossed into English, answered in a frame of their own."""
