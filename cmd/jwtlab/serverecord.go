package main

import (
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strconv"
	"time"

	"jwtlab/app/login"
)

// A recorder logs and counts requests, and gives each an id.
type recorder struct {
	next    http.Handler
	route   func(path string) (pattern string, known bool)
	journal *journal
	metrics *metrics // nil for none
	proxies proxies
	now     func() time.Time
	rand    io.Reader
}

// A response remembers what was answered.
type response struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *response) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *response) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets [http.ResponseController] set deadlines.
func (w *response) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (rec *recorder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	begun := rec.now()
	id := rec.requestID(r)
	w.Header().Set("X-Request-Id", id)
	answer := &response{ResponseWriter: w}
	defer func() {
		fault := recover()
		rec.note(r, answer, id, begun, fault)
		if fault != nil {
			panic(http.ErrAbortHandler) // the connection ends, and net/http says no more of it
		}
	}()
	rec.next.ServeHTTP(answer, r.WithContext(login.WithRequest(r.Context(), id)))
}

// note logs one request that is over. Probes that went well are not worth a line.
func (rec *recorder) note(r *http.Request, w *response, id string, begun time.Time, fault any) {
	pattern, known := rec.route(r.URL.Path)
	if fault != nil {
		w.status = http.StatusInternalServerError
	}
	if w.status == 0 {
		w.status = http.StatusOK
	}
	over := rec.now()
	took := over.Sub(begun)
	rec.metrics.request(pattern, method(r), w.status, took)
	if fault != nil && fault != http.ErrAbortHandler {
		// not the value: it may have a request in it
		rec.journal.log(slog.LevelError, "panic", slog.String("id", id), slog.String("stack", string(debug.Stack())))
	}
	if (pattern == "/healthz" || pattern == "/readyz") && w.status == http.StatusOK {
		return
	}
	path := pattern
	if !known {
		path = shownPath(r.URL.Path)
	}
	rec.journal.request(over, slog.String("id", id), slog.String("method", method(r)), slog.String("path", path),
		slog.Int("status", w.status), slog.Duration("took", took), slog.Int64("bytes", w.bytes), slog.String("address", rec.proxies.client(r).String()))
}

// method is the request's method, of those that there are.
func method(r *http.Request) string {
	if slices.Contains([]string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE"}, r.Method) {
		return r.Method
	}
	return "OTHER"
}

const maxRequestID = 64

// requestID is what a proxy of ours calls the request, if that is fit for a log, or a new name.
func (rec *recorder) requestID(r *http.Request) string {
	given := r.Header.Get("X-Request-Id")
	if cleanID(given) && rec.proxies.trusts(r) {
		return given
	}
	b := make([]byte, 8)
	if _, err := io.ReadFull(rec.rand, b); err != nil {
		return strconv.FormatInt(rec.now().UnixNano(), 36)
	}
	return hex.EncodeToString(b)
}

func cleanID(id string) bool {
	for _, c := range []byte(id) {
		if !('0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '-' || c == '_' || c == '.') {
			return false
		}
	}
	return id != "" && len(id) <= maxRequestID
}
