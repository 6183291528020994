package browser

import (
	"slices"

	"jwtlab/app/cookie"
)

// A document is what a tab or a frame shows.
type document struct {
	id, tab, parent int
	name            string // of the frame
	url             address
	policy          string // Referrer-Policy
	status, message int    // of the response it came with
	text            string
	failed          bool // an error page is shown instead, of an opaque origin
	memory          *area
	made            request // by which it came, for a reload
}

func (d *document) clone() *document {
	c := *d
	c.memory = d.memory.clone()
	return &c
}

// origin is "null" for an error page.
func (d *document) origin() string {
	if d.failed {
		return "null"
	}
	return d.url.Origin()
}

// sameOrigin reports whether scripts of one document can reach into the other.
func (d *document) sameOrigin(e *document) bool { return d.origin() == e.origin() && !d.failed }

// parts are those of its URL; of an error page none.
func (d *document) parts() cookie.URL {
	if d.failed {
		return cookie.URL{Scheme: "chrome-error"}
	}
	return d.url.URL
}

// document returns a document that is shown; nil if it is not any more.
func (b *Browser) document(id int) *document {
	at, ok := slices.BinarySearchFunc(b.documents, id, func(d *document, id int) int { return d.id - id })
	if !ok {
		return nil
	}
	return b.documents[at]
}

// top returns the top-level document of a tab, or nil.
func (b *Browser) top(tab int) *document {
	for _, d := range b.documents {
		if d.tab == tab && d.parent == 0 {
			return d
		}
	}
	return nil
}

// ancestors are the documents that one is framed by, the nearest first.
func (b *Browser) ancestors(d *document) (around []*document) {
	for d.parent != 0 {
		d = b.document(d.parent)
		around = append(around, d)
	}
	return around
}

// frames are the documents framed by one, in the order in which they came.
func (b *Browser) frames(d *document) (below []*document) {
	for _, e := range b.documents {
		if e.parent == d.id {
			below = append(below, e)
		}
	}
	return below
}

// remove takes a document away, and what it frames.
func (b *Browser) remove(d *document) {
	for _, e := range b.frames(d) {
		b.remove(e)
	}
	b.documents = slices.DeleteFunc(b.documents, func(e *document) bool { return e == d })
}

// context is the document with its ancestors, as package cookie wants to know them.
func (b *Browser) context(d *document) cookie.Document {
	return cookie.Document{URL: d.parts(), Around: partsOf(b.ancestors(d))}
}

func partsOf(documents []*document) []cookie.URL {
	var parts []cookie.URL
	for _, d := range documents {
		parts = append(parts, d.parts())
	}
	return parts
}

// embedded returns the top-level site if the document is framed by another site, or frames stand between that are; it keys
// storage then, as Chromium does since 115. It is empty for a first party.
func (b *Browser) embedded(d *document) string {
	around := b.ancestors(d)
	for _, e := range around {
		parts := e.parts()
		if own := d.parts(); !own.SameSite(&parts) {
			top := around[len(around)-1].parts()
			return top.Site().String()
		}
	}
	return ""
}
