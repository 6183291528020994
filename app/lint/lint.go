// Package lint tells what is unwise about a token: what is no fault of form and may verify, and yet gets people hurt.
//
// A finding names the member it is about, its place in the text as pasted, and the section that it comes from. The
// rules are quiet by default: what a careful issuer does on purpose is no finding, and what only some do is a note.
// Nothing here decides anything; whether the token is well-formed, genuine and acceptable is for the packages token,
// jws and claims, and some findings repeat what those say, so that a list of findings is complete by itself: see
// [Repeats].
//
// Every code is a row in rules.go; its words are "lint." and the code in package locale. Start with [Check].
package lint

import (
	"slices"

	"jwtlab/app/check"
	"jwtlab/app/claims"
	"jwtlab/app/key"
	"jwtlab/app/token"
)

// Input is a token and what is known of it. Without keys, the rules about keys are silent.
type Input struct {
	Token     token.Token
	Keys      key.Reading
	Used      int          // the index in Keys of the key that verified, -1 for none
	Signature check.Answer // whether it is genuine
	Now       int64        // seconds since 1970; 0 leaves out the rules that need it
}

// A Finding is one thing that is unwise. It has the shape of a [token.Problem]; its words are "lint." and the code.
// Without a part it is about the token as a whole, its span then being that of the token, or about a key.
type Finding token.Problem

const (
	maxOfCode   = 4   // findings of one code; the fifth teaches nothing
	maxFindings = 100 // in all
)

// Check returns the findings, the worst first and then in the order of their places. It never fails: of a token that
// cannot be read, only what can is looked at.
func Check(in Input) []Finding {
	l := &linter{Input: in, header: in.Token.Header(), payload: in.Token.Payload(), counts: map[string]int{}}
	l.claims = gather(l.payload.JSON.Root())
	l.profile = claims.Recognise(l.header.JSON, l.payload.JSON)
	l.classify()
	l.form()
	l.algorithm()
	l.secret()
	l.keys()
	l.params()
	l.origins()
	l.encryption()
	if l.payload.JSON.Root().Kind() == token.Object {
		l.conform()
		l.times()
		l.lifetime()
		l.parties()
		l.rights()
		l.names()
		l.content()
		l.selective()
	}
	l.sort()
	return l.found[:min(len(l.found), maxFindings)]
}

// sort puts the worst first. It is written out because there are a few dozen at most, and a generic sort is larger.
func (l *linter) sort() {
	for i := range l.found {
		for k := i; k > 0 && l.found[k].before(l.found[k-1]); k-- {
			l.found[k], l.found[k-1] = l.found[k-1], l.found[k]
		}
	}
}

func (f Finding) before(g Finding) bool {
	if f.Severity != g.Severity {
		return f.Severity == token.Error || g.Severity == token.Note
	}
	return f.Start < g.Start
}

// A linter is a check under way.
type linter struct {
	Input
	header, payload token.Segment
	profile         claims.Profile
	claims          map[string]token.Value // the first of each name that a rule asks for
	jwt             bool                   // it says that it is a JWT, or has a claim of RFC 7519
	plain           bool                   // it is of a kind that the advice for JWTs in general is meant for
	kept            bool                   // its holder keeps it for years and shows it around
	life            float64                // seconds that it lives, 0 if that cannot be told
	found           []Finding
	counts          map[string]int
}

// add adds a finding at a place of its own.
func (l *linter) add(code string, part token.Part, at token.Span, args ...string) {
	if l.counts[code]++; l.counts[code] > maxOfCode {
		return
	}
	for i := range args {
		args[i] = clip(args[i])
	}
	f := Finding{Code: code, Span: at, Args: args, Part: part}
	for _, r := range rules {
		if r.code == code {
			f.Severity, f.Ref = r.severity, r.ref
		}
	}
	l.found = append(l.found, f)
}

// at adds a finding about a value, or a name, of a segment.
func (l *linter) at(code string, s token.Segment, v token.Value, args ...string) {
	at := s.Span
	if v.Exists() {
		at = s.Source(v.Span().Start, v.Span().End)
	}
	l.add(code, s.Part, at, args...)
}

// inHeader and inPayload add a finding about a value of theirs, or about all of it when the value is not there.
func (l *linter) inHeader(code string, v token.Value, args ...string) {
	l.at(code, l.header, v, args...)
}

func (l *linter) inPayload(code string, v token.Value, args ...string) {
	l.at(code, l.payload, v, args...)
}

// whole adds a finding about the token as a whole.
func (l *linter) whole(code string, args ...string) { l.add(code, "", l.Token.Span, args...) }

// param returns a header parameter.
func (l *linter) param(name string) token.Value { return l.header.JSON.Root().Get(name) }

// text returns a header parameter if it is a string.
func (l *linter) text(name string) string {
	if v := l.param(name); v.Kind() == token.String {
		return v.Text()
	}
	return ""
}

// asked are the claims that the rules ask for by name.
var asked = []string{
	"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "auth_time", "toe", "sid", "at_hash", "scope", "scp", "_sd_alg",
	"roles", "role", "groups", "permissions", "entitlements", "authorities", "admin", "is_admin", "isAdmin",
	"realm_access", "resource_access",
}

// gather takes the claims of [asked] in one pass, however many others there are.
func gather(root token.Value) map[string]token.Value {
	found := make(map[string]token.Value, 16)
	for name, value := range root.Members() {
		if n := name.Text(); slices.Contains(asked, n) && !found[n].Exists() {
			found[n] = value
		}
	}
	return found
}

// clip keeps a text that comes from the token fit for a sentence.
func clip(s string) string { return check.Clip(s, 60) }
