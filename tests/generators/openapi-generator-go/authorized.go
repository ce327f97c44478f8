//go:build support || zis || chat

package main

import (
	"context"
	"os"

	zendesk "example.com/zendesk/oauth"
)

// authorized gives the context of calls with the access token of this environment variable. A client of a document
// without credentials has no key for one, so this is built with the areas that take some.
func authorized(variable string) context.Context {
	return context.WithValue(context.Background(), zendesk.ContextAccessToken, os.Getenv(variable))
}
