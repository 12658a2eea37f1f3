package codec

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Canonical rewrites JSON into the one form that equal values share, after RFC 8785: members sorted by name, no white
// space, only the escapes that JSON demands, numbers in their shortest form. It differs from the RFC in two points: names
// sort by their UTF-8 bytes, and integers keep all their digits beyond 2^53, because Go events hold int64.
func Canonical(src []byte) ([]byte, error) {
	if !json.Valid(src) {
		return nil, fmt.Errorf("canonical form: %d bytes are not valid JSON", len(src))
	}
	c := canonicaliser{src: src, out: make([]byte, 0, len(src))}
	if err := c.value(); err != nil {
		return nil, err
	}
	return c.out, nil
}

// canonicaliser walks JSON that is known to be valid.
type canonicaliser struct {
	src []byte
	at  int
	out []byte
}

type member struct {
	name       string
	start, end int // the value, in canonical form, within out
}

func (c *canonicaliser) value() error {
	c.space()
	switch c.src[c.at] {
	case '{':
		return c.object()
	case '[':
		return c.array()
	case '"':
		c.out = appendString(c.out, c.text())
		return nil
	case 't', 'n':
		c.out = append(c.out, c.src[c.at:c.at+4]...)
		c.at += 4
		return nil
	case 'f':
		c.out = append(c.out, "false"...)
		c.at += 5
		return nil
	}
	return c.number()
}

func (c *canonicaliser) space() {
	for c.at < len(c.src) {
		switch c.src[c.at] {
		case ' ', '\t', '\n', '\r':
			c.at++
		default:
			return
		}
	}
}

// object writes the values one after the other, then sorts them with their names.
func (c *canonicaliser) object() error {
	c.at++ // {
	start := len(c.out)
	var room [16]member
	members := room[:0]
	for {
		c.space()
		if c.src[c.at] == ',' {
			c.at++
			c.space()
		}
		if c.src[c.at] == '}' {
			c.at++
			return c.sort(start, members)
		}
		name := string(c.text())
		c.space()
		c.at++ // :
		begin := len(c.out)
		if err := c.value(); err != nil {
			return err
		}
		members = append(members, member{name, begin, len(c.out)})
	}
}

// sort replaces the bare values from start on by the object that they are the members of.
func (c *canonicaliser) sort(start int, members []member) error {
	slices.SortFunc(members, func(a, b member) int { return strings.Compare(a.name, b.name) })
	values := slices.Clone(c.out[start:])
	c.out = append(c.out[:start], '{')
	for i, m := range members {
		if i > 0 {
			if members[i-1].name == m.name {
				return fmt.Errorf("canonical form: member %q occurs twice", m.name)
			}
			c.out = append(c.out, ',')
		}
		c.out = append(appendString(c.out, []byte(m.name)), ':')
		c.out = append(c.out, values[m.start-start:m.end-start]...)
	}
	c.out = append(c.out, '}')
	return nil
}

func (c *canonicaliser) array() error {
	c.at++ // [
	c.out = append(c.out, '[')
	for first := true; ; first = false {
		c.space()
		switch c.src[c.at] {
		case ']':
			c.at++
			c.out = append(c.out, ']')
			return nil
		case ',':
			c.at++
		}
		if !first {
			c.out = append(c.out, ',')
		}
		if err := c.value(); err != nil {
			return err
		}
	}
}

// text reads a string and answers it without quotes and escapes.
func (c *canonicaliser) text() []byte {
	start := c.at
	escaped := false
	for c.at++; c.src[c.at] != '"'; c.at++ {
		if c.src[c.at] == '\\' {
			escaped = true
			c.at++
		}
	}
	c.at++
	raw := c.src[start+1 : c.at-1]
	if !escaped && utf8.Valid(raw) {
		return raw
	}
	var text string
	// The input is valid JSON, so this cannot fail; it replaces broken UTF-8 as encoding/json does everywhere.
	_ = json.Unmarshal(c.src[start:c.at], &text)
	return []byte(text)
}

func (c *canonicaliser) number() error {
	start := c.at
	fraction := false
	for ; c.at < len(c.src); c.at++ {
		switch b := c.src[c.at]; {
		case b >= '0' && b <= '9', b == '-', b == '+':
			continue
		case b == '.' || b == 'e' || b == 'E':
			fraction = true
			continue
		}
		break
	}
	digits := c.src[start:c.at]
	if !fraction {
		if string(digits) == "-0" {
			digits = digits[1:]
		}
		c.out = append(c.out, digits...)
		return nil
	}
	f, err := strconv.ParseFloat(string(digits), 64)
	if err != nil {
		return fmt.Errorf("canonical form: number %s: %w", digits, err)
	}
	if f == 0 { // also -0.0: equal values share one form
		c.out = append(c.out, '0')
		return nil
	}
	shortest, err := json.Marshal(f) // the format of ECMAScript, as the RFC demands
	c.out = append(c.out, shortest...)
	return err
}

const hexDigits = "0123456789abcdef"

// appendString quotes text with the escapes of RFC 8785 §3.2.2.2.
func appendString(out, text []byte) []byte {
	out = append(out, '"')
	for _, b := range text {
		switch {
		case b == '"' || b == '\\':
			out = append(out, '\\', b)
		case b >= 0x20:
			out = append(out, b)
		case b == '\b':
			out = append(out, '\\', 'b')
		case b == '\t':
			out = append(out, '\\', 't')
		case b == '\n':
			out = append(out, '\\', 'n')
		case b == '\f':
			out = append(out, '\\', 'f')
		case b == '\r':
			out = append(out, '\\', 'r')
		default:
			out = append(out, '\\', 'u', '0', '0', hexDigits[b>>4], hexDigits[b&15])
		}
	}
	return append(out, '"')
}
