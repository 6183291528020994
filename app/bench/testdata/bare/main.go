// Command bare is the least that a server of net/http can be: one line of text for everybody. The login service is measured
// against it. It tells its address, and ends when nobody holds its standard input any more.
//
// With the argument "guarded" it has the deadlines and the headers of serve, and still says the same: what is between the two
// is the price of safety in net/http itself.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"time"
)

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("http://" + l.Addr().String())
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	s := &http.Server{Handler: http.HandlerFunc(hello)}
	if len(os.Args) > 1 && os.Args[1] == "guarded" {
		s = &http.Server{Handler: http.HandlerFunc(guarded), ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second,
			WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute, MaxHeaderBytes: 32 << 10}
	}
	log.Fatal(s.Serve(l))
}

func hello(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello\n") }

// headers are as many as those of GET /api/me, of the same length.
var headers = http.Header{
	"Content-Security-Policy":      {"default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"},
	"X-Content-Type-Options":       {"nosniff"},
	"Referrer-Policy":              {"no-referrer"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Cache-Control":                {"no-store"},
	"X-Request-Id":                 {"0123456789abcdef"},
	"Content-Type":                 {"application/json"},
}

func guarded(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	for name, value := range headers {
		h[name] = value
	}
	hello(w, r)
}
