//go:build support

package main

import (
	"fmt"
	"strings"

	zendesk "example.com/zendesk/oauth"
)

func init() { areas["support"] = support }

// support drives the OAuth clients of Support.
func support(client *zendesk.APIClient) {
	api := client.SupportOAuthClientsAPI
	ctx := authorized("ZENDESK_TOKEN")
	var created zendesk.OAuthClient

	step("create", func() error {
		wanted := zendesk.NewCreateOAuthClient("Scenario", "scenario")
		wanted.SetKind("confidential")
		answer, response, err := api.CreateOauthClient(ctx).
			CreateOAuthClientRequest(*zendesk.NewCreateOAuthClientRequest(*wanted)).
			Execute()
		if err != nil {
			return err
		}
		created = answer.Client
		path := fmt.Sprintf("/api/v2/oauth/clients/%d.json", created.Id)
		return first(
			equal("status", response.StatusCode, 201),
			equal("kind", created.GetKind(), "confidential"),
			equal("identifier", created.Identifier, "scenario"),
			holds(created.Id > 0, "the id is not positive"),
			holds(strings.HasSuffix(response.Header.Get("Location"), path), "Location is not the path of the client"),
		)
	})

	step("secret-once", func() error {
		shown, _, err := api.ShowOauthClient(ctx, created.Id).Execute()
		if err != nil {
			return err
		}
		return first(
			whole(created.GetSecret()),
			holds(strings.HasSuffix(shown.Client.GetSecret(), "..."), "the secret that show gives is not truncated"),
			holds(shown.Client.GetSecret() != created.GetSecret(), "show gives the secret of create"),
		)
	})

	step("list-pages", func() error {
		seen := map[int64]bool{}
		request := api.ListOauthClients(ctx).PageSize(2)
		for _, expected := range []struct {
			clients int
			hasMore bool
		}{{2, true}, {2, true}, {1, false}} {
			page, _, err := request.Execute()
			if err != nil {
				return err
			}
			meta := page.GetMeta()
			if err := first(
				equal("clients on the page", len(page.Clients), expected.clients),
				equal("has_more", meta.HasMore, expected.hasMore),
			); err != nil {
				return err
			}
			for _, listed := range page.Clients {
				seen[listed.Id] = true
			}
			request = request.PageAfter(meta.GetAfterCursor())
		}
		return first(
			equal("different ids", len(seen), 5),
			holds(seen[created.Id], "the new client is on none of the pages"),
		)
	})

	step("update", func() error {
		change := zendesk.NewUpdateOAuthClient()
		change.SetName("Scenario, renamed")
		updated, _, err := api.UpdateOauthClient(ctx, created.Id).
			UpdateOAuthClientRequest(*zendesk.NewUpdateOAuthClientRequest(*change)).
			Execute()
		if err != nil {
			return err
		}
		shown, _, err := api.ShowOauthClient(ctx, created.Id).Execute()
		if err != nil {
			return err
		}
		return first(
			equal("name", updated.Client.Name, "Scenario, renamed"),
			equal("name that show gives", shown.Client.Name, "Scenario, renamed"),
		)
	})

	step("generate-secret", func() error {
		generated, _, err := api.GenerateOauthClientSecret(ctx, created.Id).Execute()
		if err != nil {
			return err
		}
		return first(
			whole(generated.Client.GetSecret()),
			holds(generated.Client.GetSecret() != created.GetSecret(), "the secret is still that of create"),
		)
	})

	step("not-found", func() error {
		_, response, err := api.ShowOauthClient(ctx, 9007199254740993).Execute()
		refused, err := refusal(response, err, 404)
		if err != nil {
			return err
		}
		return equal("error", cause(refused), "RecordNotFound")
	})

	step("unprocessable", func() error {
		taken := zendesk.NewCreateOAuthClient("Again", "first")
		_, response, err := api.CreateOauthClient(ctx).
			CreateOAuthClientRequest(*zendesk.NewCreateOAuthClientRequest(*taken)).
			Execute()
		refused, err := refusal(response, err, 422)
		if err != nil {
			return err
		}
		return equal("error", cause(refused), "RecordInvalid")
	})

	step("too-many-requests", func() error {
		_, response, err := api.ListMyOauthClients(ctx).Execute()
		if _, err := refusal(response, err, 429); err != nil {
			return err
		}
		return equal("Retry-After", response.Header.Get("Retry-After"), "7")
	})

	step("delete", func() error {
		response, err := api.DeleteOauthClient(ctx, created.Id).Execute()
		if err != nil {
			return err
		}
		if err := equal("status", response.StatusCode, 204); err != nil {
			return err
		}
		_, response, err = api.ShowOauthClient(ctx, created.Id).Execute()
		_, err = refusal(response, err, 404)
		return err
	})
}

// cause gives the member error of the body, which is a name here and an object elsewhere.
func cause(refused *zendesk.GenericOpenAPIError) string {
	body, ok := refused.Model().(zendesk.SupportError)
	if !ok {
		return ""
	}
	name, _ := body.GetError().GetActualInstanceValue().(string)
	return name
}

func whole(secret string) error {
	return holds(len(secret) > 20 && !strings.Contains(secret, "..."), "the secret is not whole")
}
