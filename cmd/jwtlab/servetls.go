package main

import (
	"crypto/tls"
	"sync/atomic"
)

// A certificate is that of the files, as they were when they were read last.
type certificate struct {
	cert, key string
	now       atomic.Pointer[tls.Certificate]
}

// reload reads the files. If they do not fit, what was read before stays.
func (c *certificate) reload() error {
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil {
		return err
	}
	c.now.Store(&pair)
	return nil
}

// config is TLS 1.2 and up, with the suites that Go holds for safe (ASVS 12.1.1).
func (c *certificate) config() *tls.Config {
	return &tls.Config{
		MinVersion:     tls.VersionTLS12,
		NextProtos:     []string{"h2", "http/1.1"},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.now.Load(), nil },
	}
}
