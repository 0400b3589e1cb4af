"""One module a subject: each takes a reply and what its case asks, and gives figures by name."""
