package lab

import "strings"

const maxFound = 8

// Tokens returns the JWTs that stand in a text, each once.
func Tokens(text string) (found []string) {
	seen := map[string]bool{}
	for len(found) < maxFound {
		at := strings.Index(text, "eyJ")
		if at < 0 {
			return found
		}
		end := at
		for end < len(text) && ofToken(text[end]) {
			end++
		}
		one := strings.TrimRight(text[at:end], ".")
		if dots := strings.Count(text[at:end], "."); dots == 2 && strings.IndexByte(one, '.') > 0 && !seen[one] {
			seen[one] = true
			found = append(found, text[at:end])
		}
		text = text[end:]
	}
	return found
}

func ofToken(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_' || c == '.'
}
