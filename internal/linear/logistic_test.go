package linear

import (
	"bytes"
	"testing"
)

// A word that is a name in nine cases of ten gets a probability near nine tenths.
func TestLogisticGivesProbabilities(t *testing.T) {
	var examples []Example
	for i := range 1000 {
		examples = append(examples, Example{Features: []uint32{7, Feature(1, uint64(i%3))}, Yes: i%10 != 0})
		examples = append(examples, Example{Features: []uint32{9, Feature(1, uint64(i%3))}, Yes: i%5 == 0})
	}
	table := TrainLogistic(examples, LogisticOptions{})
	for _, c := range []struct {
		feature uint32
		want    float64
	}{{7, 0.9}, {9, 0.2}} {
		if p := table.Probability([]uint32{c.feature, Feature(1, 0)}); abs(p-c.want) > 0.05 {
			t.Errorf("probability %.2f, want about %.2f", p, c.want)
		}
	}
	if again := TrainLogistic(examples, LogisticOptions{}); !bytes.Equal(again.Encode(), table.Encode()) {
		t.Error("the same examples gave another table")
	}
}
