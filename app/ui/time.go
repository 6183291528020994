package ui

import (
	"strconv"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/locale"
	"jwtlab/app/play/desk"
)

// local gives a moment in the zone that the browser has at that moment: Go knows one offset only, without summer time.
func local(at time.Time) time.Time {
	if app.IsServer {
		return at
	}
	minutes := app.Window().Get("Date").New(at.UnixMilli()).Call("getTimezoneOffset")
	if minutes.Type() != app.TypeNumber || minutes.IsNaN() {
		return at
	}
	return at.In(time.FixedZone("", -60*minutes.Int()))
}

// timeline lets now be moved, to see when the token is valid and when not.
func (p *Page) timeline() app.UI {
	d := &p.state.Desk
	t := &d.View.Times
	if !t.Shown && d.Moved == nil {
		return nothing()
	}
	now := time.Unix(t.Now, 0).UTC()
	words := locale.Time(p.state.Lang, now)
	back := nothing()
	if d.Moved != nil {
		back = p.button(p.t("ui.now.reset"), desk.ResetClock{})
	}
	slider := with("input", "slider", []string{"id", "now", "type", "range", "min", itoa64(t.Low), "max", itoa64(t.High), "step", itoa64(t.Step),
		"aria-valuetext", words}).
		OnInput(p.onValue("now", func(v string) desk.Intent { return desk.MovedClock{Unix: parseUnix(v, p.state.Desk.View.Times.Now)} }))
	if app.IsServer {
		slider = slider.Attr("value", itoa64(t.Now)) // in the browser syncSlider does it
	}
	return holds("div", "timeline",
		holds("div", "timeline-head",
			node("label", "", []string{"for", "now"}, app.Text(p.t("ui.now"))),
			node("output", "when", []string{"for", "now"}, app.Text(words+" UTC")),
			p.pickNow(now), back,
		),
		slider,
		holds("ul", "moments", p.moments(t)...),
	)
}

func (p *Page) pickNow(now time.Time) app.UI {
	return with("input", "quiet", []string{"type", "datetime-local", "step", "1", "aria-label", p.t("ui.now.pick"), "value", now.Format(pickerLayout)}).
		OnChange(func(ctx app.Context, _ app.Event) {
			if at, err := parsePicked(ctx.JSSrc().Get("value").String()); err == nil {
				p.send(ctx, playOnDesk(desk.MovedClock{Unix: at.Unix()}))
			}
		})
}

// moments are buttons that move now to just before, at or after what matters.
func (p *Page) moments(t *desk.Times) []app.UI {
	var out []app.UI
	add := func(id string, at *int64) {
		if at == nil {
			return
		}
		when := locale.Time(p.state.Lang, time.Unix(*at, 0).UTC())
		out = append(out, holds("li", "", p.button(p.t("ui.moment."+id, when), desk.MovedClock{Unix: *at})))
	}
	add("issued", t.Iat)
	add("from", t.From)
	if t.Until != nil {
		last := *t.Until - 1
		add("last", &last)
		add("until", t.Until)
	}
	return out
}

func itoa64(n int64) string { return strconv.FormatInt(n, 10) }

// parseUnix reads a slider's value, which some browsers give a fraction.
func parseUnix(v string, otherwise int64) int64 {
	f, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return otherwise
	}
	return int64(f)
}

// expectCard asks what the token should say, so that more can be checked than its times.
func (p *Page) expectCard() app.UI {
	ask := func(id string) app.UI {
		return field(p.t("ui.expect."+id), p.bind(with("input", "input", []string{"type", "text"}), "expect-"+id))
	}
	fields := []app.UI{ask("iss"), ask("aud"), ask("leeway")}
	if v := p.state.Desk.View; v.Proof {
		fields = append(fields, ask("method"), ask("uri"), ask("token"))
		if v.ProofNonce {
			fields = append(fields, ask("nonce"))
		}
	}
	return p.card("expect", p.t("ui.expect"), p.t("ui.expect.sub"), nil, holds("div", "body fields", fields...))
}
