//go:build !js

package cookie

import _ "embed"

// suffixes are rules of the Public Suffix List (publicsuffix.org, MPL-2.0), as they are in the version of golang.org/x/net
// that go.mod names: all of ICANN's, and the private ones of well-known hosters. A test has the names of those, writes the
// file with -update and holds it to the module.
//
// Each line is a top-level domain with the rules below it in parentheses, as a tree: "jp(ac .kobe(!city *))" has jp, ac.jp,
// *.kobe.jp and the exception city.kobe.jp; the dot says that kobe.jp is not a rule itself. Top-level domains with nothing
// below them are not there, since what is not known is a suffix too.
//
//go:embed suffixes.txt
var suffixes string
