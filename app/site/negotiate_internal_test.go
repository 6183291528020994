package site

import "testing"

func TestNegotiate(t *testing.T) {
	for _, c := range []struct{ accept, want string }{
		{"", "identity"},
		{"gzip, deflate, br, zstd", "br"},
		{"gzip, deflate", "gzip"},
		{"x-gzip", "gzip"},
		{"GZIP;Q=0.5", "gzip"},
		{"br;q=0.2, gzip;q=0.8", "gzip"},
		{"br;q=0, gzip;q=0", "identity"},
		{"br; q=1.0 , gzip; q=1.0", "br"},
		{"*", "br"},
		{"*;q=0", "identity"},
		{"*;q=0, gzip", "gzip"},
		{"identity", "identity"},
		{"identity;q=1, br;q=0.5", "identity"},
		{"gzip;q=0.001", "gzip"},
		{"br;q=nonsense, gzip", "gzip"},
		{"br;q=NaN, gzip;q=2", "identity"},
		{"deflate", "identity"},
		{",,;q=1,", "identity"},
	} {
		if got := negotiate(c.accept, func(string) bool { return true }); got != c.want {
			t.Errorf("negotiate(%q) = %s, want %s", c.accept, got, c.want)
		}
	}
	if got := negotiate("br, gzip", func(e string) bool { return e == "identity" }); got != "identity" {
		t.Errorf("negotiate for a file without other forms = %s, want identity", got)
	}
}
