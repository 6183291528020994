package main

import (
	"os"
	"syscall"
)

const enableEchoInput = 0x4 // of SetConsoleMode

// hideInput keeps a console from showing what is typed, until restore is called. It is not ok for what is no console.
func hideInput(f *os.File) (restore func(), ok bool, err error) {
	console := syscall.Handle(f.Fd())
	var was uint32
	if syscall.GetConsoleMode(console, &was) != nil {
		return nil, false, nil
	}
	set := syscall.NewLazyDLL("kernel32.dll").NewProc("SetConsoleMode")
	if done, _, err := set.Call(uintptr(console), uintptr(was&^enableEchoInput)); done == 0 {
		return nil, true, err
	}
	return func() { _, _, _ = set.Call(uintptr(console), uintptr(was)) }, true, nil
}
