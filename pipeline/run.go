package pipeline

import (
	"hearsay/internal/format"
	"hearsay/internal/language"
)

// Run describes this program and the models that it carries.
func Run(version string) format.Run {
	return format.Run{Format: format.Version, Program: "hearsay", Version: version, Languages: language.Supported(), Models: []format.Model{}}
}
