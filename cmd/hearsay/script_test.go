package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/htmlindex"

	"hearsay/internal/format/conform"
	"hearsay/internal/store"
	"hearsay/pipeline"
)

var update = flag.Bool("update", false, "write the expected output of the scripts anew")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"hearsay": main})
}

// The command line, by scripts: see testdata. Beside the usual commands they know
//
//	status N PROGRAM ARG…    run a program that must end with exit code N
//	conform FILE             hold a record stream against its schema and texts
//	encode CHARSET IN OUT    write a file in another encoding
//	gz IN OUT [BYTES]        compress a file, and cut it off after so many bytes
//	hold DOSSIER             open a dossier for writing, as another process would
//	release DOSSIER          close it
//	newer DOSSIER            make a dossier look as if a newer version had written it
//	binary FILE              write a file that is not text
//	hostile KIND FILE        write a file that is huge, nested, unstopped or broken
//	small DIR                mount a file system of little room
//	fill DIR                 leave no room on it
//	interrupt N ARG…         run hearsay on an endless stream and press Ctrl-C after N articles
//	idle ARG…                run hearsay on standard input that says nothing, and press Ctrl-C
//	killed N ARG…            run hearsay on an endless stream and kill -9 it after N articles
//	ferries N FILE           write the first N articles of that stream
//	harbours N FILE          write N articles about as many persons, some of which copy others
//	cut DOSSIER ARG…         run hearsay again and again until it ends, and kill -9 it after each piece that it has linked
//	same DOSSIER DOSSIER     hold the record streams of two dossiers against each other
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Condition:           condition,
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"status": status, "conform": conforms, "encode": encode, "gz": compress, "hold": hold, "release": release,
			"newer": newer, "binary": binary, "hostile": hostile, "small": small, "fill": fill,
			"interrupt": interrupt, "idle": idle, "killed": killed, "ferries": ferries, "same": same,
			"harbours": harbours, "cut": cut,
		},
	})
}

// condition knows [mount]: whether file systems may be mounted here.
func condition(name string) (bool, error) {
	if name != "mount" {
		return false, fmt.Errorf("no such condition")
	}
	if os.Getuid() != 0 {
		return false, nil
	}
	dir, err := os.MkdirTemp("", "mount")
	if err != nil {
		return false, err
	}
	defer os.Remove(dir)
	if exec.Command("mount", "-t", "tmpfs", "none", dir).Run() != nil {
		return false, nil
	}
	return true, exec.Command("umount", dir).Run()
}

func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N PROGRAM ARG…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := exitCode(ts, ts.Exec(args[1], args[2:]...))
	if got != want {
		ts.Fatalf("exit code %d, want %d\n%s%s", got, want, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

func exitCode(ts *testscript.TestScript, err error) int {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	ts.Check(err)
	return 0
}

func conforms(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(conform.Stream(strings.NewReader(ts.ReadFile(args[0]))))
}

func encode(ts *testscript.TestScript, _ bool, args []string) {
	enc, err := htmlindex.Get(args[0])
	ts.Check(err)
	out, err := enc.NewEncoder().String(ts.ReadFile(args[1]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(out), 0o644))
}

func compress(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs(args[1])
	f, err := os.Create(path)
	ts.Check(err)
	w := gzip.NewWriter(f)
	_, err = w.Write([]byte(ts.ReadFile(args[0])))
	ts.Check(errors.Join(err, w.Close(), f.Close()))
	if len(args) > 2 {
		size, err := strconv.ParseInt(args[2], 10, 64)
		ts.Check(err)
		ts.Check(os.Truncate(path, size))
	}
}

// held are the dossiers that scripts keep open. Scripts run side by side.
var held sync.Map

func hold(ts *testscript.TestScript, _ bool, args []string) {
	st, err := store.Open(ts.MkAbs(args[0]), store.ReadWrite)
	ts.Check(err)
	held.Store(ts.MkAbs(args[0]), st)
}

func release(ts *testscript.TestScript, _ bool, args []string) {
	st, _ := held.Load(ts.MkAbs(args[0]))
	ts.Check(st.(*store.Store).Close())
}

func newer(ts *testscript.TestScript, _ bool, args []string) {
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.Exec("PRAGMA user_version = 999")
	ts.Check(errors.Join(err, db.Close()))
}

func binary(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x00\x00\x00\x01\x80\x08\x06"), 0o644))
}

// hostile writes a text of 2 GB (a hole, which takes no room on disk), a page of a million nested
// tags, words without a full stop, or UTF-16 of which nothing but its mark is right.
func hostile(ts *testscript.TestScript, _ bool, args []string) {
	const nestedTags, unstoppedWords, hugeBytes = 1_000_000, 20_000, 2 << 30
	content, file := "", ts.MkAbs(args[1])
	switch args[0] {
	case "huge":
		content = strings.Repeat("Some words. ", 1<<14)
	case "nested":
		content = "<html><body>" + strings.Repeat("<div>", nestedTags) + "<p>The harbor is closed, mayor Tom Adel said."
	case "unstopped":
		content = strings.Repeat("the ferry and ", unstoppedWords/3)
	case "broken":
		content = "\xff\xfe\x00\xdc\x00\xdc"
	default:
		ts.Fatalf("nothing hostile is called %s", args[0])
	}
	ts.Check(os.WriteFile(file, []byte(content), 0o644))
	if args[0] == "huge" {
		ts.Check(os.Truncate(file, hugeBytes))
	}
}

func small(ts *testscript.TestScript, _ bool, args []string) {
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o755))
	ts.Check(exec.Command("mount", "-t", "tmpfs", "-o", "size=8m", "none", dir).Run())
	ts.Defer(func() { _ = exec.Command("umount", dir).Run() })
}

func fill(ts *testscript.TestScript, _ bool, args []string) {
	f, err := os.Create(filepath.Join(ts.MkAbs(args[0]), "filler"))
	ts.Check(err)
	for size := 1 << 16; size > 0; size /= 2 {
		for err == nil {
			_, err = f.Write(make([]byte, size))
		}
		err = nil
	}
	ts.Check(f.Close())
}

// padding makes lines so long that few of them fit into the pipe, so that those before were read.
var padding = strings.Repeat("x", 8<<10)

// tooMany is how many articles interrupt sends before it gives up.
const tooMany = 100_000

func interrupt(ts *testscript.TestScript, _ bool, args []string) {
	cmd, in := started(ts, args[1:])
	feed(ts, in, args[0], func() { ts.Check(cmd.Process.Signal(syscall.SIGINT)) })
	if code := exitCode(ts, cmd.Wait()); code != exitFailed {
		ts.Fatalf("exit code %d after Ctrl-C, want %d", code, exitFailed)
	}
}

// idle presses Ctrl-C while standard input is open and says nothing more: a line that is no article has
// been skipped, so that all there was is read.
func idle(ts *testscript.TestScript, _ bool, args []string) {
	cmd, in := prepared(ts, args)
	defer in.Close()
	cmd.Stderr = nil
	out, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	for n := range 20 { // more than is looked at to tell what kind of stream it is
		_, err = fmt.Fprintln(in, ferry(n))
		ts.Check(err)
	}
	_, err = fmt.Fprintln(in, "{")
	ts.Check(err)
	said := bufio.NewReader(out)
	line, err := said.ReadString('\n')
	ts.Check(err)
	ts.Check(cmd.Process.Signal(syscall.SIGINT))
	rest, err := io.ReadAll(said)
	ts.Check(err)
	fmt.Fprintf(ts.Stderr(), "%s%s", line, rest)
	if code := exitCode(ts, cmd.Wait()); code != exitFailed {
		ts.Fatalf("exit code %d after Ctrl-C, want %d", code, exitFailed)
	}
}

// ferries writes the first N articles of the endless stream to a file.
func ferries(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	var b strings.Builder
	for i := range n {
		b.WriteString(ferry(i+1) + "\n")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o644))
}

// killed ends hearsay without a word in the middle of its work.
func killed(ts *testscript.TestScript, _ bool, args []string) {
	cmd, in := started(ts, args[1:])
	feed(ts, in, args[0], func() { ts.Check(cmd.Process.Kill()) })
	cmd.Wait()
}

// harbours writes articles that give the linking something to do at each of its stages.
func harbours(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	given, ends := []string{"Anna", "Karl", "Nora", "Tom"}, []string{"berg", "holm", "rehn", "lenk", "dorn"}
	var b strings.Builder
	for i := range n {
		who := fmt.Sprintf("%s %s%s", given[i%4], string("BDFGKLMNPRST"[i/4%12])+string("aeiou"[i/48%5]), ends[i/240%5])
		text := fmt.Sprintf("%s said that harbour %d of Vellin would be closed until June. \\\"We have %d ships at the pier,\\\" she told the Courier.", who, i-i%3, i-i%3+20)
		fmt.Fprintf(&b, "{\"url\": \"https://harbour.example/%d\", \"title\": \"Harbour %d\", \"date_publish\": \"2024-03-0%d\", \"maintext\": \"%s\"}\n", i, i, 1+i%7, text)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(b.String()), 0o644))
}

// cut kills each run as soon as it has made a piece of the linking durable.
func cut(ts *testscript.TestScript, _ bool, args []string) {
	const fewest = 3 // kills, for the test to tell anything
	dossier := ts.MkAbs(args[0])
	for kills := 0; ; kills++ {
		cmd, in := started(ts, args[1:])
		in.Close()
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		err, done := untilLinked(dossier, ended)
		if done {
			ts.Check(err)
			if kills < fewest {
				ts.Fatalf("linked in %d pieces, want %d at least", kills+1, fewest+1)
			}
			return
		}
		ts.Check(cmd.Process.Kill())
		<-ended
	}
}

// untilLinked returns when a piece more of the dossier is linked, or its process has ended.
func untilLinked(dossier string, ended <-chan error) (err error, done bool) {
	var before [4]int
	for known := false; ; time.Sleep(time.Millisecond) {
		select {
		case err := <-ended:
			return err, true
		default:
		}
		left, err := leftToLink(dossier)
		if err != nil || left == [4]int{} {
			continue // not there yet, or all done but for the end of the process
		}
		if reads := left[3] > before[3]; known && !reads && left != before {
			return nil, false
		}
		before, known = left, true
	}
}

// leftToLink counts what is left of the stages of linking.
func leftToLink(dossier string) (left [4]int, err error) {
	st, err := store.Open(dossier, store.ReadOnly)
	if err != nil {
		return left, err
	}
	defer st.Close()
	for i, count := range []func() (int, error){
		func() (int, error) { return st.CountStale("") },
		func() (int, error) { return st.CountTodo(store.ToCompare) },
		func() (int, error) { return st.CountTodo(store.ToJoin) },
		st.CountPending,
	} {
		if left[i], err = count(); err != nil {
			return left, err
		}
	}
	return left, nil
}

func same(ts *testscript.TestScript, _ bool, args []string) {
	var streams [2]bytes.Buffer
	for i := range streams {
		st, err := store.Open(ts.MkAbs(args[i]), store.ReadOnly)
		ts.Check(err)
		ts.Check(pipeline.Export(st, &streams[i], pipeline.Run("test")))
		ts.Check(st.Close())
	}
	if !bytes.Equal(streams[0].Bytes(), streams[1].Bytes()) {
		ts.Fatalf("%s and %s are two streams, of %d and %d bytes", args[0], args[1], streams[0].Len(), streams[1].Len())
	}
}

// started runs hearsay with its standard input open.
func started(ts *testscript.TestScript, args []string) (*exec.Cmd, io.WriteCloser) {
	cmd, in := prepared(ts, args)
	ts.Check(cmd.Start())
	return cmd, in
}

func prepared(ts *testscript.TestScript, args []string) (*exec.Cmd, io.WriteCloser) {
	program := ""
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if path := filepath.Join(dir, "hearsay"); program == "" && exists(path) {
			program = path
		}
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Stderr = ts.Stderr()
	in, err := cmd.StdinPipe()
	ts.Check(err)
	return cmd, in
}

// feed writes articles until the program reads no more, and does something after so many.
func feed(ts *testscript.TestScript, in io.WriteCloser, after string, do func()) {
	at, err := strconv.Atoi(after)
	ts.Check(err)
	w := bufio.NewWriterSize(in, 1)
	for n := 1; n < tooMany; n++ {
		if n == at {
			do()
		}
		if _, err := fmt.Fprintln(w, ferry(n)); err != nil {
			break
		}
	}
	in.Close()
}

func ferry(n int) string {
	return fmt.Sprintf("{\"padding\": %q, \"url\": \"https://ferry.example/%d\", \"title\": \"Ferry %d\", \"maintext\": \"The ferry number %d was late, captain Ann Berg said.\"}", padding, n, n, n)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
