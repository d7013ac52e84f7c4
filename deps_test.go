package hearsay_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// mayImport says which packages of Hearsay each package may import; tests are free. Stages import the
// vocabulary, data and the small shared libraries, never one another.
var mayImport = map[string]string{
	// the vocabulary and what is not code
	"hearsay":      "",
	"hearsay/data": "",

	// small libraries that stages share
	"internal/dates":    "",
	"internal/linear":   "",
	"internal/romanize": "",
	"internal/marked":   "hearsay",
	"internal/phrase":   "hearsay data",
	"internal/bodies":   "data internal/romanize",
	"internal/lexicon":  "hearsay data internal/marked",

	// stages, per document
	"internal/ingest":     "internal/dates",
	"internal/clean":      "hearsay data " + shared,
	"internal/language":   "hearsay data " + shared,
	"internal/segment":    "hearsay data " + shared,
	"internal/syntax":     "hearsay data " + shared,
	"internal/translated": "hearsay data " + shared,
	"internal/quote":      "hearsay data " + shared,
	"internal/mention":    "hearsay data " + shared,
	"internal/attribute":  "hearsay data " + shared,
	"internal/certainty":  "hearsay data " + shared,
	"internal/measure":    "hearsay data " + shared,

	// stages, across documents
	"internal/resolve/depends":      "hearsay data " + shared,
	"internal/resolve/names":        "hearsay data " + shared,
	"internal/resolve/copies":       "hearsay data internal/resolve/depends " + shared,
	"internal/resolve/translations": "hearsay data internal/resolve/depends " + shared,
	"internal/resolve/aligned":      "hearsay internal/resolve/names internal/romanize",
	"internal/resolve/claims":       "hearsay data internal/resolve/depends " + shared,

	// around
	"internal/format":         "hearsay",
	"internal/format/conform": "internal/format",
	"internal/store":          "hearsay internal/format",
	"internal/eval":           "hearsay internal/format",
	"internal/server":         "hearsay internal/format internal/store internal/ingest internal/romanize pipeline",
	"pipeline":                "*",
	"cmd/hearsay":             "*",
	"internal/crowd":          "hearsay internal/romanize",
	"training/names":          "*",
	"training/crowd":          "*",
}

const shared = "internal/dates internal/linear internal/lexicon internal/romanize internal/phrase internal/marked internal/bodies"

// onlyIn says in which packages some of the outer world may be touched. Others must not import it.
var onlyIn = map[string]string{
	"net/http":           "internal/ingest internal/server cmd/hearsay",
	"net":                "internal/ingest internal/server cmd/hearsay",
	"database/sql":       "internal/store",
	"modernc.org/sqlite": "internal/store",
	"os/exec":            "cmd/hearsay", // opens the browser when asked to
	"math/rand":          "internal/syntax internal/attribute internal/language internal/linear internal/segment",
	"math/rand/v2":       "internal/syntax internal/attribute internal/language internal/linear internal/segment",
	"flag":               "training/names training/crowd",
	"C":                  "",

	"github.com/spf13/cobra": "cmd/hearsay",
}

// Who imports what stays as the tables say.
func TestImports(t *testing.T) {
	for dir, files := range sources(t) {
		name := packageName(dir)
		allowed, known := mayImport[name]
		if !known {
			t.Errorf("package %s is not in the table of who may import whom (deps_test.go)", name)
			continue
		}
		for path, file := range files {
			for _, spec := range file.Imports {
				imported, _ := strconv.Unquote(spec.Path.Value)
				if why := forbidden(name, allowed, imported); why != "" {
					t.Errorf("%s imports %s: %s", path, imported, why)
				}
			}
		}
	}
}

func forbidden(name, allowed, imported string) string {
	if where, limited := onlyIn[imported]; limited && !slices.Contains(strings.Fields(where), name) {
		if where == "" {
			return "nobody does"
		}
		return "only " + where + " may"
	}
	inner := strings.TrimPrefix(imported, "hearsay/")
	if inner == imported && imported != "hearsay" {
		return ""
	}
	if allowed != "*" && !slices.Contains(strings.Fields(allowed), inner) {
		return name + " may import only: " + allowed
	}
	return ""
}

// The environment is read by the command alone.
func TestEnvironment(t *testing.T) {
	for dir, files := range sources(t) {
		if dir == filepath.Join("cmd", "hearsay") {
			continue
		}
		for path, file := range files {
			ast.Inspect(file, func(n ast.Node) bool {
				sel, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				if pkg, ok := sel.X.(*ast.Ident); ok && pkg.Name == "os" && slices.Contains([]string{"Getenv", "LookupEnv", "Environ", "Args"}, sel.Sel.Name) {
					t.Errorf("%s uses os.%s", path, sel.Sel.Name)
				}
				return true
			})
		}
	}
}

func packageName(dir string) string {
	switch dir {
	case ".":
		return "hearsay"
	case "data":
		return "hearsay/data"
	}
	return filepath.ToSlash(dir)
}

// sources parses all files of the module but the tests, by folder and path.
func sources(t *testing.T) map[string]map[string]*ast.File {
	t.Helper()
	out := map[string]map[string]*ast.File{}
	fset := token.NewFileSet()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir := filepath.Dir(path)
		if out[dir] == nil {
			out[dir] = map[string]*ast.File{}
		}
		out[dir][path] = file
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
