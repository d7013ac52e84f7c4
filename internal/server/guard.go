package server

import (
	"crypto/subtle"
	"net"
	"net/http"
	"strings"
)

// policy lets a page use what this server gives and nothing else: no inline script or style, no frame.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// formBytes is the most that a form without files may bring.
const formBytes = 1 << 20

// tokenCookie keeps the token of a browser that showed it once.
const tokenCookie = "hearsay_token"

// guard checks who asks before a request reaches a page: the name by which the server is called
// (DNS rebinding), the token, and that changes come from the server's own pages.
func (s *Server) guard(next http.Handler) http.Handler {
	sameOrigin := http.NewCrossOriginProtection()
	sameOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "changes are taken from this server's own pages alone", http.StatusForbidden)
	}))
	next = sameOrigin.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		switch {
		case s.cfg.Local && !isLoopback(r.Host):
			http.Error(w, "this server answers to the names of this machine alone", http.StatusMisdirectedRequest)
		case s.cfg.Token != "" && s.greet(w, r):
		case s.cfg.Token != "" && !s.admitted(r):
			h.Set("WWW-Authenticate", `Bearer realm="hearsay"`)
			http.Error(w, "a token is needed: open the address that hearsay serve printed", http.StatusUnauthorized)
		default:
			if !strings.HasSuffix(r.URL.Path, "/read") && !strings.HasSuffix(r.URL.Path, "/readings") {
				r.Body = http.MaxBytesReader(w, r.Body, formBytes)
			}
			next.ServeHTTP(w, r)
		}
	})
}

func isLoopback(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	name = strings.Trim(name, "[]")
	ip := net.ParseIP(name)
	return name == "localhost" || strings.HasSuffix(name, ".localhost") || ip != nil && ip.IsLoopback()
}

// greet takes the token out of an address that carries it and keeps it in a cookie.
func (s *Server) greet(w http.ResponseWriter, r *http.Request) bool {
	q := r.URL.Query()
	if r.Method != http.MethodGet || !s.right(q.Get("token")) {
		return false
	}
	http.SetCookie(w, &http.Cookie{Name: tokenCookie, Value: s.cfg.Token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode})
	q.Del("token")
	to := *r.URL
	to.RawQuery = q.Encode()
	http.Redirect(w, r, to.RequestURI(), http.StatusSeeOther)
	return true
}

func (s *Server) admitted(r *http.Request) bool {
	if c, err := r.Cookie(tokenCookie); err == nil && s.right(c.Value) {
		return true
	}
	bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return ok && s.right(bearer)
}

func (s *Server) right(token string) bool {
	return subtle.ConstantTimeCompare([]byte(token), []byte(s.cfg.Token)) == 1
}
