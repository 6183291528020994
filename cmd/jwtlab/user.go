package main

import (
	"errors"
	"slices"
	"strconv"

	"jwtlab/app/login/ownerfile"
	"jwtlab/app/login/userfile"
)

// runUser keeps the users who may log in to jwtlab serve.
func runUser(e env, args []string) int {
	verbs := map[string]func(env, []string) int{"add": runUserAdd, "passwd": runUserPasswd, "list": runUserList, "remove": runUserRemove}
	if len(args) > 0 && verbs[args[0]] != nil {
		return verbs[args[0]](e, args[1:])
	}
	c := newCall(e, "user", "add|passwd|list|remove [-h]",
		"jwtlab user add -role admin alice",
		"jwtlab user list",
		"jwtlab user remove alice")
	if code, ok := c.parse(args); !ok {
		return code
	}
	return c.fail(usage, "cli.error.user-verb")
}

// A userCall is a command about users. All of them have the file, and most a name.
type userCall struct {
	*call
	path string
	file *userfile.File
	name string
}

func newUserCall(e env, name, synopsis string, examples ...string) *userCall {
	u := &userCall{call: newCall(e, name, synopsis, examples...)}
	u.flags.StringVar(&u.path, "users", "", "FILE")
	return u
}

// start takes the flags, the name unless there is to be none, and opens the file.
func (u *userCall) start(args []string, names int) (code int, ok bool) {
	if code, ok := u.parse(args); !ok {
		return code, false
	}
	switch {
	case names == 0 && len(u.args) > 0:
		return u.fail(usage, "cli.error.arguments-none"), false
	case len(u.args) != names:
		return u.fail(usage, "cli.error.user-name"), false
	case names > 0:
		u.name = u.args[0]
	}
	var err error
	if u.path, err = stateFile(u.env, u.path, usersFile); err != nil {
		return u.fail(usage, "cli.error.no-state", "-users FILE"), false
	}
	u.file, err = userfile.Open(userfile.Options{Path: u.path, Now: u.now, Rand: u.rand})
	return u.check(err)
}

// runUserAdd adds a user.
func runUserAdd(e env, args []string) int {
	u := newUserCall(e, "user add", "[-users FILE] [-role ROLE] [-json] NAME",
		"jwtlab user add alice",
		"jwtlab user add -role admin bob",
		"jwtlab user add carol < password.txt")
	var role string
	u.flags.StringVar(&role, "role", "", "ROLE")
	if code, ok := u.start(args, 1); !ok {
		return code
	}
	if code, ok := u.check(u.file.Check(u.name, role)); !ok { // before anybody types
		return code
	}
	password, code, ok := u.readPassword(u.name)
	if !ok {
		return code
	}
	return u.done(u.file.Add(u.name, role, password), "cli.user.added")
}

// runUserPasswd gives a user another password.
func runUserPasswd(e env, args []string) int {
	u := newUserCall(e, "user passwd", "[-users FILE] [-json] NAME",
		"jwtlab user passwd alice",
		"jwtlab user passwd alice < password.txt")
	if code, ok := u.start(args, 1); !ok {
		return code
	}
	users, err := u.file.List()
	if err == nil && !slices.ContainsFunc(users, func(known userfile.User) bool { return known.Name == u.name }) {
		err = userfile.ErrUnknown
	}
	if code, ok := u.check(err); !ok {
		return code
	}
	password, code, ok := u.readPassword(u.name)
	if !ok {
		return code
	}
	return u.done(u.file.SetPassword(u.name, password), "cli.user.changed")
}

// runUserRemove removes a user.
func runUserRemove(e env, args []string) int {
	u := newUserCall(e, "user remove", "[-users FILE] [-json] NAME", "jwtlab user remove alice")
	if code, ok := u.start(args, 1); !ok {
		return code
	}
	return u.done(u.file.Remove(u.name), "cli.user.removed")
}

// done says what was done, or why not.
func (u *userCall) done(err error, id string) int {
	if code, ok := u.check(err); !ok {
		return code
	}
	if u.json {
		return u.printJSON(struct {
			Name string `json:"name"`
			File string `json:"file"`
		}{u.name, u.path})
	}
	u.print(safe(u.text(id, u.name)) + "\n")
	return good
}

// runUserList lists the users.
func runUserList(e env, args []string) int {
	u := newUserCall(e, "user list", "[-users FILE] [-json]", "jwtlab user list", "jwtlab user list -json")
	if code, ok := u.start(args, 0); !ok {
		return code
	}
	users, err := u.file.List()
	if code, ok := u.check(err); !ok {
		return code
	}
	if u.json {
		return u.printJSON(struct {
			File  string          `json:"file"`
			Users []userfile.User `json:"users"`
		}{u.path, users})
	}
	u.showUsers(users)
	return good
}

func (u *userCall) showUsers(users []userfile.User) {
	s := newScreen(u.env)
	if len(users) == 0 {
		s.wrapped("", u.text("cli.user.nobody"))
	}
	width := 0
	for _, known := range users {
		width = max(width, len(known.Name))
	}
	for _, known := range users {
		role := known.Role
		if role == "" {
			role = u.text("cli.user.no-role")
		}
		if known.Weak {
			role += " · " + u.text("cli.user.weak")
		}
		s.line(s.paint(bold, known.Name), pad("", width-len(known.Name)+2), s.paint(plain, role))
	}
	u.print(s.String())
}

// userErrors are the ids of the words for what can be wrong.
var userErrors = []struct {
	err error
	id  string
}{
	{userfile.ErrForm, "cli.user.error.form"},
	{userfile.ErrName, "cli.user.error.name"},
	{userfile.ErrRole, "cli.user.error.role"},
	{userfile.ErrHash, "cli.user.error.hash"},
	{userfile.ErrTwice, "cli.user.error.twice"},
	{userfile.ErrMany, "cli.user.error.many"},
	{userfile.ErrUnknown, "cli.user.error.unknown"},
	{userfile.ErrShort, "cli.user.error.short"},
	{userfile.ErrLong, "cli.user.error.long"},
	{userfile.ErrCommon, "cli.user.error.common"},
}

// check says why something about users went wrong, if it did.
func (u *userCall) check(err error) (code int, ok bool) {
	if err == nil {
		return good, true
	}
	words := ""
	for _, known := range userErrors {
		if errors.Is(err, known.err) {
			words = u.text(known.id)
		}
	}
	var fault *userfile.Fault
	switch {
	case errors.As(err, &fault):
		return u.fail(bad, "cli.error.users-line", strconv.Itoa(fault.Line), words), false
	case words != "":
		return u.fail(bad, "cli.error.user", words), false
	}
	return u.failFile(err, u.path), false
}

// failFile says why a file that only its owner may read is not read, or not written.
func (c *call) failFile(err error, path string) int {
	switch {
	case errors.Is(err, ownerfile.ErrOpen):
		return c.fail(bad, "cli.error.file-open", path)
	case errors.Is(err, ownerfile.ErrLarge):
		return c.fail(bad, "cli.error.file-large", path)
	case errors.Is(err, ownerfile.ErrIrregular):
		return c.fail(usage, "cli.error.file-irregular", path)
	}
	return c.fail(usage, "cli.error.file", path, c.reason(err))
}
