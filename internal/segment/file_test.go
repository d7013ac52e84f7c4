package segment

import "hearsay/internal/linear"

func fileOf(sections []linear.Section) *linear.File {
	f := &linear.File{}
	for _, s := range sections {
		f.Set(s.Name, s.Data)
	}
	return f
}
