// Package template stands in the page's program for text/template. Nobody there but the server's half of go-app imports it,
// which never runs in a browser; its table of functions alone would keep 50 KB of code.
package template

import "io"

// A Template does nothing.
type Template struct{}

// New panics: a template that silently wrote nothing would be worse.
func New(string) *Template { panic("the page's program is built without templates") }

// Must is there for go-app.
func Must(t *Template, _ error) *Template { return t }

// Parse is there for go-app.
func (t *Template) Parse(string) (*Template, error) { return t, nil }

// Execute is there for go-app.
func (*Template) Execute(io.Writer, any) error { return nil }
