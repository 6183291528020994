package main

import "syscall"

// The requests to a terminal of Linux: ioctl_tty(2).
const (
	getTermios = syscall.TCGETS
	setTermios = syscall.TCSETS
)
