package browser

import (
	"cmp"
	"slices"
	"strings"

	"jwtlab/app/cookie"
	"jwtlab/app/lab/wire"
)

// A State is what a browser shows and keeps, as plain data.
type State struct {
	Documents []Document       `json:"documents"` // in the order in which they came
	Cookies   []*cookie.Cookie `json:"cookies"`
	Storage   []Area           `json:"storage"` // by origin, then by tab
	HSTS      []string         `json:"hsts"`    // hosts that are asked by https alone; "*." before one means those below it too
}

// A Document is what a tab or a frame shows.
type Document struct {
	ID     int          `json:"id"`
	Tab    int          `json:"tab"`
	Parent int          `json:"parent,omitempty"` // the document that frames it
	Name   string       `json:"name,omitempty"`
	URL    string       `json:"url"`
	Origin string       `json:"origin"`
	Status int          `json:"status,omitempty"`
	Failed bool         `json:"failed,omitempty"` // an error page is shown instead
	Memory []wire.Field `json:"memory,omitempty"`
}

// An Area is what an origin keeps in localStorage, or in sessionStorage of a tab.
type Area struct {
	Origin   string       `json:"origin"`
	Embedded string       `json:"embedded,omitempty"` // the top-level site, for documents of third parties
	Tab      int          `json:"tab,omitempty"`      // 0 for localStorage
	Items    []wire.Field `json:"items"`
}

// State returns what the browser shows and keeps now.
func (b *Browser) State() State {
	s := State{Cookies: b.Cookies()}
	for _, d := range b.documents {
		s.Documents = append(s.Documents, d.public())
	}
	for _, a := range b.areas {
		if len(a.items) > 0 {
			s.Storage = append(s.Storage, Area{a.origin, a.embedded, a.tab, slices.Clone(a.items)})
		}
	}
	slices.SortStableFunc(s.Storage, func(a, b Area) int {
		return cmp.Or(cmp.Compare(a.Origin, b.Origin), cmp.Compare(a.Embedded, b.Embedded), cmp.Compare(a.Tab, b.Tab))
	})
	for _, p := range b.hsts {
		if below := map[bool]string{true: "*."}[p.below]; p.until.After(b.net.Now()) {
			s.HSTS = append(s.HSTS, below+p.host)
		}
	}
	return s
}

// Top returns the document that a tab shows; false if it shows none.
func (b *Browser) Top(tab int) (Document, bool) {
	d := b.top(tab)
	if d == nil {
		return Document{}, false
	}
	return d.public(), true
}

// public is the document as others see it.
func (d *document) public() Document {
	return Document{
		ID: d.id, Tab: d.tab, Parent: d.parent, Name: d.name, URL: d.url.text, Origin: d.origin(),
		Status: d.status, Failed: d.failed, Memory: slices.Clone(d.memory.items),
	}
}

// name is that of a Set-Cookie line.
func name(line string) string {
	name, _, _ := strings.Cut(line, "=")
	return name
}
