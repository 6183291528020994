package site

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// booleans are the attributes that go-app sets as properties: true is printed bare, false as "false", which HTML reads
// as true.
var booleans = words(`async autofocus autoplay checked default defer disabled hidden ismap loop multiple muted open
	readonly required reversed selected`)

// known are the other attributes that the frame may have. An unknown one is most likely the rest of a value that
// broke out of its quotes.
var known = words(`accept alt autocapitalize autocomplete autocorrect class cols colspan datetime dir download
	draggable enterkeyhint for form height href hreflang id inputmode label lang list max maxlength min minlength name
	placeholder popover popovertarget popovertargetaction rel role rows rowspan scope size spellcheck src start step tabindex target title
	translate type value width wrap
	cx cy d fill focusable points preserveaspectratio r rx ry stroke stroke-linecap stroke-linejoin stroke-width
	transform viewbox x x1 x2 xmlns y y1 y2`)

// words returns the set of the words.
func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

// attributes mends the attributes of an element and sorts them.
func attributes(n *html.Node, from string) error {
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		keep, err := attribute(n, &a, from)
		if err != nil {
			return err
		}
		if keep {
			kept = append(kept, a)
		}
	}
	n.Attr = kept
	slices.SortFunc(n.Attr, func(a, b html.Attribute) int { return strings.Compare(a.Key, b.Key) })
	return nil
}

// attribute mends one attribute and reports whether the element keeps it.
func attribute(n *html.Node, a *html.Attribute, from string) (keep bool, err error) {
	switch {
	case booleans[a.Key]:
		keep = a.Val != "false"
		a.Val = ""
		return keep, nil
	case a.Key == "value" && n.Data == "textarea":
		// Go-app sets the property; in HTML the text is the content. A first line break would be skipped by parsers,
		// and html.Render doubles it for them.
		if a.Val != "" {
			n.AppendChild(&html.Node{Type: html.TextNode, Data: a.Val})
		}
		return false, nil
	case a.Key == "value" && n.Data == "select":
		return false, fmt.Errorf("frame has a select with a value: mark the option as selected")
	case a.Key == "href" && strings.HasPrefix(a.Val, "/"):
		a.Val = relative(from, strings.TrimPrefix(a.Val, "/"))
		return true, nil
	case strings.HasPrefix(a.Key, "aria-"):
		if a.Val == "" { // "true" is printed bare; an empty value would mean nothing here
			a.Val = "true"
		}
		return true, nil
	case strings.HasPrefix(a.Key, "data-"):
		if a.Val == "" {
			return false, fmt.Errorf(`frame has a bare %s in %s: go-app prints "" and "true" alike, use another value`, a.Key, n.Data)
		}
		return true, nil
	case known[a.Key]:
		if a.Val == "" && (a.Key == "spellcheck" || a.Key == "draggable") {
			a.Val = "true"
		}
		return true, nil
	case a.Key == "style":
		return false, fmt.Errorf("frame has a style in %s: the policy of the page forbids it", n.Data)
	}
	return false, fmt.Errorf("frame has an unknown attribute %q in %s", a.Key, n.Data)
}
