package main

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"jwtlab/app/check"
	"jwtlab/app/locale"
	"jwtlab/app/token"
)

// maxShown is how many problems are written for a person; those behind are mostly the same again.
const maxShown = 20

// problems lists problems with a caret under the place of each in the text. Without the text, as for a key, which is
// nobody's to print, only the place is told.
func (s *screen) problems(l locale.Lang, text string, all []token.Problem) {
	for _, p := range all[:min(len(all), maxShown)] {
		words := locale.Text(l, "problem."+p.Code, p.Args...)
		if p.Ref != "" {
			words += " (" + p.Ref + ")"
		}
		mark, st := severityMark(p.Severity)
		s.styled(st, "  "+mark+" ", plain, locale.Text(l, "ui.severity."+string(p.Severity))+" "+words)
		s.place(l, st, text, p)
	}
	if more := len(all) - maxShown; more > 0 {
		s.line("  " + s.paint(faint, locale.Text(l, "cli.more-problems", strconv.Itoa(more))))
	}
}

func severityMark(sev token.Severity) (string, style) {
	switch sev {
	case token.Error:
		return "✗", red
	case token.Warning:
		return "!", yellow
	}
	return "i", cyan
}

// place shows where a problem is. One that is about all of the text needs no caret.
func (s *screen) place(l locale.Lang, st style, text string, p token.Problem) {
	whole := p.Start <= 0 && p.End >= len(text)
	switch {
	case text == "" && p.End > 0 && p.Start > 0:
		s.line("    " + s.paint(faint, locale.Text(l, "cli.at-byte", strconv.Itoa(p.Start))))
	case text != "" && !whole && p.Start <= len(text):
		excerpt, carets := excerpt(text, p.Span, s.width-4)
		s.line("    ", s.paint(plain, excerpt))
		s.line("    ", s.paint(st, carets))
	}
}

// excerpt cuts the surroundings of a span out of a text, at most n cells of them, and draws carets under the span.
func excerpt(text string, at token.Span, n int) (line, carets string) {
	start := min(max(at.Start, 0), len(text))
	end := min(max(at.End, start), len(text))
	marked := safe(text[start:min(end, start+4*n)])
	inside := min(max(cells(marked), 1), n-2)
	room := n - 2 - inside // for what is around it
	after := min(room/2, cells(safe(text[end:min(len(text), end+room)])))
	before, cutBefore := tail(text[:start], room-after)
	rest, cutAfter := head(text[end:], room-cells(before))
	if cells(marked) > inside || end > start+4*n {
		marked, _ = cutCells(marked, inside)
		rest, cutAfter = "", true
	}
	if cutBefore {
		before = "…" + before
	}
	if cutAfter {
		rest += "…"
	}
	return before + marked + rest, strings.Repeat(" ", cells(before)) + strings.Repeat("^", inside)
}

// tail returns the end of a text, at most n cells of it, and whether something is missing.
func tail(s string, n int) (string, bool) {
	used, i := 0, len(s)
	for i > 0 {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		w := cells(safe(s[i-size : i]))
		if used+w > n {
			break
		}
		used += w
		i -= size
	}
	return safe(s[i:]), i > 0
}

// head returns the beginning of a text, at most n cells of it, and whether something is missing.
func head(s string, n int) (string, bool) {
	used, i := 0, 0
	for i < len(s) {
		_, size := utf8.DecodeRuneInString(s[i:])
		w := cells(safe(s[i : i+size]))
		if used+w > n {
			break
		}
		used += w
		i += size
	}
	return safe(s[:i]), i < len(s)
}

// worded is a problem with its words, as -json gives it.
type worded struct {
	token.Problem
	Text string `json:"text"`
}

func (c *call) worded(all []token.Problem) []worded {
	out := make([]worded, len(all))
	for i, p := range all {
		out[i] = worded{p, c.text("problem."+p.Code, p.Args...)}
	}
	return out
}

// answered is a check with its words, as -json gives it.
type answered struct {
	check.Check
	Text string `json:"text"`
}

func (c *call) answered(all []check.Check) []answered {
	out := make([]answered, len(all))
	for i, k := range all {
		out[i] = answered{k, c.why(k)}
	}
	return out
}

// why is the reason of a check in words.
func (c *call) why(k check.Check) string {
	if k.Code == "" {
		return ""
	}
	return c.text("why."+k.Code, k.Args...)
}
