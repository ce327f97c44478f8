"""OAuth tokens of Chat."""

import os

from document import SERVER
from scenario import body, expect, step
from zendesk_oauth_client import AuthenticatedClient
from zendesk_oauth_client.api.chat_o_auth_tokens import (
    list_chat_oauth_tokens,
    revoke_chat_oauth_token,
)
from zendesk_oauth_client.models import ChatOAuthToken


def run() -> None:
    client = AuthenticatedClient(
        base_url=os.environ["ZENDESK_URL"] + SERVER,
        token=os.environ["ZENDESK_CHAT_TOKEN"],
        raise_on_unexpected_status=True,
    )

    def tokens() -> list[ChatOAuthToken]:
        listed: list[ChatOAuthToken] = body(
            list_chat_oauth_tokens.sync_detailed(client=client), 200, list
        )
        return listed

    with step("list"):
        listed = [(token.id, token.scopes) for token in tokens()]
        expect("ids and scopes", listed, [(38, "read write chat"), (39, "read")])

    with step("revoke"):
        revoked = revoke_chat_oauth_token.sync_detailed(39, client=client)
        expect("status", revoked.status_code, 204)
        expect("ids", [token.id for token in tokens()], [38])
