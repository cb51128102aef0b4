"""What a command tells when the index cannot follow the library."""

from types import SimpleNamespace

import pytest

from consultation.errors import BadInput, Unavailable
from madoguchi.operations import followed


@pytest.mark.parametrize("problem", [Unavailable("Chroma is away"), BadInput("だめでした。"), RuntimeError("broken")])
def test_a_failure_to_follow_reaches_the_caller(problem: Exception) -> None:
    def refresh(_: object) -> None:
        raise problem

    house = SimpleNamespace(knowledge=SimpleNamespace(refresh=refresh))
    with pytest.raises(type(problem)):
        list(followed(house, rebuild=False))  # type: ignore[arg-type]
