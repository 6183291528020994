package ui

import (
	"crypto/rand"
	"encoding/json"
	"time"

	"github.com/maxence-charriere/go-app/v9/pkg/app"

	"jwtlab/app/job"
	"jwtlab/app/jwe"
	"jwtlab/app/jws"
	"jwtlab/app/play"
	"jwtlab/app/play/client"
	"jwtlab/app/play/desk"
)

// do does an effect; the answer comes back as an intent.
func (p *Page) do(ctx app.Context, e play.Effect) {
	switch e := e.(type) {
	case play.Store:
		store(e.Name, e.Value)
		p.describe()
	case play.CleanAddress:
		cleanAddress(ctx)
	case play.Go:
		goTo(ctx, spot{e.Route, p.state.Lang})
	case play.ForDesk:
		p.doDesk(ctx, e.Effect)
	case play.ForLab:
		p.doLab(ctx, e.Effect)
	case play.ForClient:
		if send, ok := e.Effect.(client.Send); ok {
			p.ask(ctx, send)
		}
	}
}

func (p *Page) doDesk(ctx app.Context, e desk.Effect) {
	switch e := e.(type) {
	case desk.Sign:
		p.sign(ctx, e)
	case desk.Encrypt:
		p.encrypt(ctx, e)
	case desk.Open:
		p.work(ctx, job.Job{Kind: "open", Inputs: &e.Inputs}, func(r job.Result) desk.Intent {
			if r.Opening == nil {
				r.Opening = &desk.Opening{}
			}
			return desk.Opened{Revision: e.Revision, Opening: *r.Opening, Failed: r.Failed}
		})
	case desk.Rest:
		ctx.After(restTime, func(ctx app.Context) {
			if p.state.Desk.Revision == e.Revision {
				p.send(ctx, play.OnDesk{Intent: desk.Rested(e)})
			}
		})
	case desk.Diagnose:
		p.work(ctx, job.Job{Kind: "doctor", Inputs: &e.Inputs}, func(r job.Result) desk.Intent {
			d := desk.Diagnosed{Revision: e.Revision}
			if r.Diagnoses != nil {
				d.Causes = *r.Diagnoses
			}
			return d
		})
	case desk.Copy:
		p.copy(ctx, e)
	case desk.CancelWork:
		p.stopWork()
	case desk.Generate:
		p.work(ctx, job.Job{Kind: "generate", Alg: e.Alg, Bits: e.Bits, Curve: e.Curve, Enc: e.Enc}, func(r job.Result) desk.Intent {
			return desk.Generated{Revision: e.Revision, Alg: e.Alg, Key: r.Key, Failed: r.Failed}
		})
	case desk.LookFor:
		p.work(ctx, job.Job{Kind: "look", Inputs: &e.Inputs}, func(r job.Result) desk.Intent {
			if r.View == nil {
				r.View = &desk.View{}
			}
			return desk.Looked{Revision: e.Revision, View: *r.View, Failed: r.Failed}
		})
	}
}

// restTime is how long nobody changes anything before the cause of a bad signature is looked for.
const restTime = 400 * time.Millisecond

// sign signs at once: the slowest, RSA, takes about 3 ms here.
func (p *Page) sign(ctx app.Context, e desk.Sign) {
	text, err := jws.Sign(e.Alg, e.Header, e.Payload, e.Key, rand.Reader)
	p.made(ctx, e.Revision, text, err)
}

// encrypt encrypts at once, but for passwords.
func (p *Page) encrypt(ctx app.Context, e desk.Encrypt) {
	if !e.Slow() {
		text, err := jwe.Encrypt(e.Spec, e.Header, e.Plain, e.Key, rand.Reader)
		p.made(ctx, e.Revision, text, err)
		return
	}
	j := job.Job{Kind: "encrypt", Alg: e.Spec.Alg, Enc: e.Spec.Enc, Iterations: e.Spec.Iterations, Header: e.Header, Plain: e.Plain, Key: e.Key.JWK()}
	p.work(ctx, j, func(r job.Result) desk.Intent {
		return desk.Signed{Revision: e.Revision, Token: r.Token, Reason: r.Failed}
	})
}

// made hands over a token that was signed or encrypted.
func (p *Page) made(ctx app.Context, revision int, text string, err error) {
	answer := desk.Signed{Revision: revision, Token: text}
	if err != nil {
		answer = desk.Signed{Revision: revision, Reason: err.Error()}
	}
	for _, more := range p.update(play.OnDesk{Intent: answer}) {
		p.do(ctx, more)
	}
}

func (p *Page) copy(ctx app.Context, e desk.Copy) {
	text := e.Text
	if e.Notice == "copied-link" {
		here := app.Window().Get("location")
		text = here.Get("origin").String() + here.Get("pathname").String() + e.Text
	}
	answer := func(id string) app.Func {
		var f app.Func
		f = app.FuncOf(func(app.Value, []app.Value) any {
			ctx.Dispatch(func(ctx app.Context) { p.send(ctx, play.OnDesk{Intent: desk.Noticed{ID: id}}) })
			f.Release()
			return nil
		})
		return f
	}
	clipboard := app.Window().Get("navigator").Get("clipboard")
	if !clipboard.Truthy() {
		p.send(ctx, play.OnDesk{Intent: desk.Noticed{ID: "copy-failed"}})
		return
	}
	clipboard.Call("writeText", text).Call("then", answer(e.Notice), answer("copy-failed"))
}

// cleanAddress takes the fragment away through go-app, which keeps an address of its own.
func cleanAddress(ctx app.Context) {
	u := ctx.Page().URL()
	u.Fragment, u.RawFragment = "", ""
	ctx.Page().ReplaceURL(u)
}

// goTo changes the address to that of another spot of the site.
func goTo(ctx app.Context, s spot) {
	u := *ctx.Page().URL()
	u.Path, u.RawPath, u.Fragment, u.RawFragment = app.Getenv("GOAPP_ROOT_PREFIX")+"/"+s.folder(), "", "", ""
	ctx.NavigateTo(&u)
}

// A worker is the program running off the page's thread.
type worker struct {
	value   app.Value
	message app.Func
	failure app.Func
	next    int
	waiting map[int]func(job.Result)
}

// work runs a job of the desk in the worker.
func (p *Page) work(ctx app.Context, j job.Job, intent func(job.Result) desk.Intent) {
	p.work1(ctx, j, func(r job.Result) play.Intent { return play.OnDesk{Intent: intent(r)} })
}

// work1 runs a job in the worker, which is started when it is first needed and kept.
func (p *Page) work1(ctx app.Context, j job.Job, intent func(job.Result) play.Intent) {
	if p.worker == nil {
		p.startWorker(ctx)
	}
	if p.worker == nil { // no worker to be had: better a pause than nothing
		p.send(ctx, intent(job.Run(j)))
		return
	}
	raw, err := json.Marshal(j)
	if err != nil {
		p.send(ctx, intent(job.Result{Failed: err.Error()}))
		return
	}
	w := p.worker
	w.next++
	w.waiting[w.next] = func(r job.Result) { p.send(ctx, intent(r)) }
	w.value.Call("postMessage", map[string]any{"id": w.next, "job": string(raw)})
}

func (p *Page) startWorker(ctx app.Context) {
	start := app.Window().Get("jwtlabWorker")
	if !start.Truthy() {
		return
	}
	w := &worker{value: app.Window().Call("jwtlabWorker"), waiting: map[int]func(job.Result){}}
	w.message = app.FuncOf(func(_ app.Value, args []app.Value) any {
		data := args[0].Get("data")
		id, raw, failed := data.Get("id"), data.Get("result"), data.Get("error")
		var r job.Result
		switch {
		case failed.Truthy():
			r.Failed = failed.String()
		case !raw.Truthy():
			return nil
		default:
			if err := json.Unmarshal([]byte(raw.String()), &r); err != nil {
				r.Failed = err.Error()
			}
		}
		ctx.Dispatch(func(app.Context) { w.answer(id.Int(), r) })
		return nil
	})
	w.failure = app.FuncOf(func(app.Value, []app.Value) any {
		ctx.Dispatch(func(app.Context) { p.workerFailed(w) })
		return nil
	})
	w.value.Set("onmessage", w.message)
	w.value.Set("onerror", w.failure)
	p.worker = w
}

func (w *worker) answer(id int, r job.Result) {
	if f := w.waiting[id]; f != nil {
		delete(w.waiting, id)
		f(r)
	}
}

func (p *Page) workerFailed(w *worker) {
	if p.worker != w {
		return
	}
	waiting := w.waiting
	p.stopWork()
	for _, f := range waiting {
		f(job.Result{Failed: p.t("ui.worker-failed")})
	}
}

// stopWork ends the worker: a running loop reads no messages. The next job starts another.
func (p *Page) stopWork() {
	if w := p.worker; w != nil {
		p.worker = nil
		w.value.Call("terminate")
		w.message.Release()
		w.failure.Release()
	}
}
