package lab

import "time"

// The ends of the slider for the speed.
const (
	MinSpeed = -2
	MaxSpeed = 3
)

// timed is what goes to another place of the script, without changing it.
func (s State) timed(i Intent) (State, []Effect) {
	switch i := i.(type) {
	case Seeked:
		s.Playing = false
		return s.seek(i.Moves)
	case Stepped:
		s.Playing = false
		return s.seek(s.At() + i.By)
	case ChoseSpeed:
		s.Speed = min(max(i.Speed, MinSpeed), MaxSpeed)
		return s, nil
	case Turned:
		if !s.Playing || i.Turn != s.Turn {
			return s, nil
		}
		s, effects := s.seek(s.At() + 1)
		if s.At() >= len(s.Moves()) {
			s.Playing = false
			return s, effects
		}
		s, wait := s.wait()
		return s, append(effects, wait)
	}
	return s.play()
}

// seek goes to where so many moves have been played.
func (s State) seek(moves int) (State, []Effect) {
	all := s.Moves()
	moves = min(max(moves, 0), len(all))
	cursor := head(Lines(s.Script))
	if moves > 0 {
		cursor = all[moves-1]
	}
	if cursor == s.Cursor && !s.Pending {
		return s, nil
	}
	s.Before, s.Selected, s.Typing = nil, Item{}, false
	return s.run(cursor)
}

// play begins to play, from the start if all has been played, or pauses.
func (s State) play() (State, []Effect) {
	if s.Playing {
		s.Playing = false
		return s, nil
	}
	if len(s.Moves()) == 0 {
		return s, nil
	}
	var effects []Effect
	if s.At() >= len(s.Moves()) {
		s, effects = s.seek(0)
	}
	s.Playing = true
	s, wait := s.wait()
	return s, append(effects, wait)
}

func (s State) wait() (State, Effect) {
	s.Turn++
	delay := time.Second
	if s.Speed >= 0 {
		delay >>= s.Speed
	} else {
		delay <<= -s.Speed
	}
	return s, Wait{s.Turn, delay}
}
