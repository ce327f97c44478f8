// The scenario, over the Go client of openapi-generator. The arguments are the areas to drive.
package main

import (
	"fmt"
	"net/http"
	"net/url"
	"os"

	zendesk "example.com/zendesk/oauth"
)

// A client is generated from one document and has only its types. Each area is a file with a build tag, which adds
// itself here.
var areas = map[string]func(*zendesk.APIClient){}

func main() {
	client, err := newClient()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, name := range os.Args[1:] {
		run, ok := areas[name]
		if !ok {
			fmt.Fprintf(os.Stderr, "the program was built without the area %q\n", name)
			os.Exit(1)
		}
		run(client)
	}
	if failed {
		os.Exit(1)
	}
}

func newClient() (*zendesk.APIClient, error) {
	sandbox, err := url.Parse(os.Getenv("ZENDESK_URL"))
	if err != nil || sandbox.Host == "" {
		return nil, fmt.Errorf("ZENDESK_URL is not a URL")
	}
	configuration := zendesk.NewConfiguration()
	// Another host; the path remains that of the document's first server.
	configuration.Scheme = sandbox.Scheme
	configuration.Host = sandbox.Host
	// Redirects are for the browser. Here they are seen and not followed.
	configuration.HTTPClient = &http.Client{
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return zendesk.NewAPIClient(configuration), nil
}
