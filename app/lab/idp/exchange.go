package idp

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// exchange gets the ID token for a code, without the browser (OIDC Core §3.1.3.1).
func (p *Party) exchange(c *call, code, verifier string) (string, *problem) {
	form := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {p.config.Redirect}}
	if verifier != "" {
		form.Set("code_verifier", verifier)
	}
	if p.config.Secret == "" {
		form.Set("client_id", p.config.ClientID)
	}
	answer, err := p.config.Ask(p.question(form.Encode()))
	if err != nil {
		return "", &problem{status: http.StatusBadGateway, code: "party-away"}
	}
	// Only what is wanted is read: the access token is of no use to a party that asks for nothing more.
	var got struct {
		Error string `json:"error"`
		Type  string `json:"token_type"`
		ID    string `json:"id_token"`
	}
	if json.Unmarshal([]byte(answer.Body), &got) != nil || answer.Status != http.StatusOK || !strings.EqualFold(got.Type, "Bearer") || got.ID == "" {
		return "", &problem{status: http.StatusForbidden, code: "party-exchange", args: []string{shorten(got.Error)}}
	}
	return got.ID, nil
}

// question is the request to the token endpoint.
func (p *Party) question(body string) *http.Request {
	u, _ := url.Parse(p.config.Provider.Token) // NewParty has seen to it
	r := &http.Request{
		Method: http.MethodPost, URL: u, Host: u.Host, RequestURI: u.RequestURI(), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Accept": {"application/json"}},
		Body:   io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
	}
	if p.config.Secret != "" {
		r.SetBasicAuth(url.QueryEscape(p.config.ClientID), url.QueryEscape(p.config.Secret)) // RFC 6749 §2.3.1
	}
	return r
}
