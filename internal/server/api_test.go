package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The OpenAPI document describes what the server does: each of its paths is asked, and each answer
// held against the schema that it names.
func TestOpenAPI(t *testing.T) {
	s := open(t, dossier(t))
	var doc map[string]any
	if err := json.Unmarshal([]byte(fetch(t, s, "/api/v1/openapi.json")), &doc); err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	statement := firstID(t, s, "/api/v1/statements", "statement")
	values := map[string]string{
		"/api/v1/claims/{id}": testClaim, "/api/v1/claims/{id}/chain": testClaim, "/api/v1/speakers/{id}": speakerOf(t, s, "Anna Berg"),
		"/api/v1/documents/{id}": documentOf(t, s, "courier.txt"), "/api/v1/statements/{id}": statement, "/api/v1/readings/{id}": "1",
	}
	if w := ask(s, http.MethodPost, "/api/v1/readings", "text=Anna+Berg+said+that+it+rains."); w.Code != http.StatusAccepted {
		t.Fatalf("reading: %d %s", w.Code, w.Body)
	}
	s.jobs.work.Wait()
	for path, methods := range doc["paths"].(map[string]any) {
		for method := range methods.(map[string]any) {
			t.Run(method+" "+path, func(t *testing.T) {
				target, body, status := strings.ReplaceAll(path, "{id}", values[path]), "", "200"
				switch {
				case path == "/api/v1/quote":
					target += "?in=courier.txt&exact=" + url.QueryEscape("closed on Monday")
				case method == "post" && path == "/api/v1/judgements":
					body, status = `{"kind":"source","a":"Vellin Courier","b":"outlet","rule":"B"}`, "201"
				case method == "post" && strings.HasSuffix(path, "/undo"):
					n := judgeOnce(t, s)
					target, body, status = fmt.Sprintf("/api/v1/judgements/%d/undo", n), "{}", "201"
				case method == "post":
					return // answered above
				}
				w := askJSON(s, strings.ToUpper(method), target, body)
				if fmt.Sprint(w.Code) != status {
					t.Fatalf("%s: %d %s", target, w.Code, w.Body)
				}
				pointer := "openapi.json#/paths/" + strings.ReplaceAll(strings.ReplaceAll(path, "~", "~0"), "/", "~1") + "/" + method + "/responses/" + status + "/content/application~1json/schema"
				schema, err := compiler.Compile(strings.NewReplacer("{", "%7B", "}", "%7D").Replace(pointer))
				if err != nil {
					t.Fatal(err)
				}
				answer, err := jsonschema.UnmarshalJSON(bytes.NewReader(w.Body.Bytes()))
				if err != nil {
					t.Fatal(err)
				}
				if err := schema.Validate(answer); err != nil {
					t.Errorf("%s: %v\n%s", target, err, w.Body)
				}
			})
		}
	}
}

func askJSON(s http.Handler, method, target, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = "localhost"
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func judgeOnce(t *testing.T, s http.Handler) int {
	t.Helper()
	w := askJSON(s, http.MethodPost, "/api/v1/judgements", `{"kind":"source","a":"Marn Daily","b":"outlet","rule":"C"}`)
	var out struct{ N int }
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || out.N == 0 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	return out.N
}

func firstID(t *testing.T, s http.Handler, target, field string) string {
	t.Helper()
	var list struct{ Items []map[string]json.RawMessage }
	if err := json.Unmarshal([]byte(fetch(t, s, target)), &list); err != nil || len(list.Items) == 0 {
		t.Fatalf("%s: %v", target, err)
	}
	var x struct{ ID string }
	if err := json.Unmarshal(list.Items[0][field], &x); err != nil {
		t.Fatal(err)
	}
	return x.ID
}

// Following the next addresses gives every statement once.
func TestPaging(t *testing.T) {
	s := open(t, dossier(t))
	seen := map[string]bool{}
	for next := "/api/v1/statements?limit=2"; next != ""; {
		var list struct {
			Items []StatementOut
			Next  string
		}
		if err := json.Unmarshal([]byte(fetch(t, s, next)), &list); err != nil {
			t.Fatal(err)
		}
		for _, x := range list.Items {
			if seen[x.Statement.ID] {
				t.Fatalf("%s comes twice", x.Statement.ID)
			}
			if x.SpeakerName == "" || x.Document.Address == "" {
				t.Errorf("%s comes without its attribution", x.Statement.ID)
			}
			seen[x.Statement.ID] = true
		}
		next = list.Next
	}
	sum, err := s.st.Overview()
	if err != nil || len(seen) != sum.Statements {
		t.Errorf("%d statements on the pages, %d in the dossier, %v", len(seen), sum.Statements, err)
	}
}

func TestAPIErrors(t *testing.T) {
	s := open(t, dossier(t))
	for _, c := range []struct {
		method, target, body string
		want                 int
	}{
		{"GET", "/api/v1/claims/none", "", 404},
		{"GET", "/api/v1/documents/none", "", 404},
		{"GET", "/api/v1/claims?order=best", "", 422},
		{"GET", "/api/v1/claims?limit=1000000", "", 422},
		{"POST", "/api/v1/judgements", `{"kind":"name","a":"x"`, 400},
		{"POST", "/api/v1/judgements", `{"kind":"name","a":"x","b":"y","rule":"same"}`, 400},
		{"POST", "/api/v1/judgements/99/undo", "{}", 404},
		{"POST", "/api/v1/readings", "", 400},
	} {
		if w := askJSON(s, c.method, c.target, c.body); w.Code != c.want {
			t.Errorf("%s %s: %d, want %d: %s", c.method, c.target, w.Code, c.want, w.Body)
		}
	}
}
