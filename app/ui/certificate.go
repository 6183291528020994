package ui

import (
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/key"
	"jwtlab/app/locale"
)

// certificates tells on demand what the certificates say that the keys came in, and holds their chain to the roots that
// the user trusts.
func (p *Page) certificates() app.UI {
	v := &p.state.Desk.View
	if len(v.Certificates) == 0 {
		return nothing()
	}
	return holds("details", "certificates",
		says("summary", "", p.t("ui.certificates", itoa(len(v.Certificates)), v.Certificates[0].Subject)),
		node("ol", "", []string{"aria-label", p.t("ui.certificates.list")},
			each(len(v.Certificates), func(i int) app.UI { return p.certificate(&v.Certificates[i]) })...),
		field(p.t("ui.roots"), p.bind(with("textarea", "input mono", []string{"rows", "3"}), "roots")),
		says("p", "small dim", p.t("ui.roots.help")),
		list("checks", p.t("check.chain"), len(v.Chain), func(i int) app.UI { return p.checkItem(&v.Chain[i]) }),
	)
}

func (p *Page) certificate(c *key.Certificate) app.UI {
	issuer := c.Issuer
	if issuer == c.Subject {
		issuer = p.t("ui.certificate.itself")
	}
	rights := ""
	if c.CA {
		rights = p.t("ui.certificate.ca")
	}
	valid, remark := p.validity(c)
	facts := []string{"subject", c.Subject, "issuer", issuer, "valid", valid, "names", strings.Join(c.Names, ", "), "signed", c.Algorithm, "rights", rights}
	var rows []app.UI
	for i := 0; i < len(facts); i += 2 {
		if facts[i+1] != "" {
			rows = append(rows, says("dt", "", p.t("ui.certificate."+facts[i])), says("dd", "", facts[i+1]))
		}
	}
	return holds("li", "", holds("dl", "", rows...), says("span", "remark", remark))
}

// validity tells from when until when, and what that means now.
func (p *Page) validity(c *key.Certificate) (words, remark string) {
	if c.NotBefore.IsZero() || c.NotAfter.IsZero() {
		return "", p.t("ui.certificate.no-date")
	}
	words = p.t("ui.certificate.from-until", locale.Time(p.state.Lang, c.NotBefore), locale.Time(p.state.Lang, c.NotAfter))
	switch now, from, until := p.state.Desk.Now(), c.NotBefore.Unix(), c.NotAfter.Unix(); {
	case now > until:
		remark = p.t("ui.certificate.expired", itoa64(now-until))
	case now < from:
		remark = p.t("ui.certificate.early", itoa64(from-now))
	}
	return words, remark
}
