package cookie

import (
	"slices"
	"strings"
	"sync"
)

// PublicSuffix returns the part of a canonical host under which others register domains; an unknown top-level domain is
// one too. A dot at the end of the host stays there.
func PublicSuffix(host string) string {
	labels := strings.Split(strings.TrimSuffix(host, "."), ".")
	n := 1
	rules := rulesOf(labels[len(labels)-1])
	for depth := 2; depth <= len(labels) && rules != ""; depth++ {
		found := find(rules, labels[len(labels)-depth])
		if found.exception {
			n = depth - 1
			break
		}
		if found.rule {
			n = depth
		}
		rules = found.below
	}
	at := len(host)
	if strings.HasSuffix(host, ".") {
		at--
	}
	for range n {
		at = strings.LastIndexByte(host[:max(at, 0)], '.')
	}
	return host[at+1:]
}

// RegistrableDomain returns the public suffix of a canonical host and one label more (RFC 6265bis §5.2). It is false for
// a host that is a suffix or an address, or has an empty label.
func RegistrableDomain(host string) (string, bool) {
	suffix := PublicSuffix(host)
	if IsAddress(host) || len(suffix) >= len(host) || strings.HasPrefix(host, ".") || strings.Contains(host, "..") {
		return "", false
	}
	rest := host[:len(host)-len(suffix)-1]
	return host[strings.LastIndexByte(rest, '.')+1:], true
}

// lines are those of the list, sorted: some are long, and no look-up should read through them.
var lines = sync.OnceValue(func() []string { return strings.Split(strings.TrimSuffix(suffixes, "\n"), "\n") })

// rulesOf returns the rules below a top-level domain.
func rulesOf(top string) string {
	if suffixes == "" {
		return "" // the page has no list
	}
	at, known := slices.BinarySearchFunc(lines(), top, func(line, top string) int {
		name, _, _ := strings.Cut(line[:min(len(line), len(top)+1)], "(")
		return strings.Compare(name, top)
	})
	if !known {
		return ""
	}
	return lines()[at][len(top)+1:]
}

// A branch is what the list says of a label.
type branch struct {
	rule, exception bool
	below           string // the rules below, up to their parenthesis and on
}

// find looks for a label among rules, which end at the parenthesis that closes them. An exception beats all, a name beats
// the wildcard.
func find(rules, label string) (found branch) {
	for rules != "" && rules[0] != ')' {
		end := strings.IndexAny(rules, " ()")
		name := rules[:end]
		below := ""
		rules = rules[end:]
		if rules[0] == '(' {
			below = rules[1:]
			rules = skip(below)
		}
		rules = strings.TrimPrefix(rules, " ")
		switch {
		case name == label, name == "*" && !found.rule:
			found = branch{rule: true, below: below}
		case name[0] == '.' && name[1:] == label:
			found.below = below
		case name[0] == '!' && name[1:] == label:
			return branch{exception: true}
		}
	}
	return found
}

// skip returns what stands behind the parenthesis that closes the rules.
func skip(rules string) string {
	for open := 1; open > 0; {
		at := strings.IndexAny(rules, "()")
		if rules[at] == '(' {
			open++
		} else {
			open--
		}
		rules = rules[at+1:]
	}
	return rules
}
