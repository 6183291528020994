package e2e_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"jwtlab/app/jwe"
	"jwtlab/app/jws"
	"jwtlab/app/locale"
	"jwtlab/app/snippet"
)

// TestKorean looks at every text node and accessible name of the Korean page: each is a text of the Korean catalogue,
// or a word that is the same in every language.
func TestKorean(t *testing.T) {
	t.Parallel()
	h := serve(t)
	release := h.hold(t)
	p := tab(t, h)
	p.frame("ko/")
	known := catalogue(locale.KO)
	look := func(what string) { p.translated(known, what) }
	look("the prerendered frame")
	release()
	p.ready()
	p.states(look)
	p.box("key").fill("secret")
	p.box("payload").fill(`{"iss":"a","aud":"b","iat":1795219200000,"exp":"1795219200"}`)
	p.find("textbox", p.say("ui.expect.aud")).fill("c")
	p.answers("yes", "yes", "no")
	look("expectations")
	p.generate("ES256")
	p.noticed(p.say("ui.notice.generated", "ES256"))
	look("a new key")
}

// TestKoreanWouldNotice proves that the patterns let no English text pass.
func TestKoreanWouldNotice(t *testing.T) {
	known := catalogue(locale.KO)
	for _, id := range locale.IDs(locale.EN) {
		english := locale.Text(locale.EN, id, "7", "8", "9", "10", "11", "12")
		if english == locale.Text(locale.KO, id, "7", "8", "9", "10", "11", "12") || !sentence.MatchString(english) {
			continue
		}
		for _, k := range known {
			if k.MatchString(english) {
				t.Errorf("%q would pass for %s", english, k)
			}
		}
	}
}

// catalogue returns the texts of a language as patterns: anything may stand in place of the arguments.
func catalogue(l locale.Lang) []*regexp.Regexp {
	var all []*regexp.Regexp
	for _, id := range locale.IDs(l) {
		var args []string
		for n := range 10 {
			args = append(args, string(rune('\ue000'+n)))
		}
		whole := locale.Text(l, id, args...)
		texts := []string{whole}
		if what, why, cut := strings.Cut(whole, ". "); cut && strings.HasPrefix(id, "lint.") { // a finding opens and closes
			texts = append(texts, what+".", why)
		}
		for _, text := range texts {
			if p := pattern(text); p != nil {
				all = append(all, p)
			}
		}
	}
	return all
}

// pattern is a text whose arguments are the runes from U+E000 on; nil for one that has no words besides.
func pattern(text string) *regexp.Regexp {
	var b strings.Builder
	for _, r := range text {
		if '\ue000' <= r && r < '\ue00a' {
			b.WriteString(`(?s:.*)`)
		} else {
			b.WriteString(regexp.QuoteMeta(string(r)))
		}
	}
	p := b.String()
	if strings.Trim(strings.ReplaceAll(p, `(?s:.*)`, ""), ` \.:,()`) == "" {
		return nil
	}
	// A particle follows the sound of the argument before it: either of the two may stand there.
	return regexp.MustCompile(`^` + particles.ReplaceAllString(p, `${1}\p{Hangul}{0,2}`) + `$`)
}

var particles = regexp.MustCompile(`(\(\?s:\.\*\)”?)(은|는|이|가|을|를|과|와|으로|로)`)

// translated fails the test for each text on the page that no pattern of the catalogue has.
func (p *page) translated(known []*regexp.Regexp, what string) {
	p.Helper()
	var texts []string
	p.eval(shown, &texts)
	data := p.get(`[...document.querySelectorAll("textarea")].map((box) => box.value).join("\n")`)
	korean := func(s string) bool {
		return same(s) || quoted(data, s) || slices.ContainsFunc(known, func(k *regexp.Regexp) bool { return k.MatchString(s) })
	}
	for _, s := range texts {
		s = strings.TrimSpace(s)
		if p.told[s] || korean(s) || !slices.ContainsFunc(parts(s), func(part string) bool { return !korean(part) && !korean(number.ReplaceAllString(part, "")) }) {
			continue
		}
		p.told[s] = true
		p.Errorf("%s: not Korean: %q", what, s)
	}
}

// parts are the texts that one is put together from: pieces with dots between them, behind a mark.
func parts(s string) []string { return strings.Split(strings.TrimLeft(s, "✓✕!– "), " · ") }

// number is what may follow such a piece, as in "header 36".
var number = regexp.MustCompile(` [\d,]+$`)

// shown are the words on the page: the text of every node, and the attributes that assistive technology reads; but
// neither what lies in a text box or behind it, nor what is marked as of another language.
const shown = `(() => {
	const all = [document.title], skip = "textarea, noscript, [aria-hidden=true], [lang=en], template, script, style";
	const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
	for (let n; (n = walk.nextNode());) if (!n.parentElement.closest(skip) && n.data.trim()) all.push(n.data);
	for (const t of document.querySelectorAll("template")) for (const e of t.content.querySelectorAll("*")) for (const n of e.childNodes) if (n.nodeType === 3 && n.data.trim()) all.push(n.data);
	for (const e of document.querySelectorAll("*")) for (const a of ["aria-label", "title", "placeholder", "alt", "aria-valuetext", "aria-description", "aria-roledescription"]) if (e.hasAttribute(a) && !e.closest("[lang=en]")) all.push(e.getAttribute(a));
	for (const e of document.querySelectorAll("noscript")) all.push(e.textContent.replace(/<[^>]*>/g, ""));
	const description = document.querySelector("meta[name=description]");
	return [...all, description.content];
})()`

// quoted reports whether a text is shown out of the token or its key: the name of a claim or a key, or a beginning.
func quoted(data, s string) bool {
	beginning, cut := strings.CutSuffix(s, "…")
	return cut && strings.Contains(data, beginning) || strings.Contains(data, `"`+s+`"`)
}

// same reports whether a text is the same in every language: names of algorithms, of claims and of kinds of keys,
// numbers, and sections of standards.
func same(s string) bool {
	for _, a := range jws.Algorithms() {
		if s == a.Name {
			return true
		}
	}
	for _, a := range jwe.Algorithms() {
		if s == a.Name {
			return true
		}
	}
	for _, code := range snippet.For(snippet.Request{Alg: "HS256"}) {
		if s == code.Label+" · "+code.Library {
			return true
		}
	}
	if name, ok := strings.CutPrefix(s, "kid "); ok {
		return !strings.Contains(name, " ")
	}
	words := `JWT|Lab|J|W|T|UTC|JWS|JWE|JWK|SPKI|PEM|SD-JWT|SEC|PKCS#[18]|RSA|EC|OKP|P-\d+|Ed25519|kid|alg|none|typ|iss|sub|aud|exp|nbf|iat|jti|name|jwk|utf-8|base64|base64url|hex|English|RFC \d+|OIDC|Core|§[\d.]+|appendix|[\d,.:✓✕·–!+-]+`
	return regexp.MustCompile(`^(`+words+`)([ ,;()]+(`+words+`))*$`).MatchString(s) && !sentence.MatchString(s)
}

// sentence is what English words in a row look like.
var sentence = regexp.MustCompile(`[a-z]{3,} [a-z]{3,}`)
