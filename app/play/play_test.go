package play_test

import (
	"testing"

	"jwtlab/app/locale"
	"jwtlab/app/play"
	"jwtlab/app/play/desk"
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
