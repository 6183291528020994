package userfile

import (
	_ "embed"
	"errors"
	"strings"
	"unicode/utf8"
)

// Why a new password is refused.
var (
	ErrShort  = errors.New("a password has at least 8 characters")
	ErrLong   = errors.New("a password has at most 128 characters")
	ErrCommon = errors.New("the password is one of the first that anybody would guess")
)

const (
	minPassword = 8   // characters
	maxPassword = 128 // characters
	// maxTried is the longest password that is hashed at a login, in bytes: more than 128 characters can have.
	maxTried = 1024
)

// common holds the passwords that are guessed first, one a line, in small letters. Where they come from stands at its top.
//
//go:embed common.txt
var common string

// checkPassword reports why somebody may not have this as a new password. Any characters are good, and none has to be there
// (ASVS 6.2.5).
func checkPassword(name, password string) error {
	small := strings.ToLower(password)
	switch n := utf8.RuneCountInString(password); {
	case n < minPassword:
		return ErrShort
	case n > maxPassword:
		return ErrLong
	case small == strings.ToLower(name), strings.Contains(common, "\n"+small+"\n"):
		return ErrCommon
	}
	return nil
}
