package locale

import (
	"strings"
	"sync"
)

// A catalogue is the texts of one language, read when the first of them is asked for: a page shows one language, and
// the other should cost it nothing.
type catalogue struct {
	once  sync.Once
	texts map[string]string
}

var english, korean catalogue

func of(l Lang) *catalogue {
	if l == KO {
		return &korean
	}
	return &english
}

// texts returns all texts of the language by id.
func texts(l Lang) map[string]string {
	c := of(l)
	c.once.Do(func() {
		if l != KO {
			l = EN
		}
		c.texts = load(l)
	})
	return c.texts
}

// load reads the texts of the language. What a file has wrong is skipped here and told by a test.
func load(l Lang) map[string]string {
	all := make(map[string]string, 1024)
	read(source(l), func(_ int, id, text string) {
		if _, twice := all[id]; !twice {
			all[id] = text
		}
	})
	return all
}

// read hands the entries of a file to keep, with the number of the line that each starts in. A line that is none has
// an empty id.
func read(file string, keep func(line int, id, text string)) {
	var id, text string
	start := 0
	flush := func() {
		if start > 0 {
			keep(start, id, text)
		}
		start = 0
	}
	for n := 1; file != ""; n++ {
		var line string
		line, file, _ = strings.Cut(file, "\n")
		words := strings.TrimSpace(line)
		switch {
		case words == "" || line[0] == '#':
		case line[0] == ' ' || line[0] == '\t':
			text += " " + words
		default:
			flush()
			start = n
			id, text = entry(line)
		}
	}
	flush()
}

// entry splits "id = text"; the id is empty if there is no such thing in the line.
func entry(line string) (id, text string) {
	id, text, ok := strings.Cut(line, "=")
	id = strings.TrimSpace(id)
	if !ok || strings.ContainsAny(id, " \t") {
		return "", line
	}
	return id, strings.TrimSpace(text)
}
