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
	d := p.state.Desk
	t := d.View.Times
	if !t.Shown && d.Moved == nil {
		return app.Text("")
	}
	now := time.Unix(t.Now, 0).UTC()
	slide, scope := p.onValue("now", func(v string) desk.Intent { return desk.MovedClock{Unix: parseUnix(v, t.Now)} })
	back := app.UI(app.Text(""))
	if d.Moved != nil {
		back = p.button(p.t("ui.now.reset"), desk.ResetClock{})
	}
	slider := el("input").ID("now").Attr("type", "range").Class("slider").
		Attr("min", itoa64(t.Low)).Attr("max", itoa64(t.High)).Attr("step", itoa64(t.Step)).
		Aria("valuetext", locale.Time(p.state.Lang, now)).OnInput(slide, scope)
	if app.IsServer {
		slider = slider.Attr("value", itoa64(t.Now)) // in the browser syncSlider does it
	}
	return holds("div", "timeline",
		holds("div", "timeline-head",
			el("label").Attr("for", "now").Text(p.t("ui.now")),
			el("output").Attr("for", "now").Class("when").Text(locale.Time(p.state.Lang, now)+" UTC"),
			p.pickNow(now), back,
		),
		slider,
		holds("ul", "moments", p.moments(t)...),
	)
}

func (p *Page) pickNow(now time.Time) app.UI {
	return el("input").Attr("type", "datetime-local").Class("quiet").Attr("step", 1).Aria("label", p.t("ui.now.pick")).
		Attr("value", now.Format(pickerLayout)).
		OnChange(func(ctx app.Context, _ app.Event) {
			if at, err := parsePicked(ctx.JSSrc().Get("value").String()); err == nil {
				p.send(ctx, playOnDesk(desk.MovedClock{Unix: at.Unix()}))
			}
		})
}

// moments are buttons that move now to just before, at or after what matters.
func (p *Page) moments(t desk.Times) []app.UI {
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
	field := func(id string) app.UI {
		return holds("label", "field",
			says("span", "", p.t("ui.expect."+id)),
			p.bind(el("input").Attr("type", "text").Class("input"), "expect-"+id),
		)
	}
	return p.card("expect", p.t("ui.expect"), p.t("ui.expect.sub"), nil,
		holds("div", "body fields", field("iss"), field("aud"), field("leeway")))
}
