package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/temoto/robotstxt"
	"golang.org/x/time/rate"
)

const (
	maxRedirects = 5
	maxTries     = 3
	maxRobots    = 500 << 10 // what RFC 9309 asks a crawler to read at least
)

// address is where a connection would lead.
type address = netip.Addr

// fetcher asks politely: it obeys robots.txt, sends one request at a time, waits between two
// requests to a host, and honours Retry-After.
type fetcher struct {
	w      *walker
	client *http.Client
	hosts  map[string]*site
	limits map[string]*rate.Limiter // by name of the host, whatever the scheme and port
}

// site is what is known of a host: scheme, name and port.
type site struct {
	limit  *rate.Limiter
	robots *robotstxt.Group // nil: not asked yet
	why    string           // robots.txt could not be had
}

func newFetcher(w *walker) *fetcher {
	f := &fetcher{w: w, hosts: map[string]*site{}, limits: map[string]*rate.Limiter{}}
	f.client = &http.Client{Transport: f.transport()}
	if c := w.opt.Client; c != nil {
		own := *c
		f.client = &own
	}
	f.client.Timeout = w.opt.Timeout
	f.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return f
}

// transport connects to public addresses only. The check is made on the address that is dialled,
// so that a name which resolves to another address the second time gains nothing.
func (f *fetcher) transport() *http.Transport {
	dialer := &net.Dialer{Timeout: f.w.opt.Timeout, Control: func(_, to string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(to)
		if err != nil {
			return err
		}
		if !f.allowed(at.Addr().Unmap()) {
			return errPrivate
		}
		return nil
	}}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		TLSHandshakeTimeout:    f.w.opt.Timeout,
		ResponseHeaderTimeout:  f.w.opt.Timeout,
		MaxResponseHeaderBytes: maxHeader,
		MaxConnsPerHost:        1,
		IdleConnTimeout:        10 * time.Second,
		ForceAttemptHTTP2:      true,
	}
}

var errPrivate = errors.New("the address is private (loopback, local network or reserved)")

func (f *fetcher) allowed(a address) bool {
	switch {
	case f.w.opt.AllowPrivate:
		return true
	case f.w.opt.allowed != nil:
		return f.w.opt.allowed(a)
	}
	return public(a)
}

// reserved are ranges beyond what netip names that lead to no public host (RFC 6890, RFC 8215,
// RFC 6052, RFC 4380: some hide an IPv4 address).
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("100::/64"), netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/32"), netip.MustParsePrefix("fec0::/10"),
}

func public(a address) bool {
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range reserved {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// fetch reads one page or feed from the network.
func (w *walker) fetch(raw string) error {
	if w.fetcher == nil {
		w.fetcher = newFetcher(w)
	}
	asked, err := parseAddress(raw)
	if err != nil {
		w.pass(raw, err.Error())
		return nil
	}
	res, err := w.fetcher.follow(w.ctx, asked)
	if w.ctx.Err() != nil {
		if err == nil {
			res.Body.Close()
		}
		return w.ctx.Err()
	}
	if err != nil {
		w.pass(raw, reason(err))
		return nil
	}
	defer res.Body.Close()
	return w.response(asked.String(), res)
}

// parseAddress reads an address as the user typed it.
func parseAddress(raw string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" {
		return nil, errors.New("not a web address; write it as https://outlet.example/page")
	}
	u.Fragment, u.User = "", nil
	return u, nil
}

// response hands out what a server sent.
func (w *walker) response(asked string, res *http.Response) error {
	final := res.Request.URL.String()
	switch {
	case res.StatusCode == http.StatusNotModified:
		if w.opt.Unchanged != nil {
			w.opt.Unchanged(asked)
		}
		return nil
	case res.StatusCode != http.StatusOK:
		w.pass(asked, fmt.Sprintf("the server answers %s; check the address or try later", res.Status))
		return nil
	case res.ContentLength > w.opt.MaxBytes:
		w.pass(asked, w.tooLarge())
		return nil
	}
	format, charset := mediaFormat(res.Header.Get("Content-Type"))
	if format == "" && res.Header.Get("Content-Type") != "" && !strings.Contains(res.Header.Get("Content-Type"), "gzip") && !strings.Contains(res.Header.Get("Content-Type"), "octet-stream") {
		w.pass(asked, "not a page, feed or text but "+res.Header.Get("Content-Type"))
		return nil
	}
	s := &source{url: final, in: w.count(res.Body), named: true, charset: charset, name: nameFor(format, res.Request.URL.Path)}
	s.fetched = &Fetched{URL: asked, ETag: res.Header.Get("ETag"), LastModified: res.Header.Get("Last-Modified")}
	err := w.stream(s)
	if w.ctx.Err() != nil {
		return w.ctx.Err()
	}
	return err
}

// nameFor is a file name whose ending stands for the declared type; where none is declared, the
// address may tell.
func nameFor(format, path string) string {
	switch format {
	case KindHTML:
		return "page.html"
	case KindText:
		if formatOf(path) == formatLines {
			return path
		}
		return ""
	case formatFeed:
		return "" // told from the first bytes, since pages come as XML too
	case formatJSON:
		return "page.json"
	}
	if f := formatOf(path); f != "" {
		return path
	}
	return ""
}

// follow sends the request and goes along redirects, each checked like the first address.
func (f *fetcher) follow(ctx context.Context, asked *url.URL) (*http.Response, error) {
	known := Fetched{}
	if f.w.opt.Cache != nil {
		known = f.w.opt.Cache.Fetched(ctx, asked.String())
	}
	at := asked
	for range maxRedirects + 1 {
		if at.Scheme != "http" && at.Scheme != "https" {
			return nil, fmt.Errorf("leads to %s, which is not a web address", at.Redacted())
		}
		if err := f.permitted(ctx, at); err != nil {
			return nil, err
		}
		res, err := f.patiently(ctx, at, known)
		if err != nil {
			return nil, err
		}
		target := res.Header.Get("Location")
		if res.StatusCode == http.StatusNotModified || res.StatusCode/100 != 3 || target == "" {
			return res, nil
		}
		res.Body.Close()
		next, err := at.Parse(target)
		if err != nil {
			return nil, fmt.Errorf("redirects to an address that cannot be read")
		}
		next.Fragment = ""
		at = next
	}
	return nil, fmt.Errorf("more than %d redirects; open it in a browser and use the address it ends at", maxRedirects)
}

// permitted asks the host's robots.txt once.
func (f *fetcher) permitted(ctx context.Context, at *url.URL) error {
	s := f.site(at)
	if s.robots == nil && s.why == "" {
		f.askRobots(ctx, at, s)
	}
	if s.why != "" {
		return errors.New(s.why)
	}
	if !s.robots.Test(at.RequestURI()) {
		return errors.New("the site's robots.txt asks programs not to read this page; save it from a browser and read the file")
	}
	return nil
}

func (f *fetcher) site(at *url.URL) *site {
	key, host := at.Scheme+"://"+at.Host, at.Hostname()
	if f.limits[host] == nil {
		f.limits[host] = rate.NewLimiter(rate.Every(f.w.opt.Delay), 1)
	}
	if f.hosts[key] == nil {
		f.hosts[key] = &site{limit: f.limits[host]}
	}
	return f.hosts[key]
}

func (f *fetcher) askRobots(ctx context.Context, at *url.URL, s *site) {
	u := &url.URL{Scheme: at.Scheme, Host: at.Host, Path: "/robots.txt"}
	var res *http.Response
	var err error
	for range maxRedirects {
		if res, err = f.patiently(ctx, u, Fetched{}); err != nil {
			s.why = reason(err)
			return
		}
		next, bad := u.Parse(res.Header.Get("Location"))
		if res.StatusCode/100 != 3 || res.Header.Get("Location") == "" || bad != nil || next.Scheme != "http" && next.Scheme != "https" {
			break
		}
		res.Body.Close()
		u = next
	}
	defer res.Body.Close()
	status := res.StatusCode
	if status/100 == 3 {
		status = http.StatusNotFound // RFC 9309: too many redirects count as no rules
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxRobots))
	if err != nil && status == http.StatusOK {
		s.why = "the site's robots.txt could not be read: " + reason(err)
		return
	}
	rules, err := robotstxt.FromStatusAndBytes(status, body)
	if err != nil {
		rules, _ = robotstxt.FromStatusAndBytes(http.StatusNotFound, nil)
	}
	if status >= 500 {
		s.why = fmt.Sprintf("the site's robots.txt cannot be had (%s), so nothing is read from it; try later", res.Status)
		return
	}
	s.robots = rules.FindGroup(agentName(f.w.opt.UserAgent))
	if d := s.robots.CrawlDelay; d > f.w.opt.Delay {
		s.limit.SetLimit(rate.Every(min(d, f.w.opt.MaxWait)))
	}
}

// agentName is the product token by which robots.txt may address the program.
func agentName(userAgent string) string {
	name, _, _ := strings.Cut(userAgent, "/")
	return name
}

// patiently sends one request, again where the server asks to come back soon.
func (f *fetcher) patiently(ctx context.Context, at *url.URL, known Fetched) (*http.Response, error) {
	for try := 1; ; try++ {
		res, err := f.once(ctx, at, known)
		if err != nil {
			return nil, err
		}
		if res.StatusCode != http.StatusTooManyRequests && res.StatusCode != http.StatusServiceUnavailable {
			return res, nil
		}
		pause, asked := retryAfter(res.Header.Get("Retry-After"), time.Now())
		if !asked {
			pause = f.w.opt.Delay << try
		}
		if try == maxTries {
			return res, nil
		}
		res.Body.Close()
		if pause > f.w.opt.MaxWait {
			return nil, fmt.Errorf("the server asks to come back in %s; try again then", pause.Round(time.Second))
		}
		if err := sleep(ctx, pause); err != nil {
			return nil, err
		}
	}
}

func (f *fetcher) once(ctx context.Context, at *url.URL, known Fetched) (*http.Response, error) {
	if err := f.site(at).limit.Wait(ctx); err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", f.w.opt.UserAgent)
	req.Header.Set("Accept", "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/feed+json, text/plain;q=0.9, */*;q=0.5")
	if known.ETag != "" {
		req.Header.Set("If-None-Match", known.ETag)
	}
	if known.LastModified != "" {
		req.Header.Set("If-Modified-Since", known.LastModified)
	}
	return f.client.Do(req)
}

// retryAfter reads the header of that name: seconds, or a date.
func retryAfter(s string, now time.Time) (time.Duration, bool) {
	if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil && n >= 0 {
		return time.Duration(min(n, 1<<30)) * time.Second, true
	}
	if t, err := http.ParseTime(s); err == nil {
		return max(0, t.Sub(now)), true
	}
	return 0, false
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// reason words a failed request for a reader.
func reason(err error) string {
	var timeout interface{ Timeout() bool }
	var name *net.DNSError
	var request *url.Error
	switch {
	case errors.Is(err, errPrivate):
		return errPrivate.Error() + "; allow private addresses to read it"
	case errors.As(err, &name):
		return "no such host: " + name.Name + "; check the spelling and the connection"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "the server did not answer in time; try later"
	case errors.As(err, &request):
		return "cannot be fetched: " + request.Err.Error()
	}
	return err.Error()
}
