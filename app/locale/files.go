//go:build !js

package locale

import (
	"embed"
	"strings"
)

//go:embed en/*.txt ko/*.txt
var files embed.FS

// source is the text of all files of a language.
func source(l Lang) string { return join(l, func(string) bool { return true }) }

// parts says which part of the page a file belongs to, so that nobody loads what is on other pages. What is not listed is
// what the debugger says of tokens and keys; what has no part is said by the command line alone.
var parts = map[string]string{
	"ui.txt": "page", "site.txt": "page", "time.txt": "page",
	"client.txt": "server", "login.txt": "server",
	"cookie.txt": "lab", "lab.txt": "lab", "labpage.txt": "lab", "idp.txt": "lab", "scenario.txt": "lab",
	"cli.txt": "", "serve.txt": "",
}

// Words are the texts of a language that a part of the page needs, in the form that [Give] takes: the page loads those
// that it shows beside the program. The parts are "page", what every page has, "desk", "server" and "lab".
func Words(l Lang, part string) string {
	of := func(file string) bool {
		p, listed := parts[file]
		return listed && p == part || !listed && part == "desk"
	}
	var b strings.Builder
	read(join(l, of), func(_ int, id, text string) { b.WriteString(id + "=" + text + "\n") })
	return b.String()
}

// join puts the files of a language together that are asked for.
func join(l Lang, asked func(file string) bool) string {
	var all strings.Builder
	entries, _ := files.ReadDir(string(l))
	for _, e := range entries {
		if asked(e.Name()) {
			text, _ := files.ReadFile(string(l) + "/" + e.Name())
			all.Write(text)
			all.WriteByte('\n')
		}
	}
	return all.String()
}
