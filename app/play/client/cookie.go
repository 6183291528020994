package client

import (
	"slices"
	"strings"
)

// A Cookie is what the server has told of a cookie that it set: all but its value.
type Cookie struct {
	Name       string   `json:"name"`
	Path       string   `json:"path"`
	Attributes []string `json:"attributes"` // as they were sent
	HTTPOnly   bool     `json:"http_only"`
	Gone       bool     `json:"gone,omitempty"` // it was taken away
}

// ToldHeader is the header in which the server tells which cookies it sets.
const ToldHeader = "X-Set-Cookie"

// readCookies reads the X-Set-Cookie lines of an answer, which a browser has joined with commas. No attribute in them has a
// comma: lifetimes are told by Max-Age.
func readCookies(told string) []Cookie {
	var all []Cookie
	for line := range strings.SplitSeq(told, ", ") {
		pair, rest, _ := strings.Cut(line, ";")
		name, _, ok := strings.Cut(pair, "=")
		if !ok || name == "" {
			continue
		}
		c := Cookie{Name: name, Path: "/"}
		for part := range strings.SplitSeq(rest, ";") {
			part = strings.TrimSpace(part)
			switch attribute, value, _ := strings.Cut(part, "="); strings.ToLower(attribute) {
			case "":
				continue
			case "path":
				c.Path = value
			case "httponly":
				c.HTTPOnly = true
			case "max-age":
				c.Gone = value == "0"
			}
			c.Attributes = append(c.Attributes, part)
		}
		all = append(all, c)
	}
	return all
}

// store keeps in mind what a browser has now.
func (s State) store(set []Cookie) State {
	s.Cookies = slices.Clone(s.Cookies)
	for _, c := range set {
		s.Cookies = slices.DeleteFunc(s.Cookies, func(o Cookie) bool { return o.Name == c.Name && o.Path == c.Path })
		if !c.Gone {
			s.Cookies = append(s.Cookies, c)
		}
	}
	return s
}

// added are the names of the cookies that the browser adds to a request, as far as they are known.
func (s State) added(path string) []string {
	var names []string
	for _, c := range s.Cookies {
		if c.Path == "/" || path == c.Path || strings.HasPrefix(path, c.Path+"/") {
			names = append(names, c.Name)
		}
	}
	return names
}
