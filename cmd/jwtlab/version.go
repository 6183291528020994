package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

const versionHelp = `usage: jwtlab version

Says which build this is.

`

// version prints the module's version and the toolchain.
func version(e env, args []string) int {
	if code, ok := parse(e, flags(e, "version", versionHelp), args); !ok {
		return code
	}
	name := "(devel)"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		name = info.Main.Version
	}
	fmt.Fprintf(e.out, "jwtlab %s %s %s/%s\n", name, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return good
}
