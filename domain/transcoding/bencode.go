package transcoding

import (
	"bytes"
	"strconv"

	"vidilog/domain/kernel"
)

// bencodeReader reads BitTorrent's encoding (BEP 3): texts, whole numbers, lists and dictionaries.
type bencodeReader struct{ rest []byte }

// deepest bounds how far lists may be nested: torrents need four.
const deepest = 16

var errBencode = kernel.Invalid("torrent", "is not bencoded")

func (r *bencodeReader) value(depth int) (any, error) {
	if len(r.rest) == 0 || depth > deepest {
		return nil, errBencode
	}
	switch r.rest[0] {
	case 'i':
		r.rest = r.rest[1:]
		return r.number('e')
	case 'l':
		return r.list(depth)
	case 'd':
		return r.dictionary(depth)
	}
	return r.text()
}

func (r *bencodeReader) number(end byte) (int64, error) {
	i := bytes.IndexByte(r.rest, end)
	if i < 0 {
		return 0, errBencode
	}
	n, err := strconv.ParseInt(string(r.rest[:i]), 10, 64)
	if err != nil {
		return 0, errBencode
	}
	r.rest = r.rest[i+1:]
	return n, nil
}

func (r *bencodeReader) text() (string, error) {
	n, err := r.number(':')
	if err != nil || n < 0 || n > int64(len(r.rest)) {
		return "", errBencode
	}
	text := string(r.rest[:n])
	r.rest = r.rest[n:]
	return text, nil
}

func (r *bencodeReader) list(depth int) ([]any, error) {
	r.rest = r.rest[1:]
	list := []any{}
	for len(r.rest) > 0 && r.rest[0] != 'e' {
		v, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, r.close()
}

func (r *bencodeReader) dictionary(depth int) (map[string]any, error) {
	r.rest = r.rest[1:]
	dictionary := map[string]any{}
	for len(r.rest) > 0 && r.rest[0] != 'e' {
		key, err := r.text()
		if err != nil {
			return nil, err
		}
		if dictionary[key], err = r.value(depth + 1); err != nil {
			return nil, err
		}
	}
	return dictionary, r.close()
}

func (r *bencodeReader) close() error {
	if len(r.rest) == 0 {
		return errBencode
	}
	r.rest = r.rest[1:]
	return nil
}
