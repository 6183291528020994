package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// A JWK Set is fetched only here, only from where the user says, and never from where a token says (RFC 8725 §3.10).

const (
	fetchTime = 10 * time.Second
	redirects = 3
)

var (
	errScheme   = errors.New("the address does not begin with https://; plain http is for this machine alone")
	errRedirect = errors.New("the server sends elsewhere; give the address that it sends to, if you trust it")
	errLongSet  = errors.New("the answer is longer than 1 MB; a JWK Set is far shorter")
)

// fetch gets the text at an address; a nil transport is the real one.
func fetch(address string, over http.RoundTripper) (string, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil {
		return "", errScheme
	}
	if err := mayFetch(u); err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(context.Background(), fetchTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return "", err
	}
	request.Header.Set("Accept", "application/jwk-set+json, application/json")
	client := http.Client{Transport: over, CheckRedirect: func(next *http.Request, before []*http.Request) error {
		if next.URL.Host != u.Host || next.URL.Scheme != u.Scheme || len(before) > redirects {
			return errRedirect
		}
		return nil
	}}
	answer, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the server answers %d", answer.StatusCode)
	}
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxKey+1))
	if err == nil && len(text) > maxKey {
		err = errLongSet
	}
	if err != nil {
		return "", err
	}
	return string(text), nil
}

// mayFetch allows https, and http on the loopback interface, where nobody listens in.
func mayFetch(u *url.URL) error {
	ip := net.ParseIP(u.Hostname())
	if u.Scheme == "https" || u.Scheme == "http" && (u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()) {
		return nil
	}
	return errScheme
}

// fetchReason is why nothing was fetched, in words for the user where they are ours.
func fetchReason(err error) string {
	for _, ours := range []error{errScheme, errRedirect, errLongSet} {
		if errors.Is(err, ours) {
			return ours.Error()
		}
	}
	return err.Error()
}
