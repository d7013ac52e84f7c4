package linear

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
)

// animals is a toy problem: the class follows from the features but for one that is noise.
var animals = []struct {
	features []string
	class    int
}{
	{[]string{"barks", "fur", "noon"}, 0},
	{[]string{"purrs", "fur", "noon"}, 1},
	{[]string{"sings", "feathers", "noon"}, 2},
	{[]string{"barks", "fur", "night"}, 0},
	{[]string{"purrs", "fur", "night"}, 1},
	{[]string{"sings", "feathers", "night"}, 2},
	{[]string{"quacks", "feathers", "noon"}, 3},
	{[]string{"swims", "scales", "noon"}, 4},
}

func hashed(names []string) []uint32 {
	var out []uint32
	for i, n := range names {
		out = append(out, Feature(i, Hash(n)))
	}
	return out
}

func best(scores []int32) int {
	b := 0
	for c, s := range scores {
		if s > scores[b] {
			b = c
		}
	}
	return b
}

func trained(classes int) *Trainer {
	t := NewTrainer(classes, 1)
	for range 20 {
		for _, a := range animals {
			if a.class >= classes {
				continue
			}
			scores := make([]int32, classes)
			t.Add(hashed(a.features), scores)
			t.Learn(hashed(a.features), a.class, best(scores))
		}
	}
	return t
}

func TestTableAgreesWithTrainer(t *testing.T) {
	for _, classes := range []int{3, 4, 5} { // dense and listed rows
		model := trained(classes)
		decoded, err := DecodeTable(model.Table(0).Encode())
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range animals {
			if a.class >= classes {
				continue
			}
			scores := make([]int32, classes)
			decoded.Add(hashed(a.features), scores)
			if got := best(scores); got != a.class {
				t.Errorf("%d classes, %v: class %d, want %d", classes, a.features, got, a.class)
			}
			for c, want := range scores {
				if got := decoded.Score(hashed(a.features), c); got != want {
					t.Errorf("Score(%v, %d) = %d, Add says %d", a.features, c, got, want)
				}
			}
		}
	}
}

func TestCompandingNeverClips(t *testing.T) {
	if q := compand(1000, 1000); q != 127 {
		t.Errorf("the largest weight is %d, want 127", q)
	}
	if q := compand(-1000, 1000); q != -127 {
		t.Errorf("the smallest weight is %d, want -127", q)
	}
	// A weight of a thousandth of the largest keeps a value.
	if q := compand(1, 1000); q == 0 {
		t.Error("a small weight was lost")
	}
}

func TestFeaturesUpdatedOnceDoNotCount(t *testing.T) {
	model := NewTrainer(2, 2)
	f := []uint32{Feature(0, Hash("once"))}
	model.Update(f, 1, 5)
	scores := make([]int32, 2)
	model.Add(f, scores)
	if scores[1] != 0 {
		t.Errorf("score %d after one update, want 0", scores[1])
	}
	model.Update(f, 1, 5)
	model.Add(f, scores)
	if scores[1] != 10 {
		t.Errorf("score %d after two updates, want 10", scores[1])
	}
}

func TestFileRoundTrip(t *testing.T) {
	f := &File{}
	f.Set("about", []byte("{}"))
	f.Set("table", trained(5).Table(0).Encode())
	var one, two bytes.Buffer
	if err := Write(&one, f); err != nil {
		t.Fatal(err)
	}
	if err := Write(&two, f); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("the same sections gave different bytes")
	}
	back, err := Read(one.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if string(back.Section("about")) != "{}" {
		t.Errorf("about = %q", back.Section("about"))
	}
	if _, err := back.Table("table"); err != nil {
		t.Error(err)
	}
	damaged := bytes.Clone(one.Bytes())
	damaged[len(fileMagic)+3] ^= 1
	if _, err := Read(damaged); err == nil || !strings.Contains(err.Error(), "checksum") {
		t.Errorf("a damaged checksum gives %v", err)
	}
}

func FuzzRead(f *testing.F) {
	var buf bytes.Buffer
	file := &File{}
	file.Set("table", trained(5).Table(0).Encode())
	if err := Write(&buf, file); err != nil {
		f.Fatal(err)
	}
	f.Add(buf.Bytes())
	f.Fuzz(func(_ *testing.T, data []byte) { _, _ = Read(data) })
}

func FuzzDecodeTable(f *testing.F) {
	f.Add(trained(3).Table(0).Encode())
	f.Add(trained(5).Table(0).Encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		table, err := DecodeTable(data)
		if err == nil && table.Classes() > 0 {
			table.Add([]uint32{1, 2, 3}, make([]int32, table.Classes()))
		}
	})
}

func BenchmarkAdd(b *testing.B) {
	table := trained(5).Table(0)
	features := hashed([]string{"barks", "fur", "noon", "tail", "ears"})
	scores := make([]int32, 5)
	for b.Loop() {
		table.Add(features, scores)
	}
}

func TestIndexRoundTrip(t *testing.T) {
	want := map[uint32]uint32{0: 7, 1: 0, 5: 3, 1 << 31: 9, 1<<32 - 1: 2, 1<<32 - 2: 1}
	x := NewIndex(want)
	d := NewDecoder(x.Append(nil))
	back := d.Index(10)
	if d.Failed() || back.Len() != len(want) {
		t.Fatalf("%d keys, failed %v", back.Len(), d.Failed())
	}
	for k, v := range want {
		if got, ok := back.Get(k); !ok || got != v {
			t.Errorf("Get(%d) = %d, %v, want %d", k, got, ok, v)
		}
	}
	if _, ok := back.Get(77); ok {
		t.Error("a key that was never put is there")
	}
}

// A mix of the same training twice is that training.
func TestMixOfEqualsIsTheSame(t *testing.T) {
	one := trained(5)
	mixed, table := Mix([]*Trainer{one, one.Clone()}, 1000), one.Table(0)
	for _, a := range animals {
		want, got := make([]int32, 5), make([]int32, 5)
		table.Add(hashed(a.features), want)
		mixed.Add(hashed(a.features), got)
		if !slices.Equal(got, want) {
			t.Errorf("%v: mix scores %v, want %v", a.features, got, want)
		}
	}
	if got, want := mixed.Unit(), table.Unit(); got != want {
		t.Errorf("unit %g, want %g", got, want)
	}
}

// "noon" and "night" say nothing of the animal: they are the first to be left out.
func TestMixKeepsTheWeightiest(t *testing.T) {
	full := Mix([]*Trainer{trained(5)}, 1000)
	small := Mix([]*Trainer{trained(5)}, 5)
	if full.Rows() <= 5 || small.Rows() > 5+2 { // two of equal weight may stand at the threshold
		t.Errorf("%d rows of %d, want about 5", small.Rows(), full.Rows())
	}
}

// Keys that crowd at the end of the table go on behind it; those that are not there are not found.
func TestCrowdedKeys(t *testing.T) {
	keys := map[uint32]bool{}
	for i := range uint32(40) {
		keys[3*i+1], keys[^uint32(0)-5*i] = true, true
	}
	b := newBuilder(1, len(keys))
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		b.row(key, []cell{{0, 1}})
	}
	for i := range uint32(300) {
		for _, key := range []uint32{i + 1, ^uint32(0) - i, i << 24} {
			if _, ok := b.lookup(key); ok != keys[key] {
				t.Errorf("key %d: found %t, put in %t", key, ok, keys[key])
			}
		}
	}
}
