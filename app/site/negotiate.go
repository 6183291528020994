package site

import (
	"strconv"
	"strings"
)

// encodings are the forms of a file that we have, best first.
var encodings = []string{"br", "gzip", "identity"}

// negotiate picks the form of a file for an Accept-Encoding header: the one with the highest weight, ours first among
// equals. identity is acceptable unless refused, and is what remains if everything is (RFC 9110 §12.5.3).
func negotiate(accept string, has func(encoding string) bool) string {
	weights := weigh(accept)
	best, most := "identity", 0.0
	for _, e := range encodings {
		weight, named := weights[e]
		if !named {
			weight, named = weights["*"]
		}
		if !named && e == "identity" {
			weight = 0.0001 // acceptable, but less than anything that was asked for
		}
		if weight > most && has(e) {
			best, most = e, weight
		}
	}
	return best
}

// weigh reads the header's codings and their weights; a weight that cannot be read counts as 0.
func weigh(accept string) map[string]float64 {
	weights := map[string]float64{}
	for item := range strings.SplitSeq(accept, ",") {
		coding, params, _ := strings.Cut(item, ";")
		coding = strings.ToLower(strings.TrimSpace(coding))
		if coding == "" {
			continue
		}
		if coding == "x-gzip" { // the same thing (RFC 9110 §8.4.1.3)
			coding = "gzip"
		}
		weights[coding] = 1
		if name, q, ok := strings.Cut(params, "="); ok && strings.EqualFold(strings.TrimSpace(name), "q") {
			weight, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
			if err != nil || !(weight >= 0 && weight <= 1) {
				weight = 0
			}
			weights[coding] = weight
		}
	}
	return weights
}
