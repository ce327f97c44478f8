"""OAuth clients of a Support account."""

from urllib3 import HTTPHeaderDict
from zendesk_oauth import (
    ApiException,
    CreateOAuthClient,
    CreateOAuthClientRequest,
    OAuthClient,
    SupportOAuthClientsApi,
    OAuthClientsPage,
    UpdateOAuthClient,
    UpdateOAuthClientRequest,
)
from zendesk_oauth.exceptions import NotFoundException, UnprocessableEntityException

from steps import client, ensure, expect, run

NO_CLIENT = 9007199254740993
NEW_NAME = "Scenario, renamed"


class Support:
    """The steps, and what one leaves for the next."""

    created: OAuthClient

    def __init__(self) -> None:
        self.api = SupportOAuthClientsApi(client("ZENDESK_TOKEN"))

    def create(self) -> None:
        new = CreateOAuthClient(name="Scenario", identifier="scenario", kind="confidential")
        answer = self.api.create_oauth_client_with_http_info(CreateOAuthClientRequest(client=new))
        self.created = answer.data.client
        expect("status", answer.status_code, 201)
        # Here the headers are a plain dict, with names as the server writes them: the case of letters would matter.
        ensure("Location" in HTTPHeaderDict(answer.headers), "the answer has a Location")
        expect("kind", self.created.kind, "confidential")
        expect("identifier", self.created.identifier, "scenario")
        ensure(0 < self.created.id < 2**63, "the id is a positive 64-bit integer")

    def secret_once(self) -> None:
        ensure(is_whole(secret_of(self.created)), "create gives the whole secret")
        shown = secret_of(self.show())
        ensure(shown.endswith("...") and shown != secret_of(self.created), "show gives the secret truncated")

    def list_pages(self) -> None:
        pages = self.pages()
        expect("clients on each page", [len(page.clients) for page in pages], [2, 2, 1])
        expect("has_more", [page.meta is not None and page.meta.has_more for page in pages], [True, True, False])
        ids = [each.id for page in pages for each in page.clients]
        expect("different ids", len(set(ids)), 5)
        ensure(self.created.id in ids, "the new client is among them")

    def update(self) -> None:
        change = UpdateOAuthClient(name=NEW_NAME)
        answer = self.api.update_oauth_client(self.created.id, UpdateOAuthClientRequest(client=change))
        expect("name", answer.client.name, NEW_NAME)
        expect("name, shown", self.show().name, NEW_NAME)

    def generate_secret(self) -> None:
        answer = self.api.generate_oauth_client_secret(self.created.id)
        secret = secret_of(answer.client)
        ensure(is_whole(secret) and secret != secret_of(self.created), "another whole secret is given")

    def not_found(self) -> None:
        try:
            self.api.show_oauth_client(NO_CLIENT)
        except NotFoundException as error:
            expect("status", error.status, 404)
            expect("error", name_of(error), "RecordNotFound")
        else:
            raise AssertionError("404 was expected, and a success came")

    def unprocessable(self) -> None:
        taken = CreateOAuthClient(name="Scenario", identifier="first")
        try:
            self.api.create_oauth_client(CreateOAuthClientRequest(client=taken))
        except UnprocessableEntityException as error:
            expect("status", error.status, 422)
            expect("error", name_of(error), "RecordInvalid")
        else:
            raise AssertionError("422 was expected, and a success came")

    def too_many_requests(self) -> None:
        try:
            self.api.list_my_oauth_clients()
        except ApiException as error:
            expect("status", error.status, 429)
            expect("Retry-After", error.headers and error.headers["Retry-After"], "7")
        else:
            raise AssertionError("429 was expected, and a success came")

    def delete(self) -> None:
        answer = self.api.delete_oauth_client_with_http_info(self.created.id)
        expect("status", answer.status_code, 204)
        try:
            self.show()
        except NotFoundException as error:
            expect("status after that", error.status, 404)
        else:
            raise AssertionError("the client should be gone, but is shown")

    def show(self) -> OAuthClient:
        return self.api.show_oauth_client(self.created.id).client

    def pages(self) -> list[OAuthClientsPage]:
        """Follows the cursors to the last page; four pages are enough to see one too many."""
        pages = [self.api.list_oauth_clients(page_size=2)]
        while len(pages) < 4 and (meta := pages[-1].meta) and meta.has_more:
            pages.append(self.api.list_oauth_clients(page_size=2, page_after=meta.after_cursor))
        return pages


def secret_of(shown: OAuthClient) -> str:
    """The secret, which the client wraps so that it is not printed by accident."""
    return shown.secret.get_secret_value() if shown.secret else ""


def name_of(error: ApiException) -> object:
    """The member `error` of the body: a name or, elsewhere in Zendesk, an object."""
    return error.data.error.actual_instance if error.data else None


def is_whole(secret: str) -> bool:
    return len(secret) > 20 and "..." not in secret


def scenario() -> bool:
    it = Support()
    return run(
        [
            it.create,
            it.secret_once,
            it.list_pages,
            it.update,
            it.generate_secret,
            it.not_found,
            it.unprocessable,
            it.too_many_requests,
            it.delete,
        ]
    )
