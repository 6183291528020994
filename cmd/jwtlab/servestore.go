package main

import (
	"net/url"
	"path/filepath"
	"strings"

	"jwtlab/app/login"
	"jwtlab/app/login/boltstore"
	"jwtlab/app/login/memstore"
)

// memoryRecords is how many records the store in memory may hold: some hundred megabytes.
const memoryRecords = 1_000_000

// A shelf is a store with what serve has to know of it beside.
type shelf struct {
	login.Store
	close    func() error
	title    string  // for the person who starts it; without its password
	keys     string  // where the signing keys are unless another place is named
	accounts string  // where is kept which accounts there were; "" where the logins end with the program
	herald   *herald // nil where no other server has the store
}

// openStore opens the store that was asked for: memory, bolt:PATH, redis://… or rediss://…; a file in the state folder
// if none was.
func (s *serveCall) openStore() (*shelf, error) {
	kind, rest, _ := strings.Cut(s.store, ":")
	switch {
	case s.store == "memory":
		keys, err := stateFile(s.env, "", keysFile)
		if err != nil && s.keys == "" {
			return nil, wrong("serve.error.no-state", "-keys FILE")
		}
		return &shelf{Store: memstore.New(memoryRecords), close: func() error { return nil }, title: s.text("serve.store.memory"), keys: keys}, nil
	case s.store == "" || kind == "bolt" && rest != "":
		return s.openFile(rest)
	case kind == "redis" || kind == "rediss":
		return s.openRedis()
	}
	return nil, wrong("serve.error.store")
}

func (s *serveCall) openFile(path string) (*shelf, error) {
	path, err := stateFile(s.env, path, "logins.db")
	if err != nil {
		return nil, wrong("serve.error.no-state", "-store bolt:PATH")
	}
	store, err := boltstore.Open(path)
	if err != nil {
		return nil, unable("serve.error.open", err.Error())
	}
	return &shelf{Store: store, close: store.Close, title: path, keys: filepath.Join(filepath.Dir(path), keysFile), accounts: path + ".accounts"}, nil
}

// withoutPassword is the address of a store as it may be shown.
func withoutPassword(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "redis"
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}).String()
}
