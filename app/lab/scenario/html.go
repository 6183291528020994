package scenario

import (
	"strings"

	"jwtlab/app/lab/browser"
	"jwtlab/app/lab/wire"
)

// formIn finds the form that leads to an address in a page of ours, with its hidden fields filled in.
func formIn(page, action string) (browser.Form, bool) {
	for _, part := range strings.Split(page, "<form ")[1:] {
		head, rest, _ := strings.Cut(part, ">")
		inside, _, _ := strings.Cut(rest, "</form>")
		if to, _ := attribute(head, "action"); to != action {
			continue
		}
		f := browser.Form{Action: action, Method: "POST"}
		for _, input := range strings.Split(inside, "<input ")[1:] {
			tag, _, _ := strings.Cut(input, ">")
			name, _ := attribute(tag, "name")
			value, filled := attribute(tag, "value")
			if kind, _ := attribute(tag, "type"); kind == "hidden" && name != "" && filled {
				f.Fields = append(f.Fields, wire.Field{Name: name, Value: value})
			}
		}
		return f, true
	}
	return browser.Form{}, false
}

// attribute is the value of an attribute in a tag; our pages quote all of them.
func attribute(tag, name string) (string, bool) {
	_, rest, found := strings.Cut(" "+tag, " "+name+`="`)
	value, _, closed := strings.Cut(rest, `"`)
	return unescape.Replace(value), found && closed
}

// unescape undoes what html.EscapeString does.
var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&#34;", `"`, "&#39;", "'", "&amp;", "&")
