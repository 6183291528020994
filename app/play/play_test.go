package play_test

import (
	"testing"

	"jwtlab/app/locale"
	"jwtlab/app/play"
	"jwtlab/app/play/desk"
	"jwtlab/app/play/lab"
)

const example = "eyJhbGciOiJIUzI1NiJ9.e30.c2ln"

func TestArrived(t *testing.T) {
	for _, c := range []struct {
		fragment, want string
		clean          bool
	}{
		{"#token=" + example, example, true},
		{"#jwt=" + example, example, true},
		{"#id_token=" + example, example, true},
		{"#access_token=" + example + "&token_type=Bearer&expires_in=3600", example, true},
		{"#state=x&access_token=a.b.c&token=" + example, example, true},
		{"#token=a%2Eb%2Ec", "a.b.c", true},
		{"#token=a+b.c.d", "a+b.c.d", true},
		{"#token=%zz", "%zz", true},
		{"#token=", "old", false},
		{"#tokens=" + example, "old", false},
		{"#verdict", "old", false},
		{"", "old", false},
	} {
		s, _ := play.Update(play.State{}, play.OnDesk{Intent: desk.TypedToken{Text: "old"}})
		s, effects := play.Update(s, play.Arrived{Fragment: c.fragment})
		if s.Desk.Token != c.want {
			t.Errorf("%s: token = %q, want %q", c.fragment, s.Desk.Token, c.want)
		}
		clean := false
		for _, e := range effects {
			_, is := e.(play.CleanAddress)
			clean = clean || is
		}
		if clean != c.clean {
			t.Errorf("%s: address cleaned: %v", c.fragment, clean)
		}
	}
}

func TestArrivalCanBeUndone(t *testing.T) {
	s, _ := play.Update(play.State{}, play.OnDesk{Intent: desk.TypedToken{Text: "mine"}})
	s, _ = play.Update(s, play.Arrived{Fragment: "#token=" + example})
	s, _ = play.Update(s, play.OnDesk{Intent: desk.Undid{}})
	if s.Desk.Token != "mine" {
		t.Errorf("token = %q", s.Desk.Token)
	}
}

// TestArrivedLab takes a lab from the address, and leads there from any other page.
func TestArrivedLab(t *testing.T) {
	link, _ := lab.Link("login\n")
	for route, leads := range map[string]bool{play.Debugger: true, play.Server: true, play.Lab: false} {
		s, effects := play.Update(play.State{Route: route}, play.Arrived{Fragment: link})
		var clean, gone, run bool
		for _, e := range effects {
			switch e := e.(type) {
			case play.CleanAddress:
				clean = true
			case play.Go:
				gone = e.Route == play.Lab
			case play.ForLab:
				_, run = e.Effect.(lab.Run)
			}
		}
		if s.Lab.Script != "login\n" || !clean || gone != leads || !run || s.Desk.Notice.ID != "lab-arrived" {
			t.Errorf("%q: script %q, clean %v, gone %v, run %v, notice %q", route, s.Lab.Script, clean, gone, run, s.Desk.Notice.ID)
		}
	}
}

// TestInspected lays a token of the lab on the desk, with the keys and at the time of the lab.
func TestInspected(t *testing.T) {
	s, effects := play.Update(play.State{Route: play.Lab}, play.Inspected{Token: example, Keys: `{"keys":[]}`, Unix: 1_767_603_600})
	if s.Desk.Token != example || s.Desk.Key != `{"keys":[]}` || s.Desk.Moved == nil || *s.Desk.Moved != 1_767_603_600 {
		t.Errorf("the desk has %q, %q, %v", s.Desk.Token, s.Desk.Key, s.Desk.Moved)
	}
	if effects[len(effects)-1] != (play.Go{Route: play.Debugger}) {
		t.Errorf("effects %v", effects)
	}
}

func TestChoicesAreStored(t *testing.T) {
	s, effects := play.Update(play.State{Lang: locale.EN}, play.ChoseLang{Lang: locale.KO})
	if s.Lang != locale.KO || effects[0] != (play.Store{Name: "jwtlab.lang", Value: "ko"}) {
		t.Errorf("lang %s, effects %v", s.Lang, effects)
	}
	s, effects = play.Update(s, play.ChoseTheme{Theme: "dark"})
	if s.Theme != "dark" || effects[0] != (play.Store{Name: "jwtlab.theme", Value: "dark"}) {
		t.Errorf("theme %s, effects %v", s.Theme, effects)
	}
}
