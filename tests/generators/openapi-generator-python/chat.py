"""OAuth tokens of a Chat account."""

from zendesk_oauth import ChatOAuthTokensApi

from steps import client, ensure, expect, run

OTHER_TOKEN = 39


class Chat:
    """The steps."""

    def __init__(self) -> None:
        self.api = ChatOAuthTokensApi(client("ZENDESK_CHAT_TOKEN"))

    def list(self) -> None:
        tokens = self.api.list_chat_oauth_tokens()
        expect("ids", sorted(token.id for token in tokens), [38, OTHER_TOKEN])
        ensure(all(token.scopes for token in tokens), "each token has scopes")

    def revoke(self) -> None:
        answer = self.api.revoke_chat_oauth_token_with_http_info(OTHER_TOKEN)
        expect("status", answer.status_code, 204)
        expect("ids", [token.id for token in self.api.list_chat_oauth_tokens()], [38])


def scenario() -> bool:
    it = Chat()
    return run([it.list, it.revoke])
