"""What a language model's calls use up: tokens, and what they cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Used:
    """Tokens of one call, as the provider counts them; 0 where it does not tell."""

    input_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: "Used") -> "Used":
        return Used(self.input_tokens + other.input_tokens, self.output_tokens + other.output_tokens)


@dataclass(frozen=True, slots=True)
class Prices:
    """Yen for a million tokens."""

    input: float = 0.0
    output: float = 0.0

    def of(self, used: Used) -> float:
        """Yen."""
        return (self.input * used.input_tokens + self.output * used.output_tokens) / 1e6


NOTHING_USED, FREE = Used(), Prices()
