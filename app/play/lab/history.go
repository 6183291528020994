package lab

// undoSteps is how many scripts are kept.
const undoSteps = 200

func (s *State) version() Version { return Version{s.Script, s.Cursor} }

// remember keeps the script as it is before a change.
func (s State) remember() State {
	s.Undo = push(s.Undo, s.version())
	s.Redo = nil
	s.Typing = false
	return s
}

// push returns a new slice, never the old one grown in place: earlier states keep theirs.
func push(stack []Version, last Version) []Version {
	first := max(0, len(stack)+1-undoSteps)
	out := make([]Version, 0, len(stack)-first+1)
	return append(append(out, stack[first:]...), last)
}

func (s State) undo() (State, []Effect) {
	n := len(s.Undo)
	if n == 0 {
		return s, []Effect{Tell{"nothing-to-undo", nil}}
	}
	last := s.Undo[n-1]
	s.Redo, s.Undo = push(s.Redo, s.version()), s.Undo[:n-1:n-1]
	return s.restore(last)
}

func (s State) redo() (State, []Effect) {
	n := len(s.Redo)
	if n == 0 {
		return s, []Effect{Tell{"nothing-to-redo", nil}}
	}
	last := s.Redo[n-1]
	s.Undo, s.Redo = push(s.Undo, s.version()), s.Redo[:n-1:n-1]
	return s.restore(last)
}

func (s State) restore(v Version) (State, []Effect) {
	s.Script = v.Script
	s.Before, s.Playing, s.Typing, s.Selected = nil, false, false, Item{}
	return s.run(v.Cursor)
}
