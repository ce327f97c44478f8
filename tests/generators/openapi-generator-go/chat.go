//go:build chat

package main

import (
	zendesk "example.com/zendesk/oauth"
)

func init() { areas["chat"] = chat }

// chat drives the OAuth tokens of Chat.
func chat(client *zendesk.APIClient) {
	api := client.ChatOAuthTokensAPI
	ctx := authorized("ZENDESK_CHAT_TOKEN")

	step("list", func() error {
		tokens, _, err := api.ListChatOauthTokens(ctx).Execute()
		if err != nil {
			return err
		}
		if err := equal("tokens", len(tokens), 2); err != nil {
			return err
		}
		return first(
			equal("first id", tokens[0].Id, 38),
			equal("second id", tokens[1].Id, 39),
			holds(tokens[0].GetScopes() != "" && tokens[1].GetScopes() != "", "a token has no scopes"),
		)
	})

	step("revoke", func() error {
		response, err := api.RevokeChatOauthToken(ctx, 39).Execute()
		if err != nil {
			return err
		}
		tokens, _, err := api.ListChatOauthTokens(ctx).Execute()
		if err != nil {
			return err
		}
		return first(
			equal("status", response.StatusCode, 204),
			equal("tokens that are left", len(tokens), 1),
		)
	})
}
