package desk

// Limits of what undo keeps.
const (
	undoSteps = 100
	undoBytes = 32 << 20
	burst     = 2 // seconds within which typing in one field is one step
	pasted    = 16
)

func (s State) snapshot() Snapshot {
	return Snapshot{Token: s.Token, Key: s.Key, Encoding: s.Encoding, Header: s.Header, Payload: s.Payload,
		Selected: s.Selected, Unsigned: s.Unsigned, Held: s.Held, Kept: s.Kept}
}

// remember keeps the inputs as they are before a change. Letters typed into the same field in one go are one step; a
// change of many characters, a paste, is always its own.
func (s State) remember(field string, grown int) State {
	big := grown >= pasted || grown <= -pasted
	same := field != "" && field == s.edited.field && s.Clock-s.edited.at <= burst && !big
	s.edited = memory{field: field, at: s.Clock}
	if big {
		s.edited = memory{}
	}
	s.Redo = nil
	if same && len(s.Undo) > 0 {
		return s
	}
	s.Undo = push(s.Undo, s.snapshot())
	return s
}

// push returns a new slice, never the old one grown in place: earlier states keep theirs.
func push(stack []Snapshot, last Snapshot) []Snapshot {
	total := len(last.Token) + len(last.Key)
	first := len(stack)
	for first > 0 && len(stack)-first < undoSteps-1 {
		if total += len(stack[first-1].Token) + len(stack[first-1].Key); total > undoBytes {
			break
		}
		first--
	}
	out := make([]Snapshot, 0, len(stack)-first+1)
	return append(append(out, stack[first:]...), last)
}

func (s State) undo() (State, []Effect) {
	n := len(s.Undo)
	if n == 0 {
		return s.notice("nothing-to-undo"), nil
	}
	last := s.Undo[n-1]
	s.Redo, s.Undo = push(s.Redo, s.snapshot()), s.Undo[:n-1:n-1]
	return s.notice("undone").restore(last)
}

func (s State) redo() (State, []Effect) {
	n := len(s.Redo)
	if n == 0 {
		return s.notice("nothing-to-redo"), nil
	}
	last := s.Redo[n-1]
	s.Undo, s.Redo = push(s.Undo, s.snapshot()), s.Redo[:n-1:n-1]
	return s.notice("redone").restore(last)
}

func (s State) restore(old Snapshot) (State, []Effect) {
	s.Token, s.Key, s.Encoding, s.Header = old.Token, old.Key, old.Encoding, old.Header
	s.Payload, s.Selected, s.Unsigned, s.Held, s.Kept = old.Payload, old.Selected, old.Unsigned, old.Held, old.Kept
	s.edited = memory{}
	return s.look()
}
