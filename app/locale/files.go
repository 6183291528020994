//go:build !js

package locale

import (
	"embed"
	"slices"
	"strings"
)

//go:embed en/*.txt ko/*.txt
var files embed.FS

// source is the text of all files of a language.
func source(l Lang) string { return join(l) }

// Words are the texts of a language that the page may need, in the form that [Give] takes: the page loads those of its
// own language beside the program, and is spared the others. It never speaks as the command line does.
func Words(l Lang) string {
	var b strings.Builder
	read(join(l, "cli.txt", "serve.txt"), func(_ int, id, text string) { b.WriteString(id + "=" + text + "\n") })
	return b.String()
}

// join puts the files of a language together, but for those of these names.
func join(l Lang, without ...string) string {
	var all strings.Builder
	entries, _ := files.ReadDir(string(l))
	for _, e := range entries {
		if !slices.Contains(without, e.Name()) {
			text, _ := files.ReadFile(string(l) + "/" + e.Name())
			all.Write(text)
			all.WriteByte('\n')
		}
	}
	return all.String()
}
