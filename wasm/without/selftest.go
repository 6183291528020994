package main

import (
	"bytes"
	"errors"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path"
	"strconv"
)

// selfTests are the files with the tests that the FIPS mode does before an algorithm is first used. It is chosen when a
// program is started or built, so in a page never; but for the tests, the program would keep ML-KEM, the key schedules of TLS
// and more, which nothing else uses: 80 KB of code.
const selfTests = "crypto/internal/fips140/*/cast.go"

// withoutSelfTest returns such a file with tests that are never done.
func withoutSelfTest(text []byte) ([]byte, error) {
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, "", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	found := false
	ast.Inspect(tree, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 2 {
			return true
		}
		if f, ok := call.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "CAST" {
			call.Args[1], found = ast.NewIdent("nil"), true
			return false
		}
		return true
	})
	if !found {
		return nil, errors.New("there is no self-test any more")
	}
	dropImports(tree)
	tree.Comments = nil
	var out bytes.Buffer
	if err := format.Node(&out, set, tree); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// dropImports names the imports that are not used any more with a blank, which keeps the order of initialization.
func dropImports(tree *ast.File) {
	used := map[string]bool{}
	ast.Inspect(tree, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				used[x.Name] = true
			}
		}
		return true
	})
	for _, i := range tree.Imports {
		name, _ := strconv.Unquote(i.Path.Value)
		if i.Name == nil && !used[path.Base(name)] {
			i.Name = ast.NewIdent("_")
		}
	}
}
