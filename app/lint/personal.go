package lint

import "strings"

// marks are what credentials begin with that name their kind themselves, each with how long it is at least.
var marks = []struct {
	start, kind string
	least       int
}{
	{"AKIA", "AWS", 20}, {"ASIA", "AWS", 20}, {"ghp_", "GitHub", 36}, {"gho_", "GitHub", 36}, {"ghs_", "GitHub", 36},
	{"github_pat_", "GitHub", 40}, {"glpat-", "GitLab", 20}, {"sk_live_", "Stripe", 20}, {"rk_live_", "Stripe", 20},
	{"xoxb-", "Slack", 20}, {"xoxp-", "Slack", 20}, {"AIza", "Google", 39}, {"sk-ant-", "Anthropic", 20},
	{"sk-proj-", "OpenAI", 20}, {"npm_", "npm", 36},
}

// credentialKind reports whether a string is a credential by its looks, and of what kind.
func credentialKind(s string) (kind string, ok bool) {
	if strings.Contains(s, "-----BEGIN ") && strings.Contains(s, "PRIVATE KEY-----") {
		return "PEM", true
	}
	for _, m := range marks {
		if strings.HasPrefix(s, m.start) && len(s) >= m.least && len(s) < 300 && !strings.ContainsAny(s, " \n") {
			return m.kind, true
		}
	}
	if a := parseURL(s); len(s) < 300 && strings.Contains(a.user, ":") {
		return a.scheme, true
	}
	return "", false
}

// digitsOf returns the digits of s if beside them it has hyphens and blanks only, "" if not.
func digitsOf(s string) string {
	digits := make([]byte, 0, 24)
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			digits = append(digits, c)
		case c != '-' && c != ' ':
			return ""
		}
	}
	return string(digits)
}

// identifiers are names whose values may be any number.
const identifiers = " sub jti sid kid id oid tid uid azp appid clientid nonce txn phone phonenumber mobile msisdn imei "

// isCard reports whether a number is that of a payment card: an issuer's prefix and length, and the check digit of
// Luhn (ISO/IEC 7812-1). An identifier of so many digits passes one time in a hundred, so those are left out.
func isCard(name, s string) bool {
	if len(s) < 14 || len(s) > 23 || strings.Contains(identifiers, " "+plainName(name)+" ") {
		return false
	}
	d := digitsOf(s)
	if len(d) < 14 {
		return false
	}
	two, four := d[:2], d[:4]
	switch n := len(d); {
	case n == 16 && (d[0] == '4' || "51" <= two && two <= "55" || "2221" <= four && four <= "2720" || four == "6011" || two == "65" ||
		"3528" <= four && four <= "3589" || two == "62"):
	case n == 15 && (two == "34" || two == "37"):
	case n == 14 && (two == "36" || two == "38"):
	default:
		return false
	}
	return luhn(d) && strings.Trim(d, d[:1]) != ""
}

func luhn(d string) bool {
	sum := 0
	for i := range len(d) {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}

// isResidentNumber reports whether a text is a Korean resident registration number (주민등록번호): a date of birth, a
// digit for century and sex, and five more with a check digit. Numbers given since October 2020 have none, so that of
// those only the written form with its hyphen counts.
func isResidentNumber(s string) bool {
	hyphen := len(s) == 14 && s[6] == '-'
	d := digitsOf(s)
	if len(d) != 13 || len(s) != 13 && !hyphen {
		return false
	}
	month, date := d[2:4], d[4:6]
	if month < "01" || month > "12" || date < "01" || date > "31" || d[6] < '1' || d[6] > '8' {
		return false
	}
	sum := 0
	for i, weight := range "234567892345" {
		sum += int(d[i]-'0') * int(weight-'0')
	}
	if (11-sum%11)%10 == int(d[12]-'0') {
		return true
	}
	return hyphen && strings.IndexByte("3478", d[6]) >= 0 && d[:6] >= "201001"
}

// isSocialSecurity reports whether a text is a social security number of the United States as it is written, in the
// ranges that are given out.
func isSocialSecurity(s string) bool {
	if len(s) != 11 || s[3] != '-' || s[6] != '-' || len(digitsOf(s)) != 9 {
		return false
	}
	area := s[:3]
	return area != "000" && area != "666" && area < "900" && s[4:6] != "00" && s[7:] != "0000"
}
