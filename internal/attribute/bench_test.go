package attribute_test

import (
	"strings"
	"testing"
)

const column = `Anna Berg, the harbour master, said on Monday that two ferries would stay in port. “We have no crew,”
she told the Morning Post. “And we have no fuel.” According to the union, nobody had been paid since May, a claim that the
owners denied. The minister had earlier promised to send money, but his office declined to say when it would come.`

// Words a second on text that the stages before have read, one core.
func BenchmarkRun(b *testing.B) {
	r := newReader(b, "en")
	a := r.prepare(strings.Repeat(strings.ReplaceAll(column, "\n", " ")+"\n\n", 20))
	words := 0
	for b.Loop() {
		r.stage.Run(a)
		words += len(a.Tokens)
	}
	b.ReportMetric(float64(words)/b.Elapsed().Seconds(), "words/s")
}
