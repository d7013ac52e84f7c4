package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// progress shows how far a read has come: a bar with rate and time left on a terminal, nothing elsewhere.
// Lines about skips go above the bar.
type progress struct {
	mu    sync.Mutex
	out   io.Writer
	pool  *mpb.Progress
	bar   *mpb.Bar
	begun time.Time
}

func isTerminal(f *os.File) bool { return isatty.IsTerminal(f.Fd()) }

// newProgress starts a bar of total steps; total 0 means that it is not known.
func newProgress(out *os.File, total int64, what string) *progress {
	p := &progress{out: out, begun: time.Now()}
	if !isTerminal(out) {
		return p
	}
	p.pool = mpb.New(mpb.WithOutput(out), mpb.WithWidth(40))
	p.bar = p.pool.AddBar(total,
		mpb.PrependDecorators(decor.Name(what+" "), decor.CountersNoUnit("%d / %d")),
		mpb.AppendDecorators(
			decor.EwmaSpeed(0, "%.1f/s", 60), decor.Name("  "),
			decor.OnComplete(decor.EwmaETA(decor.ET_STYLE_GO, 60), "done")))
	p.out = p.pool
	return p
}

// step counts one piece of work and what it took.
func (p *progress) step(took time.Duration) {
	if p.bar != nil {
		p.bar.EwmaIncrement(took)
	}
}

// left says how many steps are still to come, of a bar that was started without a total.
func (p *progress) left(n int) {
	if p.bar != nil {
		p.bar.SetTotal(p.bar.Current()+int64(n), false)
	}
}

// line prints a line above the bar.
func (p *progress) line(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprintf(p.out, format+"\n", args...)
}

// done ends the bar.
func (p *progress) done() {
	if p == nil || p.pool == nil {
		return
	}
	p.bar.SetTotal(-1, true)
	p.pool.Wait()
}
