//go:build darwin || freebsd || netbsd || openbsd || dragonfly

package main

import "syscall"

// The requests to a terminal of the BSDs: tty(4).
const (
	getTermios = syscall.TIOCGETA
	setTermios = syscall.TIOCSETA
)
