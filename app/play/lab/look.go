package lab

// KeysName is where it is stored whether single keys do anything: "on" or "off".
const KeysName = "jwtlab.keys"

// looked is what only concerns what is shown, or leaves the page.
func (s State) looked(i Intent) (State, []Effect) {
	switch i := i.(type) {
	case Opened:
		if s.Open == i.Message {
			i.Message = 0
		}
		s.Open = i.Message
		return s, nil
	case Selected:
		if s.Selected == i.Item {
			i.Item = Item{}
		}
		s.Selected = i.Item
		return s, nil
	case ShowedWhole:
		s.Whole = !s.Whole
		return s, nil
	case Inspected:
		return s, []Effect{Show{i.Token, s.Record.State.Now.Unix()}}
	case Shared:
		link, ok := Link(s.Script)
		if !ok {
			return s, []Effect{Tell{"lab-too-long", nil}}
		}
		return s, []Effect{Copy{link, "copied-link"}}
	case Copied:
		return s, []Effect{Copy{s.Script, "copied-script"}}
	case Saved:
		return s, []Effect{Save{"lab.txt", s.Script}}
	case ShowedKeys:
		s.Keys = !s.Keys
		return s, nil
	case SwitchedKeys:
		s.KeysOff = !s.KeysOff
		return s, []Effect{Keep{KeysName, map[bool]string{true: "off", false: "on"}[s.KeysOff]}}
	}
	panic("lab: unknown intent")
}
