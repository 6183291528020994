package ui

import (
	"strings"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/job"
	"jwtlab/app/lab/scenario"
	"jwtlab/app/play"
	"jwtlab/app/play/lab"
)

// doLab does an effect of the lab; the answer comes back as an intent.
func (p *Page) doLab(ctx app.Context, e lab.Effect) {
	switch e := e.(type) {
	case lab.Run:
		for _, more := range p.settle([]play.Effect{play.ForLab{Effect: e}}) {
			p.do(ctx, more)
		}
	case lab.Rest:
		ctx.After(restTime, func(ctx app.Context) { p.send(ctx, play.InLab{Intent: lab.Rested(e)}) })
	case lab.Wait:
		ctx.After(e.Delay, func(ctx app.Context) { p.send(ctx, play.InLab{Intent: lab.Turned{Turn: e.Turn}}) })
	case lab.Show:
		p.send(ctx, play.Inspected{Token: e.Token, Keys: p.labKeys(), Unix: e.Unix})
	case lab.Save:
		save(e.Name, e.Text)
	case lab.Keep:
		store(e.Name, e.Value)
	case lab.Look:
		ctx.Defer(func(app.Context) { lookAt(e.Region) })
	case lab.Row:
		p.work1(ctx, job.Job{Kind: "matrix", Setup: e.Setup}, func(r job.Result) play.Intent {
			got := lab.GotRow{Revision: e.Revision, Failed: r.Row == nil}
			if r.Row != nil {
				got.Row = *r.Row
			}
			return play.InLab{Intent: got}
		})
	}
}

// ran plays a script. It is done at once: a move takes a few milliseconds, and what has been played is not played again. A
// script may come from a stranger: should it break the engine, the page goes on with a new one.
func (p *Page) ran(e lab.Run) (answer lab.Ran) {
	defer func() {
		if r := recover(); r != nil {
			p.runScript = nil
			app.Log("internal error: the lab")
			answer = lab.Ran{Revision: e.Revision, Fault: &lab.Fault{Line: len(lab.Lines(e.Script)), Code: "failed", Args: []string{"internal error"}}}
		}
	}()
	if p.runScript == nil {
		p.runScript = beginRuns()
	}
	r, fault := p.runScript(e.Script)
	return lab.Ran{Revision: e.Revision, Record: r, Fault: fault}
}

// beginRuns makes a runner of scripts. It returns a function: as with [beginService], the page must not hold what can reach a
// whole service.
func beginRuns() func(script string) (scenario.Record, *lab.Fault) {
	runner := scenario.NewRunner()
	return func(script string) (scenario.Record, *lab.Fault) {
		r, err := runner.Run(script, 0)
		if wrong, ok := err.(*scenario.LineError); ok { // it is never wrapped
			return r, &lab.Fault{Line: wrong.Line, Code: wrong.Code, Args: wrong.Args}
		} else if err != nil {
			return r, &lab.Fault{Line: len(lab.Lines(script)), Code: "failed", Args: []string{err.Error()}}
		}
		return r, nil
	}
}

const keysAddress = "https://shop.example/.well-known/jwks.json"

// labKeys asks the simulated service for its keys, in a run that nobody sees.
func (p *Page) labKeys() string {
	l := &p.state.Lab
	lines := lab.Lines(l.Script)
	script := strings.Join(append(lines[:min(l.Cursor, len(lines)):len(lines)], "new-tab", "visit "+keysAddress), "\n")
	r, fault := beginRuns()(script)
	if n := len(r.Messages); fault == nil && n > 0 && strings.HasPrefix(strings.TrimSpace(r.Messages[n-1].Body), `{"keys"`) {
		return r.Messages[n-1].Body
	}
	return ""
}

// beginLab plays the first script, before the lab is drawn for the first time.
func (p *Page) beginLab() {
	if p.state.Route == play.Lab {
		p.settle(p.update(play.InLab{Intent: lab.Began{}}))
	}
}

// prepareTime is how long the page of the lab is there before it runs what is likely to be asked for: the Worker takes a
// moment to begin.
const prepareTime = time.Second

func (p *Page) prepareLab(ctx app.Context) {
	if p.state.Route == play.Lab {
		ctx.After(prepareTime, func(ctx app.Context) { p.send(ctx, play.InLab{Intent: lab.Idled{}}) })
	}
}

// settle plays what is to be played at once, and returns what else is to be done.
func (p *Page) settle(effects []play.Effect) (rest []play.Effect) {
	for _, e := range effects {
		if of, ok := e.(play.ForLab); ok {
			if run, ok := of.Effect.(lab.Run); ok {
				rest = append(rest, p.settle(p.update(play.InLab{Intent: p.ran(run)}))...)
				continue
			}
		}
		rest = append(rest, e)
	}
	return rest
}

// save downloads a text.
func save(name, text string) {
	window := app.Window()
	blob := window.Get("Blob").New([]any{text}, map[string]any{"type": "text/plain"})
	address := window.Get("URL").Call("createObjectURL", blob)
	link := window.Get("document").Call("createElement", "a")
	link.Set("href", address)
	link.Set("download", name)
	link.Call("click")
	window.Get("URL").Call("revokeObjectURL", address)
}

// lookAt brings a region into view, and the focus into it for those who do not see that.
func lookAt(region string) {
	e := element(region)
	if !e.Truthy() {
		return
	}
	switch region {
	case "pair":
		e.Call("scrollIntoView", map[string]any{"block": "nearest"})
		return // the focus stays on what is suggested next
	case "outcome":
		app.Window().Call("scrollTo", 0, 0) // it is always in view, and what it is about begins above
	default:
		e.Call("scrollIntoView", map[string]any{"block": "start"})
	}
	e.Set("tabIndex", -1)
	e.Call("focus", map[string]any{"preventScroll": true})
}

// labKey does what a single key stands for on the page of the lab, and reports whether it did anything.
func (p *Page) labKey(ctx app.Context, e app.Event) bool {
	if p.state.Route != play.Lab || p.menuOpen != "" || e.Get("ctrlKey").Bool() || e.Get("metaKey").Bool() || e.Get("altKey").Bool() {
		return false
	}
	name, target := e.Get("key").String(), e.Get("target")
	if code := e.Get("code").String(); name > "\x7f" && strings.HasPrefix(code, "Key") {
		name = code[3:] // a keyboard that is set to 한글 names another letter
	}
	switch tag := target.Get("tagName").String(); {
	case tag == "TEXTAREA", tag == "SELECT", tag == "INPUT" && target.Get("type").String() == "text":
		return false
	case name == " " && tag != "BODY" && tag != "MAIN":
		return false // it presses what has the focus
	}
	i := p.state.Lab.Pressed(name)
	if i == nil {
		return false
	}
	e.PreventDefault()
	p.send(ctx, play.InLab{Intent: i})
	return true
}
