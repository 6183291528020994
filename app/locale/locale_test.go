package locale_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jwtlab/app/locale"
)

func Example() {
	at := time.Date(2026, 11, 21, 11, 45, 0, 0, time.UTC)
	for _, l := range locale.Langs() {
		fmt.Println(locale.Time(l, at))
		fmt.Println(locale.Duration(l, 100*time.Hour))
	}
	// Output:
	// 21 Nov 2026, 11:45:00
	// 4 days
	// 2026년 11월 21일 11:45:00
	// 4일
}

func TestDuration(t *testing.T) {
	const day = 24 * time.Hour
	for _, test := range []struct {
		d      time.Duration
		en, ko string
	}{
		{0, "0 seconds", "0초"},
		{time.Millisecond, "less than a second", "1초 미만"},
		{-999 * time.Millisecond, "less than a second", "1초 미만"},
		{time.Second, "1 second", "1초"},
		{-time.Second, "1 second", "1초"},
		{59*time.Second + 999*time.Millisecond, "59 seconds", "59초"},
		{time.Minute, "1 minute", "1분"},
		{90 * time.Second, "1 minute 30 seconds", "1분 30초"},
		{4*time.Minute + 59*time.Second, "4 minutes", "4분"},
		{3*time.Hour + 59*time.Second, "3 hours", "3시간"},
		{time.Hour + time.Minute, "1 hour 1 minute", "1시간 1분"},
		{23 * time.Hour, "23 hours", "23시간"},
		{3*day + 4*time.Hour, "3 days 4 hours", "3일 4시간"},
		{365 * day, "365 days", "365일"},
		{366 * day, "1 year", "1년"},
		{400 * day, "1 year 34 days", "1년 34일"},
		{1<<63 - 1, "292 years", "292년"},
		{-1 << 63, "292 years", "292년"},
	} {
		if got := locale.Duration(locale.EN, test.d); got != test.en {
			t.Errorf("en %v: got %q, want %q", test.d, got, test.en)
		}
		if got := locale.Duration(locale.KO, test.d); got != test.ko {
			t.Errorf("ko %v: got %q, want %q", test.d, got, test.ko)
		}
	}
}

func TestTime(t *testing.T) {
	seoul := time.FixedZone("KST", 9*3600)
	at := time.Date(2026, 1, 2, 3, 4, 5, 999, seoul)
	for _, test := range []struct{ got, want string }{
		{locale.Time(locale.EN, at), "1 Jan 2026, 18:04:05"},
		{locale.Time(locale.KO, at), "2026년 1월 1일 18:04:05"},
		{locale.LocalTime(locale.EN, at), "2 Jan 2026, 03:04:05"},
		{locale.LocalTime(locale.KO, at), "2026년 1월 2일 03:04:05"},
		{locale.Time(locale.EN, time.Time{}), "1 Jan 1, 00:00:00"},
		{locale.Number(locale.EN, 0), "0"},
		{locale.Number(locale.EN, -999), "-999"},
		{locale.Number(locale.EN, -1000), "-1,000"},
		{locale.Number(locale.KO, 1234567), "1,234,567"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestUnknown(t *testing.T) {
	if got := locale.Text(locale.KO, "no such id"); got != "⟨no such id⟩" {
		t.Errorf("an unknown id gives %q", got)
	}
	if locale.Has(locale.EN, "no such id") || !locale.Has(locale.EN, "time.date") {
		t.Error("Has does not tell an id from a word that is none")
	}
	if got := locale.Text("", "time.seconds", "2"); got != "2 seconds" {
		t.Errorf("the zero language gives %q, want English", got)
	}
}

func TestLanguagesAreEquals(t *testing.T) {
	en, ko := locale.IDs(locale.EN), locale.IDs(locale.KO)
	if !slices.IsSorted(en) || len(en) == 0 {
		t.Error("the ids are not sorted, or there are none")
	}
	for _, id := range en {
		if !locale.Has(locale.KO, id) {
			t.Errorf("ko lacks %s", id)
		}
	}
	for _, id := range ko {
		if !locale.Has(locale.EN, id) {
			t.Errorf("en lacks %s", id)
		}
	}
}

func TestKoreanIsKorean(t *testing.T) {
	for _, id := range locale.IDs(locale.KO) {
		text := locale.Text(locale.KO, id)
		for _, both := range []string{"을(를)", "를(을)", "은(는)", "는(은)", "이(가)", "가(이)", "과(와)", "와(과)", "(으)로", "(이)"} {
			if strings.Contains(text, both) {
				t.Errorf("%s writes both particles, %s; use {0~…|…}: %s", id, both, text)
			}
		}
	}
}
