"""What the areas share: the client, and the line that each step prints."""

import os
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from urllib3 import Retry
from zendesk_oauth import ApiClient, ApiException, Configuration


def client(token: str) -> ApiClient:
    """A client of the account at ZENDESK_URL, with the token from that environment variable."""
    # The path of the document's server stays: the document of Chat has one.
    path = urlsplit(Configuration().host).path
    return ApiClient(
        Configuration(
            host=os.environ["ZENDESK_URL"] + path,
            access_token=os.environ[token],
            # By default urllib3 follows redirects, and on 429 it waits as Retry-After says and repeats the request.
            retries=Retry(total=False),
        )
    )


def expect(what: str, came: object, expected: object) -> None:
    """Compares two values that may be printed."""
    if came != expected:
        raise AssertionError(f"{what} should be {expected!r}, but is {came!r}")


def ensure(holds: bool, expected: str) -> None:
    """For values that must not be printed."""
    if not holds:
        raise AssertionError(f"{expected}; that is not so")


def run(steps: Iterable[Callable[[], None]]) -> bool:
    """Runs the steps in order and says whether all passed."""
    failed = 0
    for step in steps:
        name = step.__name__.replace("_", "-")
        try:
            step()
            print(f"pass {name}", flush=True)
        except Exception as error:
            print(f"fail {name}: {reason(error)}", flush=True)
            failed += 1
    return failed == 0


def reason(error: Exception) -> str:
    """Why a step failed. The text of an ApiException has the headers and the body, secrets included: not for print."""
    if isinstance(error, AssertionError):
        return str(error)
    if isinstance(error, ApiException):
        return f"a success was expected, and {error.status} came"
    if isinstance(error, AttributeError):
        return f"{error.name} is not there"
    return f"{type(error).__name__} was raised"
