"""Steps, and what they expect. No line that is printed here shows a secret."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from zendesk_oauth_client.types import Response

failed: list[str] = []

Model = TypeVar("Model")


@contextmanager
def step(name: str) -> Iterator[None]:
    """Says in one line how the step went."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 (whatever it is, the step failed)
        print(f"fail {name}: {reason(error)}")
        failed.append(name)
    else:
        print(f"pass {name}")


def limit(name: str, limit_id: str) -> None:
    """Says that the client still cannot express what the step needs."""
    print(f"limit {name}: {limit_id}")


def expect(what: str, actual: object, expected: object) -> None:
    """Compares what is no secret."""
    assert actual == expected, f"{what}: expected {expected!r}, came {actual!r}"


def body(response: Response[Any], status: int, model: type[Model]) -> Model:
    """The body of an answer with this status, as the client's model of it."""
    expect("status", response.status_code, status)
    came = type(response.parsed).__name__
    assert isinstance(response.parsed, model), f"expected {model.__name__}, came {came}"
    return response.parsed


def reason(error: Exception) -> str:
    """What failed.

    The text of an error that is not ours may quote a URL or a body, so only its kind
    and its place are told.
    """
    if isinstance(error, AssertionError):
        return str(error)
    if isinstance(error, UnboundLocalError):
        return f"needs what an earlier step gives: {error}"
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
