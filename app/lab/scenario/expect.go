package scenario

import (
	"slices"
	"strconv"
	"strings"

	"jwtlab/app/lab/wire"
)

// facts are what a line of a script can expect: with how many values, and what they are.
var facts = map[string]struct {
	values int
	usage  string
}{
	"status":   {1, "expect status NUMBER"},
	"user":     {1, "expect user NAME|nobody"},
	"applies":  {0, "expect applies"},
	"obtained": {0, "expect obtained"},
	"accepted": {0, "expect accepted"},
	"noticed":  {0, "expect noticed"},
	"until":    {1, "expect until DURATION|forever|never"},
	"sent":     {1, "expect sent FIELD"},
	"stored":   {1, "expect stored cookie|localstorage|sessionstorage|memory"},
	"event":    {1, "expect event NAME"},
	"private":  {0, "expect private"},
}

var factNames = []string{"status", "user", "applies", "obtained", "accepted", "noticed", "until", "sent", "stored", "event", "private"}

func checkExpect(args []string) *LineError {
	fact, values := split(args)
	f, ok := facts[fact]
	switch {
	case !ok:
		return choice("fact", fact, factNames)
	case len(values) != f.values:
		return &LineError{Code: "usage", Args: []string{f.usage, clip("expect " + strings.Join(args, " "))}}
	case fact == "status":
		return checkNumber(0, 599)(values)
	case fact == "until" && values[0] != "forever" && values[0] != "never":
		if _, err := duration(values[0]); err != nil {
			return &LineError{Code: "duration", Args: []string{clip(values[0])}}
		}
	}
	return nil
}

// split takes a "not" off.
func split(args []string) (fact string, values []string) {
	if args[0] == "not" {
		args = args[1:]
	}
	if len(args) == 0 {
		return "", nil
	}
	return args[0], args[1:]
}

// expect looks whether a fact holds, and says what is instead; nil if it holds.
func (w *world) expect(args []string, steps []Step) *Fault {
	fact, values := split(args)
	want := args[0] != "not"
	value := ""
	if len(values) > 0 {
		value = values[0]
	}
	holds, got := w.fact(fact, value, steps)
	if holds == want {
		return nil
	}
	return &Fault{strings.Join(args, " "), got}
}

func (w *world) fact(fact, value string, steps []Step) (holds bool, got string) {
	switch fact {
	case "status":
		return strconv.Itoa(w.status) == value, "status " + strconv.Itoa(w.status)
	case "user":
		user := w.user
		if user == "" {
			user = "nobody"
		}
		return user == value, "user " + user
	case "sent":
		return w.sent(value, steps)
	case "private":
		return w.private(steps)
	case "stored":
		places := w.places()
		return slices.Contains(places, value), "stored " + strings.Join(places, " ")
	case "event":
		var names []string
		for _, e := range w.events {
			names = append(names, e.Name)
		}
		return slices.Contains(names, value), "event " + strings.Join(names, " ")
	}
	for _, s := range slices.Backward(steps) {
		if s.Outcome != nil {
			return s.Outcome.fact(fact, value)
		}
	}
	return false, "no attack before"
}

// fact looks a fact of an attack up.
func (o *Outcome) fact(fact, value string) (holds bool, got string) {
	yes := map[string]bool{"applies": o.Applies, "obtained": o.Obtained, "accepted": o.Accepted, "noticed": o.Noticed}
	if is, ok := yes[fact]; ok {
		return is, map[bool]string{true: "", false: "not "}[is] + fact
	}
	return o.untilText() == normal(value), "until " + o.untilText()
}

// untilText is how long the credential serves, as "expect until" takes it.
func (o *Outcome) untilText() string {
	switch o.Until {
	case Forever:
		return "forever"
	case 0:
		return "never"
	}
	return strconv.FormatInt(o.Until, 10) + "s"
}

// normal is a time span in seconds.
func normal(value string) string {
	if d, err := duration(value); err == nil {
		return strconv.FormatInt(int64(d.Seconds()), 10) + "s"
	}
	return value
}

// moved are the messages of the last move.
func (w *world) moved(steps []Step) []*wire.Message {
	for _, s := range slices.Backward(steps) {
		if s.Verb != "expect" {
			return w.since(s.First - 1)
		}
	}
	return nil
}

// private reports whether the last answer of the shop, in the last move, may be kept by no cache that several people share (RFC 9111
// §5.2.2.5, §5.2.2.7). That the request had a Cookie is no reason for a cache not to.
func (w *world) private(steps []Step) (bool, string) {
	for _, m := range slices.Backward(w.moved(steps)) {
		if m.Kind == wire.Answer && m.From == shop {
			control := m.Value("Cache-Control")
			return strings.Contains(control, "no-store") || strings.Contains(control, "private"), strings.TrimSpace("Cache-Control: " + control)
		}
	}
	return false, "no answer"
}

// sent reports whether the last request to the shop, of the last move, had a field.
func (w *world) sent(field string, steps []Step) (bool, string) {
	all := w.moved(steps)
	for _, m := range slices.Backward(all) {
		if m.Kind == wire.Ask && (m.To == shop || m.To == plain) {
			names := make([]string, len(m.Header))
			for i, f := range m.Header {
				names[i] = strings.ToLower(f.Name)
			}
			return slices.Contains(names, strings.ToLower(field)), "sent " + strings.Join(names, " ")
		}
	}
	return false, "sent nothing"
}

// places are where credentials are now.
func (w *world) places() (all []string) {
	for _, l := range w.copies() {
		place := l.From
		if place == MemoryRefreshCookie {
			place = Memory
		}
		if !slices.Contains(all, place) {
			all = append(all, place)
		}
	}
	return all
}
