package format

import _ "embed"

// Schema is the JSON Schema (draft 2020-12) of one line of the record stream.
//
//go:embed records.schema.json
var Schema []byte
