package site

import (
	"strings"

	"jwtlab/app/locale"
)

// A route is a page of the site, in each language.
type route struct {
	path string // below the language's folder, "" or ending in a slash
	name string // its words are site.NAME.title and site.NAME.description in package locale
	// words are the parts of the texts that it shows, with plus signs between them: see [locale.Words].
	words string
	style string // the style sheet that it has beside the one of all pages; empty for none
}

// routes lists the pages that exist. Each becomes one file a language, so that it survives a reload on any file host.
var routes = []route{
	{"", "debugger", "page+desk", ""},
	{"lab/", "lab", "page+server+lab", "lab.css"},
	{"server/", "server", "page+server", ""},
}

// folder returns where the route lies in the language: English at the root, any other language below its own name.
func (r route) folder(l locale.Lang) string {
	if l == locale.EN {
		return r.path
	}
	return string(l) + "/" + r.path
}

// up returns the way from a folder of the site to its root.
func up(folder string) string {
	return strings.Repeat("../", strings.Count(folder, "/"))
}

// relative returns a link to a folder of the site, usable under any base.
func relative(from, to string) string {
	if link := up(from) + to; link != "" {
		return link
	}
	return "./"
}
