package idp

import (
	"net/http"
	"strings"
)

// userinfo answers GET and POST /userinfo (OIDC Core §5.3).
func (p *Provider) userinfo(c *call) *problem {
	c.public()
	scheme, token, _ := strings.Cut(c.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		c.w.Header().Set("WWW-Authenticate", `Bearer realm="idp"`) // and no reason: RFC 6750 §3.1
		return &problem{status: http.StatusUnauthorized, oauth: "invalid_token", code: "access"}
	}
	p.mu.Lock()
	g, ok := p.state.byAccess(hashOf(token), c.now)
	p.mu.Unlock()
	if !ok {
		c.w.Header().Set("WWW-Authenticate", `Bearer realm="idp", error="invalid_token"`)
		return &problem{status: http.StatusUnauthorized, oauth: "invalid_token", code: "access"}
	}
	who := struct {
		Subject string `json:"sub"`
		Name    string `json:"name,omitempty"`
	}{Subject: g.user}
	if strings.Contains(g.scope, "profile") {
		who.Name = g.user
	}
	c.reply(http.StatusOK, who)
	return nil
}

// preflight lets scripts of every page ask with a token that they have (OIDC Core §5.3): no cookie counts there.
func (p *Provider) preflight(c *call) *problem {
	c.public()
	c.w.Header().Set("Access-Control-Allow-Methods", "GET, POST")
	c.w.Header().Set("Access-Control-Allow-Headers", "Authorization")
	c.w.WriteHeader(http.StatusNoContent)
	return nil
}
