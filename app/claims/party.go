package claims

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jwtlab/app/check"
	"jwtlab/app/token"
)

// issuer compares iss byte for byte: it is case-sensitive, and no URL is brought into a normal form first
// (RFC 7519 §4.1.1, §2 "StringOrURI").
func (v *validation) issuer() {
	iss, want := v.claims["iss"], v.Issuer
	got := short(iss.Text())
	switch {
	case !iss.Exists() && want == "":
		v.add("iss", check.Unchecked, "iss.absent")
	case !iss.Exists():
		v.add("iss", check.No, "iss.missing", short(want))
	case v.twice("iss"):
	case iss.Kind() != token.String:
		v.add("iss", check.No, "iss.type", short(iss.Raw()))
	case want == "":
		v.add("iss", check.Unchecked, "iss.unasked", got)
	case iss.Text() == want:
		v.add("iss", check.Yes, "iss.match", got)
	case strings.TrimSuffix(iss.Text(), "/") == strings.TrimSuffix(want, "/"):
		v.add("iss", check.No, "iss.slash", got, short(want))
	default:
		v.add("iss", check.No, "iss.other", got, short(want))
	}
}

// audience asks whether one of the recipient's names is among those of aud, a string or an array of strings
// (RFC 7519 §4.1.3).
func (v *validation) audience() {
	aud := v.claims["aud"]
	want := slices.DeleteFunc(slices.Clone(v.Audience), func(s string) bool { return s == "" })
	names, ok := recipients(aud.Value)
	switch {
	case !aud.Exists() && len(want) == 0:
		v.add("aud", check.Unchecked, "aud.absent")
	case !aud.Exists():
		v.add("aud", check.No, "aud.missing", list(want))
	case v.twice("aud"):
	case !ok:
		v.add("aud", check.No, "aud.type", short(aud.Raw()))
	case len(want) == 0:
		// A recipient must refuse a token with an aud that it is not in, so that not asking is worth a look.
		v.add("aud", check.Unchecked, "aud.unasked", list(names))
		v.checks[len(v.checks)-1].Remark = true
	default:
		v.recipient(names, want)
	}
}

func (v *validation) recipient(names, want []string) {
	for _, n := range names {
		if slices.Contains(want, n) {
			v.add("aud", check.Yes, "aud.match", short(n))
			return
		}
	}
	v.add("aud", check.No, "aud.other", list(names), list(want))
}

func recipients(aud token.Value) (names []string, ok bool) {
	switch aud.Kind() {
	case token.String:
		return []string{aud.Text()}, true
	case token.Array:
		for item := range aud.Items() {
			if item.Kind() != token.String {
				return nil, false
			}
			names = append(names, item.Text())
		}
		return names, true
	}
	return nil, false
}

// What is shown in a reason has to fit into a sentence, whatever the token's size.
const longest = 80

// list joins names; a list of none is an empty array's "[]".
func list(names []string) string {
	if len(names) == 0 {
		return "[]"
	}
	var all strings.Builder
	for i, n := range names {
		if i > 0 {
			all.WriteString(", ")
		}
		if all.Len() > longest {
			all.WriteString("…")
			break
		}
		all.WriteString(short(n))
	}
	return all.String()
}

// short cuts a long text at a character's end.
func short(s string) string {
	if len(s) <= longest {
		return s
	}
	cut := longest
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
