package site

import (
	"fmt"
	"html/template"
	"os"
	"slices"
	"strings"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/locale"
)

// base stands for the path of the site in the one page that cannot be relative, until the path is known.
const base = "/jwtlab.base/"

// A view is what a page's template is filled with.
type view struct {
	assets *assets
	route  route
	folder string      // of the page, to which its links are relative; none if links are absolute
	Lang   locale.Lang // of the page
	Title  string
	Policy string
	Frame  template.HTML
	Twins  []view // the page in every language, itself too
	Href   string // of a twin

	Description string
}

// Asset returns the address of a file under static/.
func (v view) Asset(name string) (string, error) {
	to, err := v.Name(name)
	if v.folder == base {
		return base + "static/" + to, err
	}
	return up(v.folder) + "static/" + to, err
}

// Name returns the name that a file under static/ has in the site.
func (v view) Name(name string) (string, error) {
	to, ok := v.assets.names[name]
	if !ok {
		return "", fmt.Errorf("no file static/%s", name)
	}
	return to, nil
}

// Words returns the names that the files with the page's texts have among the assets.
func (v view) Words() []string {
	var names []string
	for part := range strings.SplitSeq(v.route.words, "+") {
		names = append(names, wordFile(part, v.Lang))
	}
	return names
}

// AllWords returns those of every page and language.
func (v view) AllWords() []string {
	var names []string
	for name := range v.assets.names {
		if strings.HasPrefix(name, "words-") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Parts says which parts of the texts each page shows, as in "debugger=page+desk".
func (v view) Parts() []string {
	var all []string
	for _, r := range routes {
		all = append(all, r.name+"="+r.words)
	}
	return all
}

// Style is the style sheet of the page's own, empty for none.
func (v view) Style() string { return v.route.style }

// Styles says which page has a style sheet of its own, as in "lab=lab.css", with the names that they have among the assets.
func (v view) Styles() ([]string, error) {
	var all []string
	for _, r := range routes {
		if r.style == "" {
			continue
		}
		name, err := v.Name(r.style)
		if err != nil {
			return nil, err
		}
		all = append(all, r.name+"="+name)
	}
	return all, nil
}

// Route is the name of the page's route.
func (v view) Route() string { return v.route.name }

// Size returns the size of a file under static/, before compression.
func (v view) Size(name string) int { return len(v.assets.bodies[name]) }

// Word returns a text of the shell in the page's language.
func (v view) Word(id string) (string, error) {
	id = "site." + id
	if !locale.Has(v.Lang, id) {
		return "", fmt.Errorf("no text %s in %s", id, v.Lang)
	}
	return locale.Text(v.Lang, id), nil
}

// fill writes a page.
func fill(file string, v view) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading template: %w", err)
	}
	t, err := template.New("page").Option("missingkey=error").Parse(string(text))
	if err != nil {
		return nil, fmt.Errorf("reading template: %w", err)
	}
	var out strings.Builder
	if err := t.Execute(&out, v); err != nil {
		return nil, fmt.Errorf("filling %s: %w", file, err)
	}
	return []byte(out.String()), nil
}

// page fills the shell for a route in a language.
func (s Source) page(a *assets, r route, l locale.Lang) ([]byte, error) {
	v := view{assets: a, route: r, folder: r.folder(l), Lang: l, Policy: policy}
	var err error
	if v.Title, err = v.Word(r.name + ".title"); err != nil {
		return nil, err
	}
	if v.Description, err = v.Word(r.name + ".description"); err != nil {
		return nil, err
	}
	for _, twin := range locale.Langs() {
		v.Twins = append(v.Twins, view{Lang: twin, Href: relative(v.folder, r.folder(twin))})
	}
	frame, err := clean(app.HTMLString(s.Frame(strings.TrimSuffix(r.path, "/"), l)), v.folder)
	if err != nil {
		return nil, fmt.Errorf("prerendering %s in %s: %w", r.name, l, err)
	}
	v.Frame = template.HTML(frame)
	return fill(s.Dir+"/index.html", v)
}

// lost fills the page that answers for addresses that do not exist. It is shown at any depth, so its links are absolute
// and name the site's base; and it cannot know the reader's language, so it speaks all of them.
func (s Source) lost(a *assets) ([]byte, error) {
	v := view{assets: a, folder: base, Lang: locale.EN, Policy: policy}
	var err error
	if v.Title, err = v.Word("404.title"); err != nil {
		return nil, err
	}
	for _, l := range locale.Langs() {
		v.Twins = append(v.Twins, view{Lang: l, Href: base + routes[0].folder(l)})
	}
	return fill(s.Dir+"/static/404.html", v)
}
