// Package httpproxy stands in the page's program for golang.org/x/net/http/httpproxy, which net/http asks for the proxy
// of the environment. In a browser there is none to know of, and the tables of international domain names that the real
// package brings along are 58 KB of every visit.
package httpproxy

import "net/url"

// Config is the environment's choice of proxies: none.
type Config struct {
	HTTPProxy, HTTPSProxy, NoProxy string
	CGI                            bool
}

// FromEnvironment returns an empty choice.
func FromEnvironment() *Config { return &Config{} }

// ProxyFunc says that no address has a proxy.
func (*Config) ProxyFunc() func(*url.URL) (*url.URL, error) {
	return func(*url.URL) (*url.URL, error) { return nil, nil }
}
