package linear

import "encoding/binary"

// reader takes values off a byte slice; once it failed, it gives zeros.
type reader struct {
	data   []byte
	failed bool
}

func (r *reader) uvarint() uint64 {
	x, n := binary.Uvarint(r.data)
	if n <= 0 {
		r.failed, r.data = true, nil
		return 0
	}
	r.data = r.data[n:]
	return x
}

func (r *reader) uint64() uint64 {
	if len(r.data) < 8 {
		r.failed, r.data = true, nil
		return 0
	}
	x := binary.LittleEndian.Uint64(r.data)
	r.data = r.data[8:]
	return x
}

func (r *reader) stream() []byte {
	n := r.uvarint()
	if n > uint64(len(r.data)) {
		r.failed, r.data = true, nil
		return nil
	}
	s := r.data[:n:n]
	r.data = r.data[n:]
	return s
}

func (r *reader) string() string { return string(r.stream()) }

// AppendString appends a string with its length before it.
func AppendString(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// AppendStrings appends a list of strings with its length before it.
func AppendStrings(b []byte, list []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = AppendString(b, s)
	}
	return b
}

// Decoder reads what AppendString, AppendStrings and binary.AppendUvarint wrote. After an
// error it returns zero values; ask Failed at the end.
type Decoder struct{ r reader }

// NewDecoder reads from data.
func NewDecoder(data []byte) *Decoder { return &Decoder{reader{data: data}} }

// Uint reads an unsigned number.
func (d *Decoder) Uint() uint64 { return d.r.uvarint() }

// Int reads an unsigned number as an int, 0 where it is out of range for a length.
func (d *Decoder) Int() int {
	x := d.r.uvarint()
	if x > 1<<31 {
		d.r.failed = true
		return 0
	}
	return int(x)
}

// String reads a string.
func (d *Decoder) String() string { return d.r.string() }

// Strings reads a list of strings.
func (d *Decoder) Strings() []string {
	n := d.Int()
	if n > len(d.r.data) {
		d.r.failed = true
		return nil
	}
	list := make([]string, n)
	for i := range list {
		list[i] = d.String()
	}
	return list
}

// More says that there is something left to read.
func (d *Decoder) More() bool { return len(d.r.data) > 0 }

// Failed says that something could not be read.
func (d *Decoder) Failed() bool { return d.r.failed }
