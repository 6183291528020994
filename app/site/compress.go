package site

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"path"

	"github.com/andybalholm/brotli"
)

// compressible reports whether files of this name shrink. A picture in PNG is compressed already.
func compressible(name string) bool {
	switch path.Ext(name) {
	case ".html", ".css", ".js", ".svg", ".wasm", ".webmanifest", ".txt":
		return true
	}
	return false
}

// compress returns the body in brotli at level 11 with a window of 2^24 bytes, and in gzip at level 9. Both depend on
// nothing but the body: no time, no name.
func compress(body []byte) (br, gz []byte, err error) {
	var b, g bytes.Buffer
	bw := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: 11, LGWin: 24})
	if _, err := bw.Write(body); err != nil {
		return nil, nil, fmt.Errorf("compressing with brotli: %w", err)
	}
	if err := bw.Close(); err != nil {
		return nil, nil, fmt.Errorf("compressing with brotli: %w", err)
	}
	gw, err := gzip.NewWriterLevel(&g, gzip.BestCompression)
	if err != nil {
		return nil, nil, fmt.Errorf("compressing with gzip: %w", err)
	}
	if _, err := gw.Write(body); err != nil {
		return nil, nil, fmt.Errorf("compressing with gzip: %w", err)
	}
	if err := gw.Close(); err != nil {
		return nil, nil, fmt.Errorf("compressing with gzip: %w", err)
	}
	return b.Bytes(), g.Bytes(), nil
}
