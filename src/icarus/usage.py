"""What calls of a language model use."""

from pydantic import Field

from icarus.records import Record


class Usage(Record):
    """What calls used: how many there were, tokens sent and received, what that costs, seconds it took."""

    calls: int = 0
    tokens_in: int = Field(default=0, ge=0)
    tokens_out: int = Field(default=0, ge=0)
    cost: float = 0.0
    seconds: float = 0.0

    @property
    def tokens(self) -> int:
        """Tokens sent and received."""
        return self.tokens_in + self.tokens_out

    def plus(self, other: "Usage", sign: int = 1) -> "Usage":
        """Both together; with the sign -1, this without the other, and never less than nothing."""
        return Usage(
            calls=max(self.calls + sign * other.calls, 0),
            tokens_in=max(self.tokens_in + sign * other.tokens_in, 0),
            tokens_out=max(self.tokens_out + sign * other.tokens_out, 0),
            cost=max(round(self.cost + sign * other.cost, 6), 0.0),
            seconds=max(round(self.seconds + sign * other.seconds, 3), 0.0),
        )
