package e2e_test

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A control is an element that was found by its role and its accessible name, as the browser computes them for
// assistive technology.
type control struct {
	*page
	what   string
	object runtime.RemoteObjectID
}

// find waits for the one control with the role and the name.
func (p *page) find(role, name string) control {
	p.Helper()
	return p.findIn("", role, name)
}

// findIn is find within the region with the id.
func (p *page) findIn(region, role, name string) control {
	p.Helper()
	what := fmt.Sprintf("%s %q", role, name)
	ctx, cancel := context.WithTimeout(p.ctx, bound)
	defer cancel()
	for ctx.Err() == nil {
		found := p.query(region, role, name)
		if len(found) == 1 {
			return p.resolve(what, found[0])
		}
		if len(found) > 1 {
			p.Fatalf("%d controls are %s in %q", len(found), what, region)
		}
		p.change()
	}
	p.Fatalf("no %s in %q; there are %q\n%s", what, region, p.roles(region), p.state())
	return control{}
}

// roles lists what there is to be found in the region, for a failure.
func (p *page) roles(region string) (out []string) {
	for _, n := range p.query(region, "", "") {
		if role := text(n.Role); text(n.Name) != "" && role != "StaticText" && role != "InlineTextBox" && role != "option" {
			out = append(out, role+" "+text(n.Name))
		}
	}
	return out
}

// has reports whether there is such a control now.
func (p *page) has(region, role, name string) bool { return len(p.query(region, role, name)) > 0 }

// gone waits until the region has no such control.
func (p *page) gone(region, role, name string) {
	p.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, bound)
	defer cancel()
	for p.has(region, role, name) {
		if ctx.Err() != nil {
			p.Fatalf("%s %q is still in %q\n%s", role, name, region, p.state())
		}
		p.change()
	}
}

// answerTime is how long the accessibility tree may take to answer: now and then, on a busy machine, Chromium never does,
// and is asked again.
const answerTime = 15 * time.Second

// query asks the accessibility tree.
func (p *page) query(region, role, name string) []*accessibility.Node {
	root := "document"
	if region != "" {
		root = "document.getElementById(" + quote(region) + ")"
	}
	ctx, cancel := context.WithTimeout(p.ctx, answerTime)
	defer cancel()
	r, err := chromedp.Call(ctx, runtime.Evaluate, runtime.EvaluateParams{Expression: root})
	if err != nil || r.Result.ObjectID == "" {
		return nil
	}
	tree, err := chromedp.Call(ctx, accessibility.QueryAXTree, accessibility.QueryAXTreeParams{ObjectID: r.Result.ObjectID, Role: role, AccessibleName: name})
	if err != nil {
		return nil // the document went away: the caller looks again
	}
	var out []*accessibility.Node
	for _, n := range tree.Nodes {
		if !n.Ignored && n.BackendDOMNodeID != 0 {
			out = append(out, n)
		}
	}
	return out
}

func (p *page) resolve(what string, n *accessibility.Node) control {
	p.Helper()
	r := do(p, dom.ResolveNode, dom.ResolveNodeParams{BackendNodeID: n.BackendDOMNodeID})
	return control{p, what, r.Object.ObjectID}
}

// text is what the accessibility tree says in one of its values.
func text(v *accessibility.Value) string {
	if v == nil {
		return ""
	}
	var s string
	if json.Unmarshal(v.Value, &s) != nil {
		return string(v.Value)
	}
	return s
}

// call calls a function with the element as this, and decodes what it returns into the targets.
func (c control) call(function string, into ...any) {
	c.Helper()
	yes := true
	r := do(c.page, runtime.CallFunctionOn, runtime.CallFunctionOnParams{FunctionDeclaration: function, ObjectID: c.object, ReturnByValue: &yes, AwaitPromise: &yes, UserGesture: &yes})
	if r.ExceptionDetails != nil {
		c.Fatalf("%s: %s", c.what, exception(r.ExceptionDetails))
	}
	for _, to := range into {
		if err := json.Unmarshal(r.Result.Value, to); err != nil {
			c.Fatalf("%s: decoding %q: %v", c.what, r.Result.Value, err)
		}
	}
}

// prop reads a property of the element as a text.
func (c control) prop(name string) (s string) {
	c.Helper()
	c.call("function() { return String(this["+quote(name)+"]); }", &s)
	return s
}

// box is the text box with the id of the region and the catalogue's name.
func (p *page) box(region string) control {
	p.Helper()
	return p.findIn(region, "textbox", p.say("ui."+region))
}

// holds waits until the text box of the region has a text.
func (p *page) holds(region, text string) {
	p.Helper()
	p.until("the text box "+region+" to hold "+text, fmt.Sprintf("document.getElementById(%s).value === %s", quote(region+"-text"), quote(text)))
}

// value is what the text box of the region holds.
func (p *page) value(region string) string {
	p.Helper()
	return p.box(region).prop("value")
}
