package login

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"jwtlab/app/token"
)

const maxBody = 16 << 10

// fields reads a request's body as one flat JSON object, or, where that is allowed, as a form: the members that are known,
// each once, with the texts of their values. A body that is not there at all has none.
func (c *call) fields(form bool, known ...string) (map[string]string, *problem) {
	body, err := io.ReadAll(http.MaxBytesReader(c.w, c.Body, maxBody))
	if err != nil {
		if _, long := errors.AsType[*http.MaxBytesError](err); long {
			return nil, &problem{status: http.StatusRequestEntityTooLarge, code: "body-long"}
		}
		return nil, &problem{status: http.StatusBadRequest, code: "body-cut"}
	}
	media, params, err := mime.ParseMediaType(c.Header.Get("Content-Type"))
	if charset := params["charset"]; charset != "" && !strings.EqualFold(charset, "utf-8") {
		media = ""
	}
	switch {
	case len(body) == 0 && c.Header.Get("Content-Type") == "":
		return nil, nil
	case err == nil && media == "application/json":
		return readObject(body, known)
	case err == nil && form && media == "application/x-www-form-urlencoded":
		return readForm(string(body), known)
	}
	return nil, &problem{status: http.StatusUnsupportedMediaType, code: "media-type"}
}

// readObject takes JSON by the letter: names are told apart by case, and what the grammar does not know is refused.
func readObject(body []byte, known []string) (map[string]string, *problem) {
	j, problems := token.ReadJSON(body)
	root := j.Root()
	if root.Kind() != token.Object || !utf8.Valid(body) || slices.ContainsFunc(problems, broken) {
		return nil, &problem{status: http.StatusBadRequest, code: "json"}
	}
	found := map[string]string{}
	for name, value := range root.Members() {
		switch value.Kind() {
		case token.String, token.Number:
		default:
			return nil, &problem{status: http.StatusBadRequest, code: "member-type", args: []string{shorten(name.Text())}}
		}
		if p := add(found, known, name.Text(), value.Text()); p != nil {
			return nil, p
		}
	}
	return found, nil
}

// broken reports whether a problem is more than a name that comes twice, which is said of by its name.
func broken(p token.Problem) bool {
	return p.Severity != token.Note && p.Code != "json.duplicate"
}

func readForm(body string, known []string) (map[string]string, *problem) {
	values, err := url.ParseQuery(body)
	if err != nil {
		return nil, &problem{status: http.StatusBadRequest, code: "form"}
	}
	return once(values, known)
}

func once(values url.Values, known []string) (map[string]string, *problem) {
	found := map[string]string{}
	for name, all := range values {
		for _, value := range all {
			if p := add(found, known, name, value); p != nil {
				return nil, p
			}
		}
	}
	return found, nil
}

func add(found map[string]string, known []string, name, value string) *problem {
	if !slices.Contains(known, name) {
		return &problem{status: http.StatusBadRequest, code: "member-unknown", args: []string{shorten(name)}}
	}
	if _, twice := found[name]; twice {
		return &problem{status: http.StatusBadRequest, code: "member-twice", args: []string{name}}
	}
	found[name] = value
	return nil
}

// shorten keeps an answer from repeating more than a little of what it was sent.
func shorten(s string) string {
	return strings.ToValidUTF8(s[:min(len(s), 40)], "")
}
