"""OAuth clients of Support."""

import os
from json import JSONDecodeError
from urllib.parse import urlsplit

import httpx

from document import SERVER
from scenario import body, expect, limit, step
from zendesk_oauth_client import AuthenticatedClient
from zendesk_oauth_client.api.support_o_auth_clients import (
    create_oauth_client,
    delete_oauth_client,
    generate_oauth_client_secret,
    list_my_oauth_clients,
    list_oauth_clients,
    show_oauth_client,
    update_oauth_client,
)
from zendesk_oauth_client.models import (
    CreateOAuthClient,
    CreateOAuthClientRequest,
    CursorMeta,
    OAuthClient,
    OAuthClientResponse,
    OAuthClientsPage,
    SupportError,
    UpdateOAuthClient,
    UpdateOAuthClientRequest,
)
from zendesk_oauth_client.types import UNSET, Unset


def run() -> None:
    client = AuthenticatedClient(
        base_url=os.environ["ZENDESK_URL"] + SERVER,
        token=os.environ["ZENDESK_TOKEN"],
        raise_on_unexpected_status=True,
    )

    def show(client_id: int) -> OAuthClient:
        response = show_oauth_client.sync_detailed(client_id, client=client)
        return body(response, 200, OAuthClientResponse).client

    with step("create"):
        response = create_oauth_client.sync_detailed(
            client=client,
            body=CreateOAuthClientRequest(
                CreateOAuthClient(
                    name="Scenario", identifier="scenario", kind="confidential"
                )
            ),
        )
        created = body(response, 201, OAuthClientResponse).client
        expect("kind", created.kind, "confidential")
        expect("identifier", created.identifier, "scenario")
        assert isinstance(created.id, int), "the client has no id"
        assert 0 < created.id < 2**63, f"expected a positive int64, came {created.id}"
        created_id = created.id
        location = urlsplit(response.headers["Location"])
        expect(
            "path of Location",
            location.path,
            f"/api/v2/oauth/clients/{created_id}.json",
        )

    with step("secret-once"):
        assert_whole(created.secret)
        shown = show(created_id)
        assert isinstance(shown.secret, str), "show gives no secret"
        assert shown.secret.endswith("..."), (
            "the secret that show gives is not truncated"
        )
        assert shown.secret != created.secret, "show gives the secret of create"

    with step("list-pages"):
        ids: list[int | Unset] = []
        after: str | Unset = UNSET
        for clients, has_more in [(2, True), (2, True), (1, False)]:
            listed = list_oauth_clients.sync_detailed(
                client=client, pagesize=2, pageafter=after
            )
            page = body(listed, 200, OAuthClientsPage)
            assert isinstance(page.meta, CursorMeta), "the page has no meta"
            expect("clients", len(page.clients), clients)
            expect("has_more", page.meta.has_more, has_more)
            ids += [each.id for each in page.clients]
            after = page.meta.after_cursor or UNSET
        expect("different ids", len(set(ids)), 5)
        assert created_id in ids, "the new client is on none of the pages"

    with step("update"):
        changes = UpdateOAuthClientRequest(UpdateOAuthClient(name="Scenario, renamed"))
        response = update_oauth_client.sync_detailed(
            created_id, client=client, body=changes
        )
        updated = body(response, 200, OAuthClientResponse).client
        expect("name", updated.name, "Scenario, renamed")
        expect("name that show gives", show(created_id).name, "Scenario, renamed")

    with step("generate-secret"):
        response = generate_oauth_client_secret.sync_detailed(created_id, client=client)
        generated = body(response, 200, OAuthClientResponse).client
        assert_whole(generated.secret)
        assert generated.secret != created.secret, "the secret is still that of create"

    with step("not-found"):
        response = show_oauth_client.sync_detailed(9007199254740993, client=client)
        error = body(response, 404, SupportError)
        expect("error", error.error, "RecordNotFound")

    with step("unprocessable"):
        taken = CreateOAuthClientRequest(
            CreateOAuthClient(name="Again", identifier="first")
        )
        response = create_oauth_client.sync_detailed(client=client, body=taken)
        error = body(response, 422, SupportError)
        expect("error", error.error, "RecordInvalid")
        # Of a response with several media types the client knows the first alone: the
        # documented text of a 400 is read as JSON, and the status is lost with it.
        assert text_is_read_as_json(taken), "a text is a text now"
        limit("unprocessable", "first-media-type")

    with step("too-many-requests"):
        refused = list_my_oauth_clients.sync_detailed(client=client)
        body(refused, 429, str)
        expect("Retry-After", refused.headers["Retry-After"], "7")

    with step("delete"):
        deleted = delete_oauth_client.sync_detailed(created_id, client=client)
        expect("status", deleted.status_code, 204)
        response = show_oauth_client.sync_detailed(created_id, client=client)
        error = body(response, 404, SupportError)
        expect("error", error.error, "RecordNotFound")


def text_is_read_as_json(body: CreateOAuthClientRequest) -> bool:
    """Whether the 400 whose documented body is a text ends in an error of JSON."""
    answer = httpx.Response(400, html="Required parameter missing: client")
    client = AuthenticatedClient(
        base_url="http://localhost",
        token="unused",
        httpx_args={"transport": httpx.MockTransport(lambda _: answer)},
    )
    try:
        create_oauth_client.sync_detailed(client=client, body=body)
    except JSONDecodeError:
        return True
    return False


def assert_whole(secret: str | Unset) -> None:
    assert isinstance(secret, str), "there is no secret"
    assert len(secret) > 20 and "..." not in secret, "the secret is not whole"
