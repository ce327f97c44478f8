//go:build zis

package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	zendesk "example.com/zendesk/oauth"
)

const (
	integration = "my_integration"
	connection  = "scenario_connection"
	// Where the browser is sent at the end of a flow.
	origin = "https://client.int/callback"
)

func init() { areas["zis"] = zis }

// zis drives the OAuth connections of ZIS.
func zis(client *zendesk.APIClient) {
	api := client.ZISOAuthConnectionsAPI
	browser := client.GetConfig().HTTPClient
	ctx := authorized("ZENDESK_ZIS_TOKEN")
	var redirectURL, location string
	var exchanged zendesk.ExchangedOAuthConnection

	step("start", func() error {
		flow := zendesk.NewStartOAuthFlowRequest(connection)
		flow.SetOauthClientName("my_oauth_client")
		flow.SetOriginOauthRedirectUrl(origin)
		// Without it there is no refresh token.
		flow.SetAllowOfflineAccess(true)
		started, _, err := api.StartOauthFlow(ctx, integration).StartOAuthFlowRequest(*flow).Execute()
		if err != nil {
			return err
		}
		redirectURL = started.RedirectUrl
		return holds(redirectURL != "", "redirect_url is empty")
	})

	step("redirect", func() error {
		address, err := url.Parse(redirectURL)
		if err != nil {
			return err
		}
		// Every status from 300 on is an error to this client; the answer comes beside it.
		response, err := api.StartOauthRedirect(context.Background()).
			FlowToken(address.Query().Get("flow_token")).
			Execute()
		if _, err := refusal(response, err, 307); err != nil {
			return err
		}
		location = response.Header.Get("Location")
		return holds(location != "", "there is no Location")
	})

	step("exchange", func() error {
		callback, err := followToOrigin(browser, location)
		if err != nil {
			return err
		}
		answer, _, err := api.ExchangeVerificationCode(ctx, integration).
			VerificationCode(callback.Query().Get("verification_code")).
			Execute()
		if err != nil {
			return err
		}
		exchanged = *answer
		return first(
			holds(exchanged.GetAccessToken() != "", "there is no access_token"),
			holds(exchanged.GetUuid() != "", "there is no uuid"),
		)
	})

	step("show", func() error {
		shown, _, err := api.ShowOauthConnection(ctx, integration).Name(connection).Execute()
		if err != nil {
			return err
		}
		return equal("uuid", shown.GetUuid(), exchanged.GetUuid())
	})

	step("refresh", func() error {
		refreshed, _, err := api.RefreshOauthToken(ctx, integration).Uuid(exchanged.GetUuid()).Execute()
		if err != nil {
			return err
		}
		return first(
			holds(refreshed.GetAccessToken() != "", "there is no access_token"),
			holds(refreshed.GetAccessToken() != exchanged.GetAccessToken(), "the access_token is still the same"),
		)
	})
}

// followToOrigin does the browser's part, from this address until it is sent to the origin of the flow.
func followToOrigin(browser *http.Client, address string) (*url.URL, error) {
	for hop := 0; hop < 10; hop++ {
		if strings.HasPrefix(address, origin) {
			return url.Parse(address)
		}
		response, err := browser.Get(address)
		if err != nil {
			return nil, err
		}
		response.Body.Close()
		next, err := response.Location()
		if err != nil {
			return nil, err
		}
		address = next.String()
	}
	return nil, errors.New("the browser was not sent to the origin")
}
