package site

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// clean turns what go-app prints for a component into HTML that shows what go-app would build in the browser:
// escaped, in one order, and without the line breaks that go-app prints between children. What it cannot know for
// certain (a value that may have broken out of its quotes, an attribute whose value go-app leaves out) is an error, and
// so is markup that a browser would read as another tree. from is the folder of the page, for its links.
func clean(printed, from string) (string, error) {
	root, err := tree(printed)
	if err != nil {
		return "", err
	}
	if err := tidy(root, from); err != nil {
		return "", err
	}
	var out bytes.Buffer
	if err := html.Render(&out, root); err != nil {
		return "", fmt.Errorf("writing frame: %w", err)
	}
	if err := reread(root, out.Bytes()); err != nil {
		return "", err
	}
	return out.String(), nil
}

// tree builds the elements as they are printed, one for one. The parser of package html is not used because it would
// mend them as a browser does.
func tree(printed string) (*html.Node, error) {
	top := &html.Node{Type: html.DocumentNode}
	at := top
	z := html.NewTokenizer(strings.NewReader(printed))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			if !errors.Is(z.Err(), io.EOF) {
				return nil, fmt.Errorf("reading frame: %w", z.Err())
			}
			if at != top || top.FirstChild == nil || top.FirstChild != top.LastChild {
				return nil, errors.New("frame is not one element")
			}
			root := top.FirstChild
			top.RemoveChild(root)
			return root, nil
		case html.TextToken:
			at.AppendChild(&html.Node{Type: html.TextNode, Data: z.Token().Data})
		case html.StartTagToken:
			n, err := element(z)
			if err != nil {
				return nil, err
			}
			at.AppendChild(n)
			if !void[n.Data] {
				at = n
			}
		case html.EndTagToken:
			name := z.Token().Data
			if void[name] {
				continue // printed by go-app for an element made by name; browsers skip it (HTML §13.2.6.4.7)
			}
			if at.Data != name || at == top {
				return nil, fmt.Errorf("frame closes %s where %s is open", name, at.Data)
			}
			at = at.Parent
		default:
			return nil, fmt.Errorf("frame has a %s", kind)
		}
	}
}

// element returns the element whose start was read. Values are printed by strconv.Quote, which escapes as Go does: HTML
// would not read these back, so one that was escaped is an error.
func element(z *html.Tokenizer) (*html.Node, error) {
	raw := string(z.Raw())
	if strings.ContainsAny(raw, `\&`) {
		return nil, fmt.Errorf("frame has a value with a quote, a backslash, an ampersand or a control character in %s", raw)
	}
	token := z.Token()
	return &html.Node{Type: html.ElementNode, Data: token.Data, DataAtom: token.DataAtom, Attr: token.Attr}, nil
}

// void are the elements without an end tag (HTML §13.1.2).
var void = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true,
	"link": true, "meta": true, "source": true, "track": true, "wbr": true,
}

// tidy mends an element and all below it.
func tidy(n *html.Node, from string) error {
	if n.Type != html.ElementNode {
		return nil
	}
	if err := joinText(n); err != nil {
		return err
	}
	if err := attributes(n, from); err != nil {
		return err
	}
	for c := range n.ChildNodes() {
		if err := tidy(c, from); err != nil {
			return err
		}
	}
	return nil
}

// joinText takes away what go-app prints around children: with more than one child, a line break before each and one
// at the end. Two texts beside each other are printed with a line break between, which cannot be told from a text that
// has one, so outside of pre any line break that is left is an error.
func joinText(n *html.Node) error {
	if n.FirstChild == nil {
		return nil
	}
	many := n.FirstChild != n.LastChild
	if text := n.FirstChild; !many && text.Type == html.TextNode && framed(text.Data) {
		return fmt.Errorf("frame has texts side by side in %s: %q", n.Data, text.Data)
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.TextNode {
			if many {
				c.Data = strings.TrimSuffix(strings.TrimPrefix(c.Data, "\n"), "\n")
			}
			if !preformatted(n) && strings.Trim(c.Data, "\n") != "" && strings.Contains(c.Data, "\n") {
				return fmt.Errorf("frame has texts side by side, or a line break, in %s: %q", n.Data, c.Data)
			}
			if c.Data == "" || !preformatted(n) && strings.Contains(c.Data, "\n") { // the rest of empty texts
				n.RemoveChild(c)
			}
		}
		c = next
	}
	return nil
}

// framed reports whether a text looks like several that were printed as children: a line break before each and one at
// the end.
func framed(text string) bool {
	return strings.HasPrefix(text, "\n") && strings.HasSuffix(text, "\n") && strings.Count(text, "\n") > 2
}

// preformatted reports whether line breaks in the element are meant.
func preformatted(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Data == "pre" || n.Data == "textarea" {
			return true
		}
	}
	return false
}

// reread reports an error if a parser that follows the rules of browsers reads another tree than was written, as it
// does for a div in a p or a row outside of a table body.
func reread(root *html.Node, written []byte) error {
	read, err := html.ParseFragment(bytes.NewReader(written), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		return fmt.Errorf("reading frame back: %w", err)
	}
	if len(read) == 1 {
		if at, same := sameTree(root, read[0]); !same {
			return fmt.Errorf("a browser would read frame otherwise at %s", at)
		}
		return nil
	}
	return errors.New("a browser would read frame as more than one element")
}

// sameName compares names and texts. A parser gives foreign elements back their capitals (HTML §13.2.6.1).
func sameName(a, b *html.Node) bool {
	if a.Type == html.ElementNode {
		return strings.EqualFold(a.Data, b.Data)
	}
	return a.Data == b.Data
}

// sameTree compares elements, their attributes and texts; at names the first element that differs.
func sameTree(a, b *html.Node) (at string, same bool) {
	if a.Type != b.Type || !sameName(a, b) || len(a.Attr) != len(b.Attr) {
		return a.Data, false
	}
	for _, attr := range a.Attr {
		if !slices.ContainsFunc(b.Attr, func(o html.Attribute) bool {
			return strings.EqualFold(o.Key, attr.Key) && o.Val == attr.Val
		}) {
			return a.Data, false
		}
	}
	c, d := a.FirstChild, b.FirstChild
	for ; c != nil && d != nil; c, d = c.NextSibling, d.NextSibling {
		if at, same := sameTree(c, d); !same {
			return a.Data + " > " + at, false
		}
	}
	return a.Data, c == nil && d == nil
}
