package desk

// Update applies an intent. The state given is not changed; what must be done outside returns as effects. An intent that
// only sets an input ends in a look.
func Update(s State, i Intent) (State, []Effect) { // flat: one line an intent
	switch i := i.(type) {
	case TypedToken:
		return s.typedToken(i.Text)
	case Received:
		return s.emptied(i.Text).notice("arrived").look()
	case TypedKey:
		return s.typedKey(i.Text)
	case TypedHeader:
		return s.typedHeader(i.Text)
	case TypedPayload:
		return s.typedPayload(i.Text)
	case TypedPassphrase:
		return s.typedPassphrase(i.Text)
	case TypedRoots:
		s.Roots = i.Text
	case ChoseEncoding:
		return s.choseEncoding(i)
	case ChoseAlg:
		return s.choseAlg(i.Alg)
	case ChoseToken:
		s.Selected, s.Header, s.Payload, s.Unsigned = i.Index, nil, nil, ""
	case ChoseExample:
		return s.choseExample(i.ID)
	case SetClaim:
		return s.setClaim(i.Name, i.Value)
	case AddedClaim:
		return s.addClaim(i.Name)
	case RemovedClaim:
		return s.removeClaim(i.Name)
	case Cleared:
		return s.emptied("").notice("cleared").look()
	case Undid:
		return s.undo()
	case Redid:
		return s.redo()
	case MovedClock:
		s.Moved = &i.Unix
	case ResetClock:
		s.Moved = nil
	case ExpectedIssuer:
		s.Issuer = i.Text
	case ExpectedAudience:
		s.Audience = i.Text
	case ExpectedLeeway:
		s.Leeway = i.Text
	case ExpectedRequest:
		s.Request = s.Request.with(i.Field, i.Text)
	case ShowedAll:
		s.Whole = true
	case ToggledDisclosure:
		return s.toggled(i)
	case OpenedInside:
		return s.openedInside(i.Path)
	case ShowedCode:
		s.Code = i.Language
		return s, nil
	case Rested:
		return s.rested(i.Revision)
	case Diagnosed:
		return s.diagnosed(i)
	case Resumed:
		return s.rested(s.Revision)
	case Opened:
		return s.opened(i)
	case Mended:
		return s.mended(i.Index)
	case PointedAt:
		s.Lit = i.Place
		return s, nil
	case Ticked:
		return s.ticked(i.Unix)
	case AskedKey:
		return s.askedKey(i)
	case Canceled:
		return s.canceled()
	case AskedCopy:
		return s.askedCopy(i.What)
	case Noticed:
		return s.notice(i.ID, i.Args...), nil
	case Signed:
		return s.signed(i)
	case Generated:
		return s.generated(i)
	case Looked:
		return s.looked(i)
	case Advanced:
		s.Progress = i.Progress
		return s, nil
	default:
		panic("desk: unknown intent")
	}
	return s.look()
}

func (s State) typedToken(text string) (State, []Effect) {
	if text == s.Token {
		return s, nil
	}
	s = s.remember("token", len(text)-len(s.Token))
	s.Inputs = s.withToken(text)
	return s.look()
}

// withToken are the inputs with another token, and nothing left of what was done to the one before.
func (in Inputs) withToken(text string) Inputs {
	in.Token, in.Header, in.Payload, in.Unsigned, in.Selected, in.Whole = text, nil, nil, "", 0, false
	in.Held, in.Kept = "", nil
	return in
}

func (s State) typedKey(text string) (State, []Effect) {
	if text == s.Key {
		return s, nil
	}
	s = s.remember("key", len(text)-len(s.Key))
	s.Key = text
	if !waits(s.takeRing().closed) {
		s.Passphrase = "" // it belongs to a key that is gone
	}
	return s.keyChanged()
}

func (s State) choseEncoding(i ChoseEncoding) (State, []Effect) {
	s = s.remember("", 0)
	s.Encoding = i.Encoding
	return s.keyChanged()
}

// keyChanged verifies with the new key. It signs only what was edited here and waits for a signature: a token that came
// from outside is never signed anew because somebody typed a key.
func (s State) keyChanged() (State, []Effect) {
	if s.Unsigned != "" {
		return s.resign()
	}
	return s.look()
}

// emptied is a desk with a token at most; what is expected of tokens stays.
func (s State) emptied(text string) State {
	s = s.remember("", 0)
	s.Inputs = Inputs{Token: text, Clock: s.Clock, Issuer: s.Issuer, Audience: s.Audience, Leeway: s.Leeway, Roots: s.Roots}
	return s
}

// ticked judges anew only when there is something new to say: whoever types is not to wait for a clock.
func (s State) ticked(unix int64) (State, []Effect) {
	first := s.Clock == 0
	s.Clock = unix
	if first || s.View.Times.stale(s.View.Times.Now, unix) && s.Moved == nil && len(s.Token) <= JobBytes {
		s.View = s.judge()
	}
	return s, nil
}

func (s State) notice(id string, args ...string) State {
	s.Notice = Notice{ID: id, Args: args, Count: s.Notice.Count + 1}
	return s
}

// look computes the view anew, here or, for a long text, off the page's thread.
func (s State) look() (State, []Effect) {
	s.Revision++
	s.Lit, s.Causes = Place{}, nil
	var effects []Effect
	if s.Pending != "" {
		effects = append(effects, CancelWork{})
	}
	s.Pending, s.Progress, s.Stopped = "", Progress{}, false
	if len(s.Token) <= JobBytes {
		s.View = s.judge()
		if s.ailing() || s.slow() {
			effects = append(effects, Rest{s.Revision})
		}
		return s, effects
	}
	s.Pending, s.View, s.judged = "look", View{Length: len(s.Token)}, nil
	return s, append(effects, LookFor{Revision: s.Revision, Inputs: s.Inputs})
}

func (s State) looked(i Looked) (State, []Effect) {
	if i.Revision != s.Revision || s.Pending != "look" {
		return s, nil
	}
	s.Pending, s.View = "", i.View
	if i.Failed != "" {
		return s.notice("look-failed", i.Failed), nil
	}
	return s, nil
}

func (s State) canceled() (State, []Effect) {
	if s.Pending == "" {
		return s, nil
	}
	s.Revision++
	s.Stopped = s.Pending == "open"
	s.Pending, s.Progress = "", Progress{}
	return s.notice("canceled"), []Effect{CancelWork{}}
}
