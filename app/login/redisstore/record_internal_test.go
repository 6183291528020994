package redisstore

import (
	"errors"
	"maps"
	"strconv"
	"strings"
	"testing"
	"time"

	"jwtlab/app/login"
)

func TestOptions(t *testing.T) {
	o, err := options("rediss://amy:pass%20word@redis.example:7000/3?read_timeout=3s&max_retries=5")
	if err != nil {
		t.Fatal(err)
	}
	if o.Username != "amy" || o.Password != "pass word" || o.Addr != "redis.example:7000" || o.DB != 3 {
		t.Errorf("options are %+v", o)
	}
	if o.TLSConfig == nil || o.TLSConfig.ServerName != "redis.example" || o.TLSConfig.InsecureSkipVerify {
		t.Errorf("TLS is %+v", o.TLSConfig)
	}
	if o.DialTimeout != time.Second || o.WriteTimeout != time.Second || o.ReadTimeout != 3*time.Second {
		t.Errorf("timeouts are %v, %v, %v", o.DialTimeout, o.WriteTimeout, o.ReadTimeout)
	}
	if o.MaxRetries != -1 || o.MaxActiveConns != o.PoolSize || o.PoolSize == 0 {
		t.Errorf("%d retries, %d of %d connections", o.MaxRetries, o.MaxActiveConns, o.PoolSize)
	}
	if o, err := options("redis://localhost"); err != nil || o.TLSConfig != nil || o.Addr != "localhost:6379" {
		t.Errorf("without TLS: %+v, %v", o, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, url := range []string{"", "localhost:6379", "http://h", "redis://amy:secret@h:port", "redis://:secret@h/x", "redis://amy:secret@h/%", "redis://amy:secret@[h", "rediss://amy:secret@h?what=1"} {
		s, err := Open(url)
		if err == nil {
			s.Close()
			t.Errorf("%q was opened", url)
			continue
		}
		if strings.Contains(err.Error(), "secret") || !strings.Contains(err.Error(), "redis://USER") {
			t.Errorf("%q: %v", url, err)
		}
	}
}

// whole is an answer as the scripts give it.
func whole() []any {
	l := login.Login{ID: "a", User: "amy", Created: time.UnixMilli(4e12), Expires: time.UnixMilli(5e12), Attributes: map[string]string{"scope": "read"}}
	var fields []any
	for _, f := range encode(l, login.Hash{1}) {
		fields = append(fields, text(f))
	}
	return []any{"a", fields}
}

// text is how the server hands a value back.
func text(v any) any {
	switch v := v.(type) {
	case int64:
		return strconv.FormatInt(v, 10)
	case []byte:
		return string(v)
	}
	return v
}

func TestDecodeRefuses(t *testing.T) {
	if r, err := decode(whole()); err != nil || r.login.User != "amy" || r.login.Attributes["scope"] != "read" || !r.login.Idle.IsZero() {
		t.Fatalf("%+v, %v", r, err)
	}
	for name, answer := range map[string]any{
		"nothing":      nil,
		"a number":     int64(1),
		"a text":       "a",
		"short":        whole()[:1],
		"no id":        []any{nil, whole()[1]},
		"no fields":    []any{"a", nil},
		"an odd field": []any{"a", whole()[1].([]any)[1:]},
		"no times":     []any{"a", []any{"user", "amy"}},
		"a name of 1":  []any{"a", append([]any{int64(1), "x"}, whole()[1].([]any)...)},
		"a value of 1": []any{"a", append([]any{"user", int64(1)}, whole()[1].([]any)...)},
		"a bad time":   []any{"a", append([]any{"idle", "1.5"}, whole()[1].([]any)...)},
	} {
		if r, err := decode(answer); !errors.Is(err, errDamaged) || r.login.ID != "" {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
	if _, err := decode([]any{"a", []any{}}); !errors.Is(err, login.ErrUnknown) {
		t.Errorf("without fields: %v", err)
	}
}

// FuzzRecord reads any fields, given as lines. The laws: what is read is written and read again the same, and with an
// error there is nothing.
func FuzzRecord(f *testing.F) {
	seed := ""
	for _, field := range whole()[1].([]any) {
		seed += field.(string) + "\n"
	}
	f.Add(seed)
	f.Add("")
	f.Add("user\namy\nidle\n99999999999999999999")
	f.Add(strings.Replace(seed, "4000000000000", "-9223372036854775808", 1))
	f.Fuzz(func(t *testing.T, lines string) {
		var fields []any
		for line := range strings.SplitSeq(lines, "\n") {
			fields = append(fields, line)
		}
		r, err := decode([]any{"a", fields})
		if err != nil {
			if r.login.ID != "" || r.newest != "" {
				t.Errorf("%v, and yet there is %+v", err, r)
			}
			return
		}
		again := []any{}
		for _, field := range encode(r.login, login.Hash{}) {
			again = append(again, text(field))
		}
		got, err := decode([]any{"a", again})
		if err != nil || !maps.Equal(got.login.Attributes, r.login.Attributes) || got.login.User != r.login.User {
			t.Errorf("got %+v, want %+v (%v)", got, r, err)
		}
		for _, pair := range [][2]time.Time{{got.login.Created, r.login.Created}, {got.login.Seen, r.login.Seen}, {got.login.Idle, r.login.Idle}, {got.login.Expires, r.login.Expires}} {
			if !pair[0].Equal(pair[1]) && pair[1].UnixMilli() < never {
				t.Errorf("got %v, want %v", pair[0], pair[1])
			}
		}
	})
}
