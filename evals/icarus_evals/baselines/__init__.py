"""What anyone could build in an afternoon over the same corpus: the yardstick beside the assistant."""
