"""OAuth connections of ZIS."""

import os
from urllib.parse import parse_qs, urljoin, urlsplit
from uuid import UUID

import httpx

from document import SERVER
from scenario import body, expect, step
from zendesk_oauth_client import AuthenticatedClient, Client
from zendesk_oauth_client.api.zis_o_auth_connections import (
    exchange_verification_code,
    refresh_oauth_token,
    show_oauth_connection,
    start_oauth_flow,
    start_oauth_redirect,
)
from zendesk_oauth_client.models import (
    ExchangedOAuthConnection,
    OAuthConnection,
    StartOAuthFlowRequest,
    StartOAuthFlowResponse,
)

INTEGRATION = "my_integration"
ORIGIN = "https://client.int/callback"


def run() -> None:
    base_url = os.environ["ZENDESK_URL"] + SERVER
    client = AuthenticatedClient(
        base_url=base_url,
        token=os.environ["ZENDESK_ZIS_TOKEN"],
        raise_on_unexpected_status=True,
    )

    with step("start"):
        flow = StartOAuthFlowRequest(
            name="scenario_connection",
            oauth_client_name="my_oauth_client",
            origin_oauth_redirect_url=ORIGIN,
            allow_offline_access=True,
        )
        start = start_oauth_flow.sync_detailed(INTEGRATION, client=client, body=flow)
        started = body(start, 200, StartOAuthFlowResponse)
        flow_token = query(started.redirect_url, "flow_token")

    with step("redirect"):
        # The token stands for credentials, so none are sent. The client follows no
        # redirect unless told to.
        anonymous = Client(base_url=base_url, raise_on_unexpected_status=True)
        redirect = start_oauth_redirect.sync_detailed(
            client=anonymous, flow_token=flow_token
        )
        expect("status", redirect.status_code, 307)
        assert "Location" in redirect.headers, "the 307 has no Location"
        location = redirect.headers["Location"]

    with step("exchange"):
        verification_code = query(browse(location), "verification_code")
        exchange = exchange_verification_code.sync_detailed(
            INTEGRATION, client=client, verification_code=verification_code
        )
        exchanged = body(exchange, 200, ExchangedOAuthConnection)
        assert exchanged.access_token, "the connection has no access_token"

    with step("show"):
        show = show_oauth_connection.sync_detailed(
            INTEGRATION, client=client, name="scenario_connection"
        )
        shown = body(show, 200, OAuthConnection)
        assert isinstance(shown.uuid, UUID), "the connection has no uuid"
        expect("uuid", shown.uuid, exchanged.uuid)

    with step("refresh"):
        refresh = refresh_oauth_token.sync_detailed(
            INTEGRATION, client=client, uuid=exchanged.uuid
        )
        refreshed = body(refresh, 200, OAuthConnection)
        assert refreshed.access_token, "the connection has no access_token"
        assert refreshed.access_token != exchanged.access_token, (
            "the access_token is still that of the exchange"
        )


def query(url: str, name: str) -> str:
    """The value of `name` in the query of a URL."""
    values = parse_qs(urlsplit(url).query).get(name)
    assert values, f"the URL has no {name}"
    return values[0]


def browse(url: str) -> str:
    """The browser's part, in plain HTTP: follows redirects up to the origin."""
    for _ in range(10):
        if url.startswith(ORIGIN):
            return url
        response = httpx.get(url, follow_redirects=False)
        assert response.has_redirect_location, (
            f"expected a redirect to the origin, came {response.status_code}"
        )
        url = urljoin(url, response.headers["Location"])
    raise AssertionError("10 redirects did not lead to the origin")
