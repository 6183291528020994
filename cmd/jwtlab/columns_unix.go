//go:build linux || darwin

package main

import (
	"os"
	"syscall"
	"unsafe"
)

// columns asks the terminal how wide it is.
func columns(f *os.File, otherwise int) int {
	var size struct{ rows, columns, x, y uint16 }
	_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), syscall.TIOCGWINSZ, uintptr(unsafe.Pointer(&size)))
	if errno != 0 || size.columns == 0 {
		return otherwise
	}
	return int(size.columns)
}
