package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"os/user"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"hearsay/internal/server"
)

type serveFlags struct {
	dossier, addr, token, author string
	open, allowPrivate           bool
}

func newServeCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Show a dossier in the browser, and as a JSON API",
		Long: `Show a dossier in the browser, and as a JSON API under /api/v1.

The page answers this machine alone. To let others see it, give an address such as --addr 0.0.0.0:8080:
then every visitor needs the token, which is printed unless --token names one. Put a proxy with TLS in
front of it where the network is not yours.`,
		Example: `  hearsay serve
  hearsay serve --dossier minsk.db --open`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runServe(cmd, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.dossier, "dossier", "hearsay.db", "the dossier's file; made where it is missing")
	flags.StringVar(&f.addr, "addr", "127.0.0.1:8080", "address to listen on; port 0 takes a free one")
	flags.StringVar(&f.token, "token", "", "token that visitors need; one is made for addresses other than this machine's")
	flags.StringVar(&f.author, "author", userName(), "who judges, unless the page says otherwise")
	flags.BoolVar(&f.open, "open", false, "open the page in the browser")
	flags.BoolVar(&f.allowPrivate, "allow-private", false, "allow links to private and local addresses to be read")
	return cmd
}

func userName() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	if u.Name != "" {
		return u.Name
	}
	return u.Username
}

func runServe(cmd *cobra.Command, f serveFlags) error {
	host, _, err := net.SplitHostPort(f.addr)
	if err != nil {
		return fmt.Errorf("--addr %s: write it as host:port, such as 127.0.0.1:8080", f.addr)
	}
	listener, err := net.Listen("tcp", f.addr)
	if err != nil {
		return &exitError{exitFailed, fmt.Errorf("%w; choose another address with --addr", err)}
	}
	defer listener.Close()
	local := onThisMachine(host)
	if !local && f.token == "" {
		f.token = rand.Text()
	}
	s, err := server.New(server.Config{
		Dossier: f.dossier, Token: f.token, Local: local, Author: f.author, Version: version, AllowPrivate: f.allowPrivate,
	})
	if err != nil {
		return &exitError{exitFailed, err}
	}
	defer s.Close()
	address := "http://" + listener.Addr().String() + "/"
	if f.token != "" {
		address += "?token=" + f.token
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s is open at %s\nEnd with Ctrl-C.\n", f.dossier, address)
	if f.open {
		browse(address)
	}
	return serveUntil(cmd.Context(), listener, s)
}

func onThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// serveUntil answers requests until the context ends, then lets those under way finish.
func serveUntil(ctx context.Context, listener net.Listener, handler http.Handler) error {
	srv := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	stop := context.AfterFunc(ctx, func() {
		grace, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		srv.Shutdown(grace)
	})
	defer stop()
	if err := srv.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return &exitError{exitFailed, err}
	}
	return nil
}

// browse opens an address in the browser; where that fails, the address stands on the terminal.
func browse(address string) {
	name, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	if cmd := exec.Command(name, args...); cmd.Start() == nil {
		go cmd.Wait()
	}
}
