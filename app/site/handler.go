package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// types are the media types by extension. They are listed because a machine's own table may lack one, and a browser
// compiles no stream that is not application/wasm.
var types = map[string]string{
	".html":        "text/html; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".svg":         "image/svg+xml",
	".png":         "image/png",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
}

// A handler serves files from memory.
type handler struct {
	files map[string]served // by path; a folder's page by the folder
}

// served is a file with what is sent about it.
type served struct {
	File
	tag string // a hash, without quotes
}

// Handler serves the files of a site whose base is /. Each file goes out in the form that the client
// takes best; those with a hash in their name are to be kept for ever, all others to be asked for again each time.
func Handler(files []File) http.Handler {
	h := &handler{files: map[string]served{}}
	for _, f := range files {
		sum := sha256.Sum256(f.Body)
		h.files["/"+strings.TrimSuffix(f.Path, "index.html")] = served{f, hex.EncodeToString(sum[:12])}
	}
	return h
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header())
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	if f, ok := h.files[r.URL.Path]; ok {
		send(w, r, f)
		return
	}
	if folder, ok := h.folder(r.URL.Path); ok {
		if r.URL.RawQuery != "" {
			folder += "?" + r.URL.RawQuery
		}
		http.Redirect(w, r, folder, http.StatusMovedPermanently)
		return
	}
	h.lost(w, r)
}

// folder returns the address at which a page lives that was asked for by its file name or without its last slash.
func (h *handler) folder(asked string) (string, bool) {
	to, named := strings.CutSuffix(asked, "index.html")
	if !named {
		to += "/"
	}
	_, ok := h.files[to]
	return to, ok
}

// send answers with a file: in the best form, or as it is if a range of it is asked for.
func send(w http.ResponseWriter, r *http.Request, f served) {
	form := "identity"
	if r.Header.Get("Range") == "" {
		form = negotiate(r.Header.Get("Accept-Encoding"), func(e string) bool { return f.form(e) != nil })
	}
	body := f.form(form)
	h := w.Header()
	describe(h, f, form)
	if form != "identity" {
		h.Set("Content-Length", strconv.Itoa(len(body))) // ServeContent leaves it out of encoded answers
	}
	// ServeContent knows about ranges and about conditional requests; it goes by the ETag that is set.
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// form returns the file in an encoding, nil if there is none.
func (f served) form(encoding string) []byte {
	switch encoding {
	case "br":
		return f.Brotli
	case "gzip":
		return f.Gzip
	}
	return f.Body
}

// describe sets the headers that say what the body is and how long it may be kept.
func describe(h http.Header, f served, form string) {
	h.Set("Content-Type", types[path.Ext(f.Path)])
	if f.Brotli != nil || f.Gzip != nil {
		h.Set("Vary", "Accept-Encoding")
	}
	tag := f.tag
	if form != "identity" {
		h.Set("Content-Encoding", form)
		tag += "-" + form // other bytes, so another strong tag (RFC 9110 §8.8.3.3)
	}
	h.Set("ETag", `"`+tag+`"`)
	if f.Final() {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
}

// lost answers for an address that does not exist.
func (h *handler) lost(w http.ResponseWriter, r *http.Request) {
	f, ok := h.files["/404.html"]
	if !ok {
		http.NotFound(w, r)
		return
	}
	form := negotiate(r.Header.Get("Accept-Encoding"), func(e string) bool { return f.form(e) != nil })
	body := f.form(form)
	describe(w.Header(), f, form)
	w.Header().Del("ETag")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}
