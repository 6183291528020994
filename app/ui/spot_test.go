package ui

import (
	"testing"

	"jwtlab/app/locale"
	"jwtlab/app/play"
)

func TestSpotOf(t *testing.T) {
	for path, want := range map[string]spot{
		"/": {"", locale.EN}, "": {"", locale.EN}, "/index.html": {"", locale.EN}, "/demo/": {"", locale.EN}, "/kok/": {"", locale.EN},
		"/ko/": {"", locale.KO}, "/ko": {"", locale.KO}, "/ko/index.html": {"", locale.KO}, "/any/demo/ko/": {"", locale.KO},
		"/server/": {play.Server, locale.EN}, "/server": {play.Server, locale.EN}, "/demo/server/index.html": {play.Server, locale.EN},
		"/ko/server/": {play.Server, locale.KO}, "/any/ko/server": {play.Server, locale.KO}, "/observer/": {"", locale.EN},
	} {
		if got := spotOf(path); got != want {
			t.Errorf("spotOf(%q) = %v, want %v", path, got, want)
		}
	}
}

func TestLinks(t *testing.T) {
	for _, c := range []struct {
		from, to spot
		want     string
	}{
		{spot{"", locale.EN}, spot{"", locale.EN}, "./"},
		{spot{"", locale.EN}, spot{play.Server, locale.KO}, "ko/server/"},
		{spot{play.Server, locale.KO}, spot{"", locale.EN}, "../../"},
		{spot{play.Server, locale.EN}, spot{play.Server, locale.EN}, "../server/"},
		{spot{"", locale.KO}, spot{play.Server, locale.KO}, "../ko/server/"},
	} {
		p := &Page{state: play.State{Route: c.from.route, Lang: c.from.lang}}
		if got := p.to(c.to); got != c.want {
			t.Errorf("from %v to %v: %q, want %q", c.from, c.to, got, c.want)
		}
	}
}
