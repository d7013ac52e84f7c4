//go:build unix

package store

import (
	"os"
	"syscall"
)

// fileLock is an advisory lock that ends with the process, however it ends.
type fileLock struct{ f *os.File }

func lockFile(path string) (*fileLock, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		if err == syscall.EWOULDBLOCK {
			return nil, errHeld
		}
		return nil, err
	}
	return &fileLock{f}, nil
}

func (l *fileLock) release() {
	os.Remove(l.f.Name())
	l.f.Close()
}
