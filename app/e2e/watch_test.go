package e2e_test

import (
	"fmt"
	"strings"

	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
)

// heard notes what the tab reports: each error fails the test, unless it is expected.
func (p *page) heard(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		p.fault("exception: " + exception(e.ExceptionDetails))
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "assert" {
			p.fault("console: " + said(e.Args))
		} else {
			p.Logf("console %s: %s", e.Type, said(e.Args))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			p.fault(fmt.Sprintf("%s: %s %s", e.Entry.Source, e.Entry.Text, e.Entry.URL))
		}
	case *inspector.EventTargetCrashed:
		p.fault("the tab crashed")
	case *network.EventRequestWillBeSent:
		p.mu.Lock()
		p.asked = append(p.asked, e.Request.Method+" "+e.Request.URL)
		p.mu.Unlock()
	}
}

func (p *page) fault(text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, text)
}

// allow expects errors that have one of these texts in them.
func (p *page) allow(parts ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.allowed = append(p.allowed, parts...)
}

// expected reports whether a fault was allowed.
func (p *page) expected(fault string) bool {
	for _, part := range p.allowed {
		if strings.Contains(fault, part) {
			return true
		}
	}
	return false
}

// judge fails the test for what the page reported, and for a text without words.
func (p *page) judge() {
	var missing []string
	if err := p.try(bound, `[...document.documentElement.outerHTML.matchAll(/⟨[^⟩]*⟩/g)].map(String)`, &missing); err == nil && len(missing) > 0 {
		p.Errorf("the page shows ids that the catalogue does not know: %q", missing)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range p.faults {
		if !p.expected(f) {
			p.Errorf("the page reported: %s", f)
		}
	}
}

func exception(d *runtime.ExceptionDetails) string {
	if d.Exception != nil && d.Exception.Description != "" {
		return d.Text + " " + d.Exception.Description
	}
	return d.Text
}

func said(args []*runtime.RemoteObject) string {
	var words []string
	for _, a := range args {
		if a.Description != "" {
			words = append(words, a.Description)
		} else {
			words = append(words, strings.Trim(string(a.Value), `"`))
		}
	}
	return strings.Join(words, " ")
}
