//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package main

import (
	"os"
	"syscall"
	"unsafe"
)

// hideInput keeps a terminal from showing what is typed, until restore is called. It is not ok for what is no terminal.
func hideInput(f *os.File) (restore func(), ok bool, err error) {
	var was syscall.Termios
	if control(f, getTermios, &was) != nil {
		return nil, false, nil
	}
	now := was
	now.Lflag &^= syscall.ECHO
	now.Lflag |= syscall.ICANON | syscall.ISIG // whole lines, which can be corrected and given up
	now.Iflag |= syscall.ICRNL
	if err := control(f, setTermios, &now); err != nil {
		return nil, true, err
	}
	return func() { _ = control(f, setTermios, &was) }, true, nil
}

func control(f *os.File, request uintptr, t *syscall.Termios) error {
	_, _, errno := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), request, uintptr(unsafe.Pointer(t)))
	if errno != 0 {
		return errno
	}
	return nil
}
