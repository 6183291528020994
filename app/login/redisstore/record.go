package redisstore

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"jwtlab/app/login"
)

// never is the end that never comes, in milliseconds: the largest number that Lua counts by ones.
const never = 1<<53 - 1

// attribute begins the names of the fields that have the attributes.
const attribute = "@"

var errDamaged = errors.New("a record in Redis is damaged; end all logins by removing the keys jwtlab:*")

// A record is a login with what is known of its secrets.
type record struct {
	login          login.Login
	newest, sealed string
}

// millis is a time in the precision of a store.
func millis(t time.Time) int64 { return t.UnixMilli() }

// end is when something ends.
func end(t time.Time) int64 {
	if t.IsZero() {
		return never
	}
	return min(t.UnixMilli(), never-1)
}

// encode returns the fields of a new login's record.
func encode(l login.Login, secret login.Hash) []any {
	fields := []any{
		"user", l.User, "mode", string(l.Mode), "address", l.Address, "newest", secret[:],
		"created", millis(l.Created), "seen", millis(l.Seen), "idle", end(l.Idle), "expires", end(l.Expires),
	}
	for name, value := range l.Attributes {
		fields = append(fields, attribute+name, value)
	}
	return fields
}

// decode reads a script's answer: an id, and the fields of its record with their names. Fields that it does not know are
// of a later version.
func decode(answer any) (record, error) {
	parts, ok := answer.([]any)
	if !ok || len(parts) != 2 {
		return record{}, errDamaged
	}
	id, named := parts[0].(string)
	fields, ok := parts[1].([]any)
	if !ok || !named || len(fields)%2 != 0 {
		return record{}, errDamaged
	}
	if len(fields) == 0 {
		return record{}, login.ErrUnknown
	}
	r := record{login: login.Login{ID: id}}
	times := 0
	for i := 0; i < len(fields); i += 2 {
		name, ok := fields[i].(string)
		value, text := fields[i+1].(string)
		if !ok || !text {
			return record{}, errDamaged
		}
		if t := r.time(name); t != nil {
			n, err := strconv.ParseInt(value, 10, 64)
			if err != nil {
				return record{}, errDamaged
			}
			*t = moment(n)
			times++
			continue
		}
		r.set(name, value)
	}
	if times != 4 {
		return record{}, errDamaged
	}
	return r, nil
}

// time is where the time of a field goes, or nil where it has none.
func (r *record) time(field string) *time.Time {
	switch field {
	case "created":
		return &r.login.Created
	case "seen":
		return &r.login.Seen
	case "idle":
		return &r.login.Idle
	case "expires":
		return &r.login.Expires
	}
	return nil
}

func (r *record) set(field, value string) {
	switch field {
	case "user":
		r.login.User = value
	case "mode":
		r.login.Mode = login.Mode(value)
	case "address":
		r.login.Address = value
	case "newest":
		r.newest = value
	case "sealed":
		r.sealed = value
	default:
		if name, ok := strings.CutPrefix(field, attribute); ok {
			if r.login.Attributes == nil {
				r.login.Attributes = map[string]string{}
			}
			r.login.Attributes[name] = value
		}
	}
}

// moment is the time of so many milliseconds, the zero time for never.
func moment(n int64) time.Time {
	if n == never {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}
