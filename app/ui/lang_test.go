package ui

import (
	"testing"

	"jwtlab/app/locale"
)

func TestLangOf(t *testing.T) {
	for path, want := range map[string]locale.Lang{
		"/": locale.EN, "": locale.EN, "/index.html": locale.EN, "/demo/": locale.EN, "/kok/": locale.EN,
		"/ko/": locale.KO, "/ko": locale.KO, "/ko/index.html": locale.KO, "/any/demo/ko/": locale.KO,
	} {
		if got := langOf(path); got != want {
			t.Errorf("langOf(%q) = %s, want %s", path, got, want)
		}
	}
}
