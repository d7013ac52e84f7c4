package server

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// chrome is the one browser of all tests; each has a tab of its own.
var chrome struct {
	once sync.Once
	ctx  context.Context
	stop func()
	why  string // why there is none
}

// browser opens a tab of a headless Chromium, or skips the test where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests are left out with -short")
	}
	chrome.once.Do(startChrome)
	if chrome.why != "" {
		t.Skip(chrome.why)
	}
	ctx, shut := chromedp.NewContext(chrome.ctx)
	t.Cleanup(shut)
	return ctx
}

func startChrome() {
	binary := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			binary = path
			break
		}
	}
	if binary == "" {
		chrome.why = "no Chromium: install the package chromium to run the browser tests"
		return
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(binary), chromedp.Flag("headless", true), chromedp.Flag("disable-gpu", true), chromedp.Flag("hide-scrollbars", true)}
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, shut := chromedp.NewContext(ctx)
	chrome.ctx, chrome.stop = ctx, func() { shut(); stop() }
	if err := chromedp.Do(ctx); err != nil {
		chrome.why = "Chromium does not start: " + err.Error()
	}
}

// visit serves a dossier to the browser and returns the address of its front page.
func visit(t *testing.T, s *Server) string {
	t.Helper()
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	return web.URL
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

func eval[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return v
}

// until waits for a condition on the page, over navigations.
func until(t *testing.T, ctx context.Context, condition string) {
	t.Helper()
	for range 200 {
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](condition))
		if err == nil && ok {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("this did not come true: %s", condition)
}

func scheme(ctx context.Context, value string) error {
	return chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: value}}})
		return err
	}))
}

const findings = `axe.run(document, {runOnly: %s}).then(r =>
	r.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.target + " " + (n.any[0] ? n.any[0].message : n.failureSummary)).join(" | ")))`

// axe-core finds nothing on any page in light and dark, no page is wider than a phone, and none
// reports an error on its console.
func TestAccessibility(t *testing.T) {
	ctx := browser(t)
	s := open(t, dossier(t))
	web := visit(t, s)
	axe, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	shots := os.Getenv("HEARSAY_SHOTS")
	for _, page := range append(everyPage(t, s), "/nowhere") {
		do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(web+page))
		do(t, ctx, chromedp.Evaluate[chromedp.Void]("document.querySelectorAll('details').forEach(d => d.open = true);"+string(axe)))
		for theme, rules := range map[string]string{"light": `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]`, "dark": `["color-contrast"]`} {
			if err := scheme(ctx, theme); err != nil {
				t.Fatal(err)
			}
			for _, found := range eval[[]string](t, ctx, fmt.Sprintf(findings, rules)) {
				t.Errorf("%s, %s: %s", page, theme, found)
			}
			shoot(t, ctx, shots, page, theme, 1280)
		}
		do(t, ctx, chromedp.EmulateViewport(390, 800))
		if wide := eval[int](t, ctx, "document.documentElement.scrollWidth"); wide > 390 {
			t.Errorf("%s is %d pixels wide on a phone: %v", page, wide, eval[[]string](t, ctx, `[...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > 391 && !e.closest(".scroll")).slice(0, 3).map(e => e.outerHTML.slice(0, 120))`))
		}
		shoot(t, ctx, shots, page, "dark", 390)
	}
}

// shoot keeps a picture of a page where the environment names a folder for them.
func shoot(t *testing.T, ctx context.Context, dir, page, theme string, width int) {
	if dir == "" {
		return
	}
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	name := strings.NewReplacer("/", "_", "?", "_", "=", "_", "&", "_").Replace(strings.Trim(page, "/"))
	if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("front_%s-%s-%d.png", name, theme, width)), png, 0o600); err != nil {
		t.Fatal(err)
	}
}

// The tab key alone reaches every link, button and field of a page, and shows where it is.
func TestKeyboard(t *testing.T) {
	ctx := browser(t)
	s := open(t, dossier(t))
	web := visit(t, s)
	do(t, ctx, chromedp.EmulateViewport(1280, 900))
	for _, page := range []string{"/", "/claims/" + testClaim, "/speakers/" + speakerOf(t, s, "Anna Berg"), "/documents/" + documentOf(t, s, "courier.txt")} {
		do(t, ctx, chromedp.Navigate(web+page))
		want := eval[int](t, ctx, `(() => { window.reached = new Set(); const can = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
			.filter(e => e.tabIndex >= 0 && e.checkVisibility({visibilityProperty: true}) && !e.closest("details:not([open]) > :not(summary)")); window.can = can; return can.length })()`)
		do(t, ctx, chromedp.Evaluate[chromedp.Void](`addEventListener("focusin", e => reached.add(e.target)); undefined`))
		for range 3 * want {
			do(t, ctx, chromedp.KeyEvent("\t"))
			if eval[bool](t, ctx, `can.every(e => !e.isConnected || reached.has(e))`) {
				break
			}
		}
		if missed := eval[[]string](t, ctx, `can.filter(e => e.isConnected && !reached.has(e)).map(e => e.outerHTML.slice(0, 100))`); len(missed) > 0 {
			t.Errorf("%s: the keyboard does not reach %v", page, missed)
		}
	}
}

// Hovering over a statement, or reaching it with the keyboard, shows who said it; copying takes the
// attribution along; Escape closes the card.
func TestStatementCard(t *testing.T) {
	ctx := browser(t)
	s := open(t, dossier(t))
	web := visit(t, s)
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(web+"/documents/"+documentOf(t, s, "courier.txt")))
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector(".block .content").dispatchEvent(new MouseEvent("mouseover", {bubbles: true})); undefined`))
	until(t, ctx, `!!document.querySelector(".card .speaker")`)
	if card := eval[string](t, ctx, `document.querySelector(".card").textContent`); !strings.Contains(card, "Berg") || !strings.Contains(card, "as certain") {
		t.Errorf("the card says %q", card)
	}
	do(t, ctx, chromedp.KeyEvent("\x1b"))
	until(t, ctx, `!document.querySelector(".card")`)
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector(".block sup a").focus(); undefined`))
	until(t, ctx, `!!document.querySelector(".card .speaker")`)
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector(".margin .copy").click(); undefined`))
	until(t, ctx, `!!document.querySelector(".margin .copy").dataset.copied`)
	copied := eval[string](t, ctx, `document.querySelector(".margin .copy").dataset.copied`)
	for _, want := range []string{"the harbour of Vellin was closed on Monday", "Anna Berg", "Vellin Courier", "2 May 2031", "courier.txt", web + "/quote?"} {
		if !strings.Contains(copied, want) {
			t.Errorf("what is copied lacks %q: %s", want, copied)
		}
	}
	do(t, ctx, chromedp.Navigate(copied[strings.LastIndex(copied, "\n")+1:]))
	if marked := eval[string](t, ctx, `document.querySelector("mark").textContent`); !strings.Contains(marked, "the harbour of Vellin was closed on Monday") {
		t.Errorf("the link that was copied marks %q", marked)
	}
}

// Drawing across the timeline leads to what was published then.
func TestBrush(t *testing.T) {
	ctx := browser(t)
	s := open(t, dossier(t))
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(visit(t, s)+"/documents"))
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`(() => { const svg = document.querySelector("svg.timeline"), r = svg.getBoundingClientRect();
		const send = (type, part) => svg.dispatchEvent(new PointerEvent(type, {bubbles: true, button: 0, pointerId: 1, clientX: r.left + r.width * part, clientY: r.top + 5}));
		svg.setPointerCapture = () => {}; send("pointerdown", 0.02); send("pointermove", 0.2); send("pointerup", 0.3); })()`))
	until(t, ctx, `location.search.includes("from=2031-05-02") && location.search.includes("to=2031-05-03")`)
	until(t, ctx, `document.readyState === "complete"`)
	if rows := eval[int](t, ctx, `document.querySelectorAll("table.rows tbody tr").length`); rows != 3 {
		t.Errorf("%d documents between the days, want 3", rows)
	}
}

// press clicks an element as soon as it is there; lists that fill while a page loads may lack it at first.
func press(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	until(t, ctx, fmt.Sprintf("(() => { const e = document.querySelector(%q); if (e) e.click(); return !!e; })()", selector))
}

// A judgement is made and undone with a mouse, and a text is read from the page.
func TestJudgeAndReadInBrowser(t *testing.T) {
	ctx := browser(t)
	s := open(t, dossier(t))
	web := visit(t, s)
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(web+"/claims/"+testClaim))
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`(() => { const f = [...document.querySelectorAll(".forms form")][0]; f.rule.value = "3"; f.author.value = "Night desk"; f.querySelector("button").click(); })()`))
	until(t, ctx, `document.readyState === "complete" && [...document.querySelectorAll(".judged")].some(e => e.textContent.includes("information graded 3") && e.textContent.includes("Night desk"))`)
	do(t, ctx, chromedp.Navigate(web+"/judgements"))
	press(t, ctx, "form[action$='/undo'] button")
	until(t, ctx, `!!document.querySelector("tr.undone")`)

	do(t, ctx, chromedp.Navigate(web+"/read"))
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`(() => { const data = new DataTransfer();
		data.items.add(new File(["Ferry\n\nAnna Berg said on Friday that the ferry to Marn would sail again.\n"], "ferry.txt", {type: "text/plain"}));
		document.getElementById("drop").dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: data}));
		document.querySelector(".intake button").click(); })()`))
	until(t, ctx, `document.querySelector("#state")?.textContent === "Done" && document.querySelectorAll("#found li").length === 1`)
	press(t, ctx, "#found a")
	until(t, ctx, `document.querySelector(".text")?.textContent.includes("ferry to Marn") === true`)
}

// Article text cannot run: nothing that the hostile article tries changes its page or loads anything.
func TestHostileArticle(t *testing.T) {
	ctx := browser(t)
	s := open(t, dossier(t))
	web := visit(t, s)
	do(t, ctx, chromedp.EmulateViewport(390, 800))
	for _, page := range []string{"/documents/" + documentOf(t, s, articles[4].path), "/search?q=" + base64.StdEncoding.EncodeToString([]byte("x")) + "&outlet=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "/documents"} {
		do(t, ctx, chromedp.Navigate(web+page))
		if n := eval[int](t, ctx, `document.querySelectorAll("script:not([src]), img, main style, b[onclick]").length`); n != 0 {
			t.Errorf("%s: %d elements came out of the text", page, n)
		}
		if out := eval[[]string](t, ctx, `performance.getEntriesByType("resource").map(e => e.name).filter(n => !n.startsWith(location.origin))`); len(out) > 0 {
			t.Errorf("%s loads %v", page, out)
		}
	}
}
