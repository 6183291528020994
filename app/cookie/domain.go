package cookie

import (
	"net/netip"
	"strings"
	"unicode"
)

// DomainMatch reports whether a host lies in a domain (RFC 6265bis §5.1.3). Both are canonical hosts; the address of a
// machine lies in no domain but itself.
func DomainMatch(host, domain string) bool {
	if host == domain {
		return true
	}
	rest, ok := strings.CutSuffix(host, domain)
	return ok && strings.HasSuffix(rest, ".") && !IsAddress(host)
}

// IsAddress reports whether a host is an IP address, not a name.
func IsAddress(host string) bool {
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil
}

// CanonicalHost brings the name of a host to lower case and A-labels (RFC 6265bis §5.1.2). It is false for one that cannot
// be written so.
func CanonicalHost(host string) (string, bool) {
	if isASCII(host) {
		return lower(host), true
	}
	host = strings.Map(func(r rune) rune {
		switch r {
		case '。', '．', '｡': // dots as they are typed in East Asia (UTS #46)
			return '.'
		case '\u00ad', '\u200b', '\u2060', '\ufeff': // seen by nobody, and ignored
			return -1
		}
		if '！' <= r && r <= '～' { // full width
			r -= '！' - '!'
		}
		return unicode.ToLower(r)
	}, host)
	labels := strings.Split(host, ".")
	for i, label := range labels {
		if isASCII(label) {
			continue
		}
		encoded, ok := punycode(label)
		if !ok {
			return "", false
		}
		labels[i] = "xn--" + encoded
	}
	return strings.Join(labels, "."), true
}

// The parameters of Punycode (RFC 3492 §5).
const (
	base, tmin, tmax    = 36, 1, 26
	skew, damp          = 38, 700
	initialN, firstBias = 128, 72
	maxLabel            = 256 // characters; a label of a host has 63 octets at most
)

// punycode encodes a label (RFC 3492 §6.3).
func punycode(label string) (string, bool) {
	var out []byte
	runes := []rune(label)
	for _, r := range runes {
		if r < initialN {
			out = append(out, byte(r))
		}
	}
	basic := len(out)
	done := basic
	if basic > 0 {
		out = append(out, '-')
	}
	if len(runes) > maxLabel || strings.ContainsRune(label, unicode.ReplacementChar) {
		return "", false
	}
	n, delta, bias := rune(initialN), 0, firstBias
	for done < len(runes) {
		next := leastFrom(runes, n)
		delta += int(next-n) * (done + 1)
		n = next
		for _, r := range runes {
			if r < n {
				delta++
			}
			if r == n {
				out = appendDelta(out, delta, bias)
				bias = adapt(delta, done+1, done == basic)
				delta = 0
				done++
			}
		}
		delta++
		n++
	}
	return string(out), true
}

// leastFrom returns the least character that is not below n.
func leastFrom(runes []rune, n rune) rune {
	least := rune(unicode.MaxRune)
	for _, r := range runes {
		if r >= n {
			least = min(least, r)
		}
	}
	return least
}

// appendDelta writes a number in digits of a varying base.
func appendDelta(out []byte, q, bias int) []byte {
	for k := base; ; k += base {
		t := min(max(k-bias, tmin), tmax)
		if q < t {
			return append(out, digitOf(q))
		}
		out = append(out, digitOf(t+(q-t)%(base-t)))
		q = (q - t) / (base - t)
	}
}

func digitOf(d int) byte {
	if d < 26 {
		return 'a' + byte(d)
	}
	return '0' + byte(d-26)
}

// adapt chooses the base for the next number (RFC 3492 §6.1).
func adapt(delta, points int, first bool) int {
	if first {
		delta /= damp
	} else {
		delta /= 2
	}
	delta += delta / points
	k := 0
	for ; delta > (base-tmin)*tmax/2; k += base {
		delta /= base - tmin
	}
	return k + (base-tmin+1)*delta/(delta+skew)
}
