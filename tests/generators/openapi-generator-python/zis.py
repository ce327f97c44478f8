"""OAuth connections of a ZIS integration."""

from urllib.parse import parse_qs, urljoin, urlsplit

import urllib3
from zendesk_oauth import ExchangedOAuthConnection, OAuthConnection, ZISOAuthConnectionsApi, StartOAuthFlowRequest

from steps import client, ensure, expect, run

INTEGRATION = "my_integration"
CONNECTION = "scenario_connection"
ORIGIN = "https://client.int/callback"


class Zis:
    """The steps, and what one leaves for the next."""

    redirect_url: str
    location: str
    connection: ExchangedOAuthConnection

    def __init__(self) -> None:
        self.api = ZISOAuthConnectionsApi(client("ZENDESK_ZIS_TOKEN"))

    def start(self) -> None:
        flow = StartOAuthFlowRequest(
            name=CONNECTION,
            oauth_client_name="my_oauth_client",
            allow_offline_access=True,  # for the refresh token
            origin_oauth_redirect_url=ORIGIN,
        )
        self.redirect_url = self.api.start_oauth_flow(INTEGRATION, flow).redirect_url.get_secret_value()
        ensure("flow_token=" in self.redirect_url, "the redirect_url has a flow_token")

    def redirect(self) -> None:
        # For the other methods a status other than 2xx is an ApiException; this one gives the answer as it is.
        answer = self.api.start_oauth_redirect_without_preload_content(in_query(self.redirect_url, "flow_token"))
        expect("status", answer.status, 307)
        self.location = answer.headers["Location"]

    def exchange(self) -> None:
        code = in_query(browse(self.location), "verification_code")
        self.connection = self.api.exchange_verification_code(INTEGRATION, code)
        ensure(access_token(self.connection) is not None, "the connection has an access_token")

    def show(self) -> None:
        shown = self.api.show_oauth_connection(INTEGRATION, name=CONNECTION)
        ensure(shown.uuid is not None, "the connection has a UUID")
        expect("UUID", shown.uuid, self.connection.uuid)

    def refresh(self) -> None:
        refreshed = self.api.refresh_oauth_token(INTEGRATION, uuid=self.connection.uuid)
        ensure(access_token(refreshed) not in (None, access_token(self.connection)), "another access_token is given")


def browse(url: str) -> str:
    """The browser's part: goes from page to page until one redirects to the integration's own callback."""
    for _ in range(10):
        if url.startswith(ORIGIN):
            return url
        url = urljoin(url, urllib3.request("GET", url, redirect=False).headers["Location"])
    raise AssertionError("the callback was expected within 10 redirects, and did not come")


def in_query(url: str, name: str) -> str:
    return parse_qs(urlsplit(url).query)[name][0]


def access_token(connection: ExchangedOAuthConnection | OAuthConnection) -> str | None:
    return connection.access_token.get_secret_value() if connection.access_token else None


def scenario() -> bool:
    it = Zis()
    return run([it.start, it.redirect, it.exchange, it.show, it.refresh])
