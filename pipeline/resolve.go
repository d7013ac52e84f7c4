package pipeline

import (
	"context"
	"time"

	"hearsay/internal/format"
	"hearsay/internal/store"
)

func Resolve(ctx context.Context, st *store.Store, step func(took time.Duration)) error { return nil }

func FindActors(st *store.Store, name string, n int) ([]*format.Actor, error) { return nil, nil }
