"""What a person takes along: an answer, a shortlist or a comparison as Markdown, CSV or Word."""
