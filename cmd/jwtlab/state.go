package main

import (
	"errors"
	"path/filepath"
	"runtime"
)

// The files that serve keeps, and that user and key rotate change, are in the state folder unless others are named.
const (
	usersFile = "users"
	keysFile  = "keys.json"
)

var errNoState = errors.New("there is no folder for what this program keeps; set HOME, or name the file")

// stateFolder is where a program keeps what it needs the next time: $XDG_STATE_HOME/jwtlab (XDG Base Directory
// Specification), which is ~/.local/state/jwtlab if that is not set, and the like where the system has another habit. It may
// not be there yet.
func stateFolder(goos string, getenv func(string) string) (string, error) {
	if dir := getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) { // a relative one is to be ignored
		return filepath.Join(dir, "jwtlab"), nil
	}
	under := map[string][2]string{
		"windows": {"LOCALAPPDATA", "."},
		"darwin":  {"HOME", "Library/Application Support"},
		"":        {"HOME", ".local/state"},
	}
	habit, ok := under[goos]
	if !ok {
		habit = under[""]
	}
	home := getenv(habit[0])
	if home == "" {
		return "", errNoState
	}
	return filepath.Join(home, habit[1], "jwtlab"), nil
}

// stateFile returns the name that was given, or that of the file in the state folder.
func stateFile(e env, given, name string) (string, error) {
	if given != "" {
		return given, nil
	}
	dir, err := stateFolder(runtime.GOOS, e.getenv)
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, name), nil
}
