package site

import (
	"strings"
	"testing"

	"github.com/maxence-charriere/go-app/v9/pkg/app"
)

// The cases go through go-app itself: what it prints is what has to be mended.
func TestClean(t *testing.T) {
	for _, c := range []struct {
		name string
		ui   app.UI
		want string
	}{
		{"breaks between children go", app.P().Body(app.Text("Signed with "), app.Code().Text("RS256"), app.Text("; and more")),
			"<p>Signed with <code>RS256</code>; and more</p>"},
		{"breaks in pre are the text's own", app.Pre().Body(app.Span().Text("{"), app.Text("\n  "), app.Span().Text("}")),
			"<pre><span>{</span>\n  <span>}</span></pre>"},
		{"pre that begins with a break", app.Pre().Body(app.Text("\na"), app.Span().Text("b")), "<pre>\n\na<span>b</span></pre>"},
		{"a break alone", app.Pre().Body(app.Span().Text("{"), app.Span().Text("\n"), app.Span().Text("}")),
			"<pre><span>{</span><span>\n</span><span>}</span></pre>"},
		{"only child", app.Div().Body(app.Pre().Text("a\nb")), "<div><pre>a\nb</pre></div>"},
		{"attributes are sorted", app.A().Title("t").Href("#x").Class("c").ID("i"), `<a class="c" href="#x" id="i" title="t"></a>`},
		{"false is dropped", app.Button().Disabled(false).Hidden(true).Text("x"), `<button hidden="">x</button>`},
		{"true of aria and others is spelled out", app.Div().Aria("expanded", true).Aria("hidden", false).Spellcheck(true),
			`<div aria-expanded="true" aria-hidden="false" spellcheck="true"></div>`},
		{"textarea gets its text", app.Textarea().ID("token-text").Text("a.b.c"), `<textarea id="token-text">a.b.c</textarea>`},
		{"text is escaped", app.P().Text(`<b> & "`), "<p>&lt;b&gt; &amp; &#34;</p>"},
		{"Korean stays", app.P().Title("토큰").Text("한글"), `<p title="토큰">한글</p>`},
		{"void elements", app.Div().Body(app.Input().Type("text").Value("v"), app.Br()), `<div><input type="text" value="v"/><br/></div>`},
		{"empty texts", app.Div().Body(app.Text(""), app.Text(""), app.B(), app.Text("")), "<div><b></b></div>"},
		{"void elements made by name", app.Div().Body(app.Elem("hr"), app.Text("x")), "<div><hr/>x</div>"},
		{"links become relative", app.Div().Body(app.A().Href("/"), app.A().Href("/ko/"), app.A().Href("https://a.example/")),
			`<div><a href="../"></a><a href="../ko/"></a><a href="https://a.example/"></a></div>`},
		{"drawings", app.Elem("svg").Attr("viewBox", "0 0 2 2").Body(app.Elem("path").Attr("d", "M0 0")),
			`<svg viewbox="0 0 2 2"><path d="M0 0"></path></svg>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := clean(app.HTMLString(c.ui), "ko/")
			if err != nil || got != c.want {
				t.Errorf("clean:\n got %s, %v\nwant %s", got, err, c.want)
			}
		})
	}
}

func TestCleanRefuses(t *testing.T) {
	for _, c := range []struct {
		ui   app.UI
		want string
	}{
		{app.P().Title(`say "yes"`), "a quote"},
		{app.P().Title(`a\b`), "a backslash"},
		{app.P().Title("a&lt;b"), "an ampersand"},
		{app.P().Title("a\nb"), "a control character"},
		{app.P().Style("color", "red"), "style"},
		{app.P().Attr("onclick", "x()"), `unknown attribute "onclick"`},
		{app.P().DataSet("open", true), "bare data-open"},
		{app.P().Body(app.Text("a"), app.Text("b")), "side by side"},
		{app.P().Body(app.Text("a"), app.Text("b"), app.B().Text("c")), "side by side"},
		{app.Pre().Body(app.Text("a"), app.Text("b")), "side by side"},
		{app.P().Body(app.Div()), "more than one element"},
		{app.Table().Body(app.Tr().Body(app.Td())), "otherwise at table"},
		{app.Select().Attr("value", "a"), "mark the option"},
		{app.Raw("<p>a</p><p>b</p>"), "not one element"},
	} {
		printed := app.HTMLString(c.ui)
		got, err := clean(printed, "")
		if got != "" || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("clean(%s) = %q, %v; want nothing and an error with %q", printed, got, err, c.want)
		}
	}
}

// The order in which go-app prints attributes differs from run to run; ours may not.
func TestCleanIsStable(t *testing.T) {
	ui := func() app.UI {
		return app.Div().ID("a").Class("b").Title("c").Lang("ko").Role("note").TabIndex(1).Aria("label", "d").DataSet("e", "f")
	}
	first, err := clean(app.HTMLString(ui()), "")
	if err != nil {
		t.Fatal(err)
	}
	for range 50 {
		if again, _ := clean(app.HTMLString(ui()), ""); again != first {
			t.Fatalf("clean gives %s, then %s", first, again)
		}
	}
}
