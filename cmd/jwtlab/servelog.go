package main

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"time"

	"jwtlab/app/login"
)

// A journal is the log of a server. Nothing that a client typed gets into it but what [shownPath] and [requestID] let
// through, and no secret at all.
type journal struct {
	handler slog.Handler
	pen     *pen
	now     func() time.Time
}

// newJournal writes lines of the form "text" (logfmt) or "json". It has to be closed.
func newJournal(w io.Writer, form string, now func() time.Time) *journal {
	p := newPen(w)
	if form == "json" {
		return &journal{slog.NewJSONHandler(p, nil), p, now}
	}
	return &journal{slog.NewTextHandler(p, nil), p, now}
}

// log writes a line, and all before it.
func (j *journal) log(level slog.Level, message string, with ...slog.Attr) {
	j.handle(slog.NewRecord(j.now(), level, message, 0), with)
	j.pen.flush()
}

// request notes a request that is over. Its line may be written a little later, together with those of others: what
// happened to a login has a line of its own, which is there before the answer.
func (j *journal) request(over time.Time, with ...slog.Attr) {
	j.handle(slog.NewRecord(over, slog.LevelInfo, "request", 0), with)
}

func (j *journal) handle(r slog.Record, with []slog.Attr) {
	r.AddAttrs(with...)
	j.handler.Handle(context.Background(), r) // a log that cannot be written is no reason to stop
}

func (j *journal) info(message string, with ...slog.Attr) { j.log(slog.LevelInfo, message, with...) }

// fault logs what went wrong with a task that goes on.
func (j *journal) fault(message string, err error) {
	j.log(slog.LevelError, message, slog.String("error", err.Error()))
}

// grave are the events that somebody should look at.
var grave = map[string]bool{"refresh-reused": true, "store-failed": true}

// event logs what happened to a login (ASVS 16.3.1), with the id of the request that made it happen.
func (j *journal) event(e login.Event) {
	level := slog.LevelInfo
	switch {
	case grave[e.Name]:
		level = slog.LevelError
	case strings.HasSuffix(e.Name, "-refused") || e.Name == "throttled":
		level = slog.LevelWarn
	}
	with := []slog.Attr{slog.String("event", e.Name)}
	for _, a := range []slog.Attr{slog.String("id", e.Request), slog.String("reason", e.Reason), slog.String("mode", string(e.Mode)), slog.String("user", e.User),
		slog.String("login", e.Login), slog.String("address", e.Address)} {
		if a.Value.String() != "" {
			with = append(with, a)
		}
	}
	j.log(level, "login", with...)
}

// Write takes the lines of net/http's own log.
func (j *journal) Write(line []byte) (int, error) {
	j.log(slog.LevelWarn, "http", slog.String("error", strings.TrimSpace(string(line))))
	return len(line), nil
}

// The longest that a path and a part of it may be to be logged as it is. Names of files are shorter, secrets of ours longer.
const (
	maxShownPath = 200
	maxShownPart = 32
)

// shownPath is a path that nobody knows, for the log: long parts are left out, for somebody may have put a token there.
func shownPath(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if len(part) > maxShownPart {
			parts[i] = "…"
		}
	}
	path = strings.Join(parts, "/")
	if len(path) > maxShownPath {
		path = strings.ToValidUTF8(path[:maxShownPath], "") + "…"
	}
	return path
}
