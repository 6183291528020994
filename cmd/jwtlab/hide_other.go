//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly || windows)

package main

import (
	"errors"
	"os"
)

// hideInput refuses what may be a terminal, for there is no common way to keep it from showing what is typed.
func hideInput(f *os.File) (restore func(), ok bool, err error) {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil, false, err
	}
	return nil, true, errors.ErrUnsupported
}
