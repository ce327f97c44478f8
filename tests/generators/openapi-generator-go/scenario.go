package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"

	zendesk "example.com/zendesk/oauth"
)

// Whether a step has failed.
var failed bool

// step runs a step and says in one line how it went.
func step(name string, run func() error) {
	if err := run(); err != nil {
		failed = true
		fmt.Printf("fail %s: %s\n", name, reason(err))
		return
	}
	fmt.Printf("pass %s\n", name)
}

// reason says what went wrong, without the URL of the call: a query may hold a secret.
func reason(err error) string {
	var transport *url.Error
	if errors.As(err, &transport) {
		return transport.Err.Error()
	}
	return err.Error()
}

// first gives the first expectation that is not met.
func first(expectations ...error) error {
	for _, err := range expectations {
		if err != nil {
			return err
		}
	}
	return nil
}

// equal compares what is no secret.
func equal[T comparable](what string, actual, expected T) error {
	if actual != expected {
		return fmt.Errorf("%s: expected %v, came %v", what, expected, actual)
	}
	return nil
}

// holds is for what must not be shown, or is no comparison.
func holds(condition bool, otherwise string) error {
	if !condition {
		return errors.New(otherwise)
	}
	return nil
}

// refusal gives the client's own error, which must have come with this status.
func refusal(response *http.Response, err error, status int) (*zendesk.GenericOpenAPIError, error) {
	if err == nil {
		return nil, fmt.Errorf("expected an error with status %d, came a success", status)
	}
	var refused *zendesk.GenericOpenAPIError
	if response == nil || !errors.As(err, &refused) {
		return nil, err
	}
	return refused, equal("status", response.StatusCode, status)
}
