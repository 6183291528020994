package lab

import (
	"slices"
	"strings"

	"jwtlab/app/lab/scenario"
	"jwtlab/app/lab/wire"
)

// places are the actors in the order in which the drawing has them; whoever else there is stands before the attacker.
var places = []string{"browser", "phone", "shop.example", "app.shop.example", "accounts.example", "news.example", "evil.example"}

const attacker = "attacker"

// Actor is who a message is from or to: a client by its name, a server by its host.
func Actor(name string) string {
	if _, host, ok := strings.Cut(name, "://"); ok {
		return host
	}
	return name
}

// Lanes returns the actors of the messages, in their order in the drawing.
func Lanes(messages []*wire.Message) []string {
	var seen []string
	for _, m := range messages {
		for _, who := range []string{Actor(m.From), Actor(m.To)} {
			if who != "" && !slices.Contains(seen, who) {
				seen = append(seen, who)
			}
		}
	}
	var lanes []string
	for _, who := range places {
		always := who == "shop.example" || who == "browser" && !slices.Contains(seen, "phone")
		if always || slices.Contains(seen, who) {
			lanes = append(lanes, who)
		}
	}
	for _, who := range seen {
		if !slices.Contains(places, who) && who != attacker {
			lanes = append(lanes, who)
		}
	}
	if slices.Contains(seen, attacker) {
		lanes = append(lanes, attacker)
	}
	return lanes
}

// Hostile reports whether a message is the attacker's work: one of the attacker's machine, or of the attacker's site.
func Hostile(m *wire.Message) bool {
	for _, who := range []string{m.From, m.To, m.By} {
		if w := Actor(who); w == attacker || w == "evil.example" {
			return true
		}
	}
	return false
}

// A Move is a step with its messages.
type Move struct {
	Step     *scenario.Step
	Messages []*wire.Message
}

// shownMessages is how many messages are shown before somebody asks for more, and mostMessages how many then.
const (
	shownMessages = 40
	mostMessages  = 400
)

// Shown returns the last steps with their messages, and how many messages before them are not shown.
func (s *State) Shown() (moves []Move, hidden int) {
	most := shownMessages
	if s.Whole {
		most = mostMessages
	}
	steps := s.Record.Steps
	count, first := 0, len(steps)
	for first > 0 && (first == len(steps) || count+length(&steps[first-1]) <= most) && len(steps)-first < most {
		first--
		count += length(&steps[first])
	}
	for i := first; i < len(steps); i++ {
		m := Move{Step: &steps[i]}
		for id := max(steps[i].First, steps[i].Last-mostMessages+1); id <= steps[i].Last; id++ {
			if one := s.Record.Message(id); one != nil {
				m.Messages = append(m.Messages, one)
			}
		}
		moves = append(moves, m)
	}
	total := s.Record.Forgotten + len(s.Record.Messages)
	return moves, total - count
}

func length(step *scenario.Step) int { return max(0, step.Last-step.First+1) }
