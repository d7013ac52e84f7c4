package ingest

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// formats maps the endings of file names to how the file is read.
var formats = map[string]string{
	".txt": KindText, ".text": KindText,
	".md": KindText, ".markdown": KindText,
	".html": KindHTML, ".htm": KindHTML, ".xhtml": KindHTML,
	".jsonl": formatLines, ".ndjson": formatLines,
	".json": formatJSON,
	".xml":  formatFeed, ".rss": formatFeed, ".atom": formatFeed, ".rdf": formatFeed,
	".warc": formatWARC,
}

// What a file can be besides a single document.
const (
	formatLines = "lines"
	formatJSON  = "json"
	formatFeed  = "feed"
	formatWARC  = "warc"
)

const readable = ".txt .md .html .htm .json .jsonl .xml .rss .atom .warc, each also as .gz or .zst"

// formatOf tells the format from the name, looking through ".gz" and ".zst"; empty where the name says
// nothing.
func formatOf(name string) string {
	name = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(name), ".gz"), ".zst")
	return formats[path.Ext(name)]
}

// path reads a file or folder named by the user.
func (w *walker) path(arg string) error {
	name := clean(arg)
	info, err := os.Stat(arg)
	if err != nil {
		w.pass(name, failure(err))
		return nil
	}
	if !info.IsDir() {
		return w.file(arg, name, info, true)
	}
	f := &folder{w: w, seen: map[string]bool{}}
	if err := f.read(arg, name); err != nil {
		return err
	}
	if f.files == 0 {
		w.pass(name, "no articles in this folder (Hearsay reads "+readable+")")
	}
	return nil
}

// clean is the form in which a path is reported: cleaned, with slashes.
func clean(name string) string { return filepath.ToSlash(filepath.Clean(name)) }

type folder struct {
	w     *walker
	seen  map[string]bool // real paths of folders, so that links cannot lead in circles
	files int             // that were offered to a reader
}

func (f *folder) read(dir, name string) error {
	real, err := filepath.EvalSymlinks(dir)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	if err != nil {
		f.w.pass(name, failure(err))
		return nil
	}
	if f.seen[real] {
		f.w.pass(name, "a link to a folder that was read already; nothing to do")
		return nil
	}
	f.seen[real] = true
	entries, err := os.ReadDir(dir) // sorted by name
	if err != nil {
		f.w.pass(name, failure(err))
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if err := f.entry(filepath.Join(dir, e.Name()), path.Join(name, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

func (f *folder) entry(file, name string) error {
	if err := f.w.ctx.Err(); err != nil {
		return err
	}
	info, err := os.Stat(file)
	if err != nil {
		f.w.pass(name, failure(err))
		return nil
	}
	if info.IsDir() {
		return f.read(file, name)
	}
	if !info.Mode().IsRegular() {
		f.w.pass(name, "not a file but a device, socket or pipe; name it on the command line to read it")
		return nil
	}
	if formatOf(name) != "" {
		f.files++
	}
	return f.w.file(file, name, info, false)
}

// file opens one file. named says that the user named it, not a folder around it.
func (w *walker) file(file, name string, info fs.FileInfo, named bool) error {
	if info.Mode().IsRegular() && info.Size() == 0 {
		w.pass(name, "the file is empty")
		return nil
	}
	in, err := os.Open(file)
	if err != nil {
		w.pass(name, failure(err))
		return nil
	}
	defer in.Close()
	start := w.done
	src := &source{path: name, name: name, in: w.count(in), named: named}
	if info.Mode().IsRegular() {
		src.size = info.Size()
	}
	err = w.stream(src)
	if src.size > 0 { // also what was not looked at is dealt with
		w.done = start + src.size
	}
	return err
}

// failure words an error of the file system for a reader.
func failure(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "no such file or folder; check the spelling"
	case errors.Is(err, fs.ErrPermission):
		return "no permission to read it; change its permissions or run as its owner"
	}
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return "cannot be read: " + pathError.Err.Error()
	}
	return "cannot be read: " + err.Error()
}

// Estimate is what Count expects a Walk to meet.
type Estimate struct {
	Files     int   // files and addresses
	Documents int   // exact for single documents, from the size for archives, streams and feeds
	Bytes     int64 // as stored; see Raw.Done
}

// typicalBytes is roughly how large one document is in each kind of container, as stored. It only
// steers a progress bar.
var typicalBytes = map[string]int64{formatLines: 5_000, formatJSON: 5_000, formatFeed: 2_000, formatWARC: 30_000}

// Count looks at names and sizes only; it opens no file, so it is a bound on nothing. Standard
// input and addresses count as one document of unknown size.
func Count(args []string) Estimate {
	var e Estimate
	for _, arg := range args {
		if arg == "-" || IsURL(arg) {
			e.Files++
			e.Documents++
			continue
		}
		if real, err := filepath.EvalSymlinks(arg); err == nil {
			arg = real
		}
		// WalkDir follows no links below arg: a linked folder is missing, never endless.
		filepath.WalkDir(arg, func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil
			}
			if p != arg && strings.HasPrefix(d.Name(), ".") {
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			e.add(p, d)
			return nil
		})
	}
	return e
}

func (e *Estimate) add(p string, d fs.DirEntry) {
	if d.IsDir() {
		return
	}
	info, err := os.Stat(p)
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	e.Files++
	e.Bytes += info.Size()
	if size, many := typicalBytes[formatOf(p)]; many {
		e.Documents += max(1, int(info.Size()/size))
		return
	}
	e.Documents++
}
