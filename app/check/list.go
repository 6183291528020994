package check

import "slices"

// A Rule is a reason that a package can give: its code, the name of the check that it answers, and where it stands. It is
// an array so that a table of rules is read as one.
type Rule [3]string

// Codes returns the codes of the rules, in their order.
func Codes(rules []Rule) []string {
	codes := make([]string, len(rules))
	for i, r := range rules {
		codes[i] = r[0]
	}
	return codes
}

// Names returns the names of the checks that the rules answer, in their order, those side by side once.
func Names(rules []Rule) []string {
	names := make([]string, len(rules))
	for i, r := range rules {
		names[i] = r[1]
	}
	return slices.Compact(names)
}

// Clip keeps a text that comes from a token or a key fit for a sentence: at most so many characters.
func Clip(s string, most int) string {
	if len(s) <= most {
		return s
	}
	runes := 0
	for i := range s {
		if runes++; runes > most {
			return s[:i] + "…"
		}
	}
	return s
}

// A List collects checks whose names and references are those of the rules. A code without a rule gives a check without
// a name; the packages' tests hold that there is none.
type List struct {
	Rules  []Rule
	Checks []Check
}

// Yes adds a check that is answered with yes.
func (l *List) Yes(code string, args ...string) { l.add(Yes, code, args) }

// No adds a check that is answered with no.
func (l *List) No(code string, args ...string) { l.add(No, code, args) }

// Unchecked adds a check that is not answered.
func (l *List) Unchecked(code string, args ...string) { l.add(Unchecked, code, args) }

// Remark adds a check that is answered with yes and yet worth a look.
func (l *List) Remark(code string, args ...string) {
	l.add(Yes, code, args)
	l.Checks[len(l.Checks)-1].Remark = true
}

func (l *List) add(a Answer, code string, args []string) {
	l.Checks = append(l.Checks, Check{Answer: a, Code: code, Args: args})
	for i := range l.Rules {
		if r := &l.Rules[i]; r[0] == code {
			c := &l.Checks[len(l.Checks)-1]
			c.Name, c.Ref = r[1], r[2]
			return
		}
	}
}
