package ingest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// site is a server that notes what it was asked for.
type testSite struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

func serve(t *testing.T, pages map[string]http.HandlerFunc) *testSite {
	t.Helper()
	s := &testSite{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.Path)
		s.mu.Unlock()
		if h := pages[r.URL.Path]; h != nil {
			h(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func say(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		io.WriteString(w, body)
	}
}

// quick is a polite reader in a hurry, for servers on this machine.
var quick = Options{AllowPrivate: true, Delay: time.Millisecond}

func TestFetch(t *testing.T) {
	s := serve(t, map[string]http.HandlerFunc{
		"/page":   say("text/html; charset=windows-1251", "<p>\xcc\xb3\xf1\xf2"),
		"/feed":   say("application/atom+xml", atom),
		"/xml":    say("application/xml", "<?xml version='1.0'?><html><body>Page as XML</body></html>"),
		"/text":   say("text/plain", "Words."),
		"/lines":  say("application/x-ndjson", "{\"text\":\"One\"}\n"),
		"/untold": say("", "<html><body>Type not told</body></html>"),
		"/i.png":  say("image/png", "\x89PNG"),
		"/old": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/page", http.StatusMovedPermanently)
		},
		"/circle": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/circle", http.StatusFound) },
		"/elsewhe": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
		},
	})
	u := s.URL
	h := walk(quick, u+"/page#part", u+"/feed", u+"/xml", u+"/text", u+"/lines", u+"/untold", u+"/old", u+"/i.png", u+"/gone", u+"/circle", u+"/elsewhe", "https://")
	expect(t, h, []string{
		" html: <p>Міст", " html: <p>From Atom.</p>", " html: <?xml version='1.0'?><html><body>Page as XML</body></html>", " text: Words.",
		" article: One", " html: <html><body>Type not told</body></html>", " html: <p>Міст",
	}, []string{
		"/i.png: not a page, feed or text but image/png", "/gone: the server answers 404", "/circle: more than 5 redirects",
		"/elsewhe: leads to file:///etc/passwd", "https://: not a web address",
	})
	if got := h.raws[4].URL; got != u+"/lines#1" {
		t.Errorf("a member without address is known as %s", got)
	}
	if got := h.raws[6].URL; got != u+"/page" {
		t.Errorf("a moved page is known as %s", got)
	}
}

// robots.txt is asked once a site and obeyed; where it cannot be had nothing is read.
func TestRobots(t *testing.T) {
	s := serve(t, map[string]http.HandlerFunc{
		"/robots.txt":  say("text/plain", "User-agent: *\nDisallow: /\n\nUser-agent: hearsay\nDisallow: /private\nAllow: /private/but\n"),
		"/open":        say("text/plain", "Open."),
		"/private/a":   say("text/plain", "Private."),
		"/private/but": say("text/plain", "Allowed."),
		"/to":          func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/private/a", http.StatusFound) },
	})
	h := walk(quick, s.URL+"/open", s.URL+"/private/a", s.URL+"/private/but", s.URL+"/to")
	expect(t, h, []string{" text: Open.", " text: Allowed."}, []string{"/private/a: the site's robots.txt", "/to: the site's robots.txt"})
	want := []string{"/robots.txt", "/open", "/private/but", "/to"}
	if diff := cmp.Diff(want, s.asked); diff != "" {
		t.Error(diff)
	}
	down := serve(t, map[string]http.HandlerFunc{
		"/robots.txt": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		"/open":       say("text/plain", "Open."),
	})
	expect(t, walk(quick, down.URL+"/open"), nil, []string{"robots.txt cannot be had (500"})
}

// Addresses of this machine and the local network are refused when they are dialled, also when a
// public page redirects there.
func TestPrivateAddresses(t *testing.T) {
	secret := serve(t, map[string]http.HandlerFunc{"/": say("text/plain", "Secret.")})
	hidden := strings.Replace(secret.URL, "127.0.0.1", "localhost", 1)
	opt := Options{Delay: time.Millisecond}
	expect(t, walk(opt, secret.URL, hidden), nil, []string{"the address is private", "the address is private"})

	inner := strings.Replace(secret.URL, "127.0.0.1", "127.0.0.2", 1)
	open := serve(t, map[string]http.HandlerFunc{"/to": func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, inner+"/", http.StatusFound)
	}})
	opt.allowed = func(a address) bool { return a == netip.MustParseAddr("127.0.0.1") }
	expect(t, walk(opt, open.URL+"/to"), nil, []string{"the address is private"})
	if len(secret.asked) != 0 {
		t.Errorf("the private server was asked for %q", secret.asked)
	}
}

func TestPublic(t *testing.T) {
	for a, want := range map[string]bool{
		"93.184.216.34": true, "2606:2800:220:1::": true, "127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false,
		"169.254.169.254": false, "100.64.0.1": false, "0.0.0.0": false, "224.0.0.1": false, "255.255.255.255": false, "::1": false, "fe80::1": false,
		"fc00::1": false, "64:ff9b::a00:1": false, "2002:7f00:1::": false, "2001:0:7f00:1::": false, "::": false, "ff02::1": false,
	} {
		if got := public(netip.MustParseAddr(a)); got != want {
			t.Errorf("public(%s) = %v", a, got)
		}
	}
}

// A server that asks for patience gets it up to a limit.
func TestRetryAfter(t *testing.T) {
	busy := func(times int, after string) http.HandlerFunc {
		n := 0
		return func(w http.ResponseWriter, _ *http.Request) {
			if n++; n <= times {
				w.Header().Set("Retry-After", after)
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			io.WriteString(w, "Now.")
		}
	}
	s := serve(t, map[string]http.HandlerFunc{"/soon": busy(1, "0"), "/later": busy(1, "7200"), "/never": busy(9, "0"), "/unsaid": busy(1, "")})
	expect(t, walk(quick, s.URL+"/soon", s.URL+"/later", s.URL+"/never", s.URL+"/unsaid"), []string{" text: Now.", " text: Now."},
		[]string{"/later: the server asks to come back in 2h0m0s", "/never: the server answers 429"})
	now := time.Date(2025, 11, 20, 10, 0, 0, 0, time.UTC)
	if d, ok := retryAfter("Thu, 20 Nov 2025 10:00:30 GMT", now); !ok || d != 30*time.Second {
		t.Errorf("%v, %v", d, ok)
	}
}

// A page that is too large or too slow is named; what is cut off is never taken for whole.
func TestHugeAndSlow(t *testing.T) {
	stop := make(chan bool)
	s := serve(t, map[string]http.HandlerFunc{
		"/told": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "99999999")
			w.Write(nil)
		},
		"/untold": func(w http.ResponseWriter, _ *http.Request) {
			for range 300 {
				io.WriteString(w, strings.Repeat("word ", 1000))
			}
		},
		"/silent": func(w http.ResponseWriter, r *http.Request) { <-stop },
		"/slow": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"1"`)
			io.WriteString(w, "The beginning.")
			w.(http.Flusher).Flush()
			<-stop
		},
	})
	defer close(stop)
	opt := quick
	opt.MaxBytes, opt.Timeout = 1<<20, 300*time.Millisecond
	h := walk(opt, s.URL+"/told", s.URL+"/untold", s.URL+"/silent", s.URL+"/slow")
	expect(t, h, []string{" text: The beginning."}, []string{"/told: larger than 1 MiB", "/untold: larger than 1 MiB", "/silent: the server did not answer in time", "/slow: it took too long"})
	if h.raws[0].Fetched != nil {
		t.Error("a page that was cut off must be asked for again")
	}
}

// What a server packs counts as much as what comes out of it.
func TestPackedResponse(t *testing.T) {
	packed := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
				t.Error("the server was not told that gzip is read")
			}
			w.Header().Set("Content-Type", "text/plain")
			w.Header().Set("Content-Encoding", "gzip")
			io.WriteString(w, zipped(body))
		}
	}
	s := serve(t, map[string]http.HandlerFunc{"/page": packed("Words."), "/bomb": packed(strings.Repeat("word ", 1<<20))})
	opt := quick
	opt.MaxBytes = 1 << 20
	expect(t, walk(opt, s.URL+"/page", s.URL+"/bomb"), []string{" text: Words."}, []string{"/bomb: larger than 1 MiB"})
}

// The program says who it is, in robots.txt's sense too.
func TestUserAgent(t *testing.T) {
	agents := map[string]bool{}
	note := func(body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			agents[r.UserAgent()] = true
			io.WriteString(w, body)
		}
	}
	s := serve(t, map[string]http.HandlerFunc{"/robots.txt": note("User-agent: lookout\nDisallow: /shut\n"), "/open": note("Open."), "/shut": note("Shut.")})
	opt := quick
	opt.UserAgent = "Lookout/2 (+https://lookout.test)"
	expect(t, walk(opt, s.URL+"/open", s.URL+"/shut"), []string{" text: Open."}, []string{"/shut: the site's robots.txt"})
	if len(agents) != 1 || !agents[opt.UserAgent] {
		t.Errorf("the server was asked by %v", agents)
	}
}

// A site that asks for a longer pause gets it, up to the limit, and so does its host on another port.
func TestCrawlDelay(t *testing.T) {
	slow := serve(t, map[string]http.HandlerFunc{"/robots.txt": say("text/plain", "User-agent: *\nCrawl-delay: 600\n"), "/page": say("text/plain", "Words.")})
	other := serve(t, map[string]http.HandlerFunc{"/page": say("text/plain", "Words.")})
	opt := quick
	opt.MaxWait = 40 * time.Millisecond
	start := time.Now()
	walk(opt, slow.URL+"/page", slow.URL+"/page", other.URL+"/page")
	if len(slow.asked) != 3 || len(other.asked) != 2 {
		t.Fatalf("asked for %q and %q", slow.asked, other.asked)
	}
	if d := time.Since(start); d < 3*opt.MaxWait { // after the first robots.txt and the page behind it
		t.Errorf("five requests within %v", d)
	}
}

type memory map[string]Fetched

func (m memory) Fetched(_ context.Context, url string) Fetched { return m[url] }

// What did not change since the last time is not sent again.
func TestConditional(t *testing.T) {
	s := serve(t, map[string]http.HandlerFunc{"/page": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		w.Header().Set("Last-Modified", "Thu, 20 Nov 2025 10:00:00 GMT")
		if r.Header.Get("If-None-Match") == `"v1"` && r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		io.WriteString(w, "Words.")
	}})
	cache, unchanged := memory{}, ""
	opt := quick
	opt.Cache, opt.Unchanged = cache, func(url string) { unchanged = url }
	h := walk(opt, s.URL+"/page")
	expect(t, h, []string{" text: Words."}, nil)
	f := h.raws[0].Fetched
	if f == nil || f.URL != s.URL+"/page" || f.ETag != `"v1"` {
		t.Fatalf("%+v", f)
	}
	cache[f.URL] = *f
	expect(t, walk(opt, s.URL+"/page"), nil, nil)
	if unchanged != s.URL+"/page" {
		t.Errorf("unchanged: %q", unchanged)
	}
}

// One request at a time, with a pause between.
func TestPause(t *testing.T) {
	var mu sync.Mutex
	now, most := 0, 0
	s := serve(t, map[string]http.HandlerFunc{"/page": func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		io.WriteString(w, "Words.")
		mu.Lock()
		now--
		mu.Unlock()
	}})
	opt := quick
	opt.Delay = 30 * time.Millisecond
	start := time.Now()
	walk(opt, s.URL+"/page", s.URL+"/page", s.URL+"/page")
	if most != 1 || len(s.asked) != 4 {
		t.Errorf("%d requests at a time, asked for %q", most, s.asked)
	}
	if d := time.Since(start); d < 3*opt.Delay { // how long each took to arrive says nothing on a busy machine
		t.Errorf("four requests within %v", d)
	}
}

func TestFetchCancel(t *testing.T) {
	stop := make(chan bool)
	defer close(stop)
	s := serve(t, map[string]http.HandlerFunc{"/slow": func(http.ResponseWriter, *http.Request) { <-stop }})
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	err := Walk(ctx, []string{s.URL + "/slow"}, quick, func(Raw) error { return nil }, func(k Skip) { t.Error(k) })
	if fmt.Sprint(err) != "context canceled" {
		t.Error(err)
	}
}
