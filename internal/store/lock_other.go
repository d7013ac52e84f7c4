//go:build !unix

package store

import "os"

// fileLock is a file that one process at a time can hold open for itself.
type fileLock struct{ f *os.File }

func lockFile(path string) (*fileLock, error) {
	os.Remove(path) // left over from a process that was killed; fails while another holds it open
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o644)
	if os.IsExist(err) {
		return nil, errHeld
	}
	if err != nil {
		return nil, err
	}
	return &fileLock{f}, nil
}

func (l *fileLock) release() {
	l.f.Close()
	os.Remove(l.f.Name())
}
