package scenario

import (
	"slices"

	"jwtlab/app/lab/wire"
)

// every is how many moves there are between two checkpoints.
const every = 50

// A Runner plays scripts. It remembers how the world stood at some of the lines that it has played, so that to go back, or on
// another way, is to play a few lines only. It is for one caller at a time.
type Runner struct {
	lines  []Line  // the longest of the scripts that the points are of
	points []point // in the order of their lines
	head   *point  // where it stands
}

// A point is the world after some lines.
type point struct {
	played int // lines
	world  *world
	steps  []Step
}

// NewRunner returns a runner that has played nothing.
func NewRunner() *Runner { return &Runner{} }

// Run plays a script up to and with its line of a number; 0 is all of it. A line that is wrong ends it: the lines before it are
// played, and the error is a [*LineError].
func (r *Runner) Run(script string, upto int) (Record, error) {
	lines, wrong := Read(script)
	if upto > 0 {
		lines = lines[:countUpTo(lines, upto)]
	}
	p, err := r.from(lines)
	if err != nil {
		return Record{}, err
	}
	r.head = nil // until all is played: it may end in the middle of a line
	for p.played < len(lines) {
		if err := p.play(lines[p.played]); err != nil {
			return p.record(), err
		}
		if len(p.steps)%every == 0 {
			r.remember(p)
		}
	}
	r.head = p
	return p.record(), wrong
}

// Run plays a script from its beginning, as [Runner.Run] does.
func Run(script string) (Record, error) { return NewRunner().Run(script, 0) }

func countUpTo(lines []Line, number int) int {
	n, _ := slices.BinarySearchFunc(lines, number+1, func(l Line, n int) int { return l.Number - n })
	return n
}

// remember keeps a copy of a point, unless it has been passed before.
func (r *Runner) remember(p *point) {
	if n := len(r.points); n == 0 || r.points[n-1].played < p.played {
		r.points = append(r.points, p.copied())
	}
}

// from returns the latest point that lies on the way of a script, ready to be played on from. Points further on are kept as long
// as the script is a part of the one that they are of: whoever goes back may come again.
func (r *Runner) from(lines []Line) (*point, error) {
	same := 0
	for same < min(len(lines), len(r.lines)) && lines[same].equal(r.lines[same]) {
		same++
	}
	head := r.head // of which all lines are of r.lines
	if same < len(lines) {
		r.lines = lines
		for n := len(r.points); n > 0 && r.points[n-1].played > same; n-- {
			r.points = r.points[:n-1] // by no generic function: its dictionary would keep all of the world
		}
	}
	s, rest := begin(lines)
	settled := len(lines) - len(rest) // before, a world lacks some of its settings
	latest := -1
	for i, p := range r.points {
		if p.played <= same {
			latest = i
		}
	}
	if head != nil && settled <= head.played && head.played <= same && (latest < 0 || r.points[latest].played <= head.played) {
		return head, nil
	}
	if latest >= 0 {
		p := r.points[latest].copied()
		return &p, nil
	}
	w, err := build(s)
	return &point{played: settled, world: w}, err
}

func (l Line) equal(m Line) bool { return l.Number == m.Number && l.Text == m.Text }

func (p *point) copied() point { return point{p.played, p.world.clone(), slices.Clone(p.steps)} }

// play plays one line.
func (p *point) play(l Line) error {
	w := p.world
	w.net.Move = len(p.steps) + 1
	s := Step{Line: l.Number, Text: l.Text, Verb: l.Verb, Time: w.net.Now(), First: w.last() + 1}
	kind := verbs[l.Verb].kind
	if kind != "expect" {
		w.status, w.user = 0, ""
	}
	switch kind {
	case "attack":
		o := w.attack(l.Args[0])
		s.Outcome = &o
	case "expect":
		s.Failed = w.expect(l.Args, p.steps)
	default:
		if err := verbs[l.Verb].do(w, l.Args); err != nil {
			return &LineError{l.Number, "failed", []string{err.Error()}}
		}
	}
	s.Last, s.Status, s.User = w.last(), w.status, w.user
	p.steps = append(p.steps, s)
	p.played++
	return nil
}

// record is what has been played so far.
func (p *point) record() Record {
	w := p.world
	return Record{
		Setup: w.setup.ID(), Steps: slices.Clone(p.steps), State: w.state(),
		Record: wire.Record{Messages: slices.Clone(w.net.Messages), Forgotten: w.net.Forgotten},
	}
}

// state is how the world stands, as plain data.
func (w *world) state() State {
	s := State{
		Now: w.net.Now(), Browser: w.browser.State(), Address: w.browser.Address, Tab: w.tab, Servers: w.servers(),
		Events: slices.Clone(w.events), Attacker: slices.Clone(w.loot),
	}
	if w.phone != nil {
		s.Phone = &Phone{Address: w.phone.Address, Cookies: w.phone.Cookies()}
		for _, kind := range kinds {
			if value := w.phone.Kept(kept[kind]); value != "" {
				s.Phone.Items = append(s.Phone.Items, wire.Field{Name: kept[kind], Value: value})
			}
		}
	}
	if w.social != nil {
		s.Provider = w.social.provider.Users(w.net.Now())
	}
	return s
}
