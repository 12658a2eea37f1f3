package outbox_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"
)

// members is a JSON object whose members keep their order.
type members struct {
	names  []string
	values map[string]any
}

func parse(text []byte) any {
	GinkgoHelper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	value, err := ordered(decoder)
	Expect(err).NotTo(HaveOccurred(), string(text))
	return value
}

func ordered(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		object := members{values: map[string]any{}}
		for d.More() {
			name, err := d.Token()
			if err != nil {
				return nil, err
			}
			value, err := ordered(d)
			if err != nil {
				return nil, err
			}
			object.names, object.values[name.(string)] = append(object.names, name.(string)), value
		}
		_, err := d.Token()
		return object, err
	case json.Delim('['):
		list := []any{}
		for d.More() {
			value, err := ordered(d)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		_, err := d.Token()
		return list, err
	}
	return token, nil
}

// sample is what a PeerTube 6.3 answered.
func sample(name string) any {
	GinkgoHelper()
	text, err := os.ReadFile("testdata/" + name + ".json")
	Expect(err).NotTo(HaveOccurred())
	return parse(text)
}

// later are entries of a video's addresses that come with torrents and a tracker, which this release may not have.
var later = []string{"application/x-bittorrent", "application/x-bittorrent;x-scheme-handler/magnet", "tracker-http", "tracker-websocket"}

// differences says in which places ours is built otherwise than theirs: members that are missing, more, or in another order, and values
// of another kind. Contexts must be the same to the letter.
func differences(path string, theirs, ours any) []string {
	if t, isObject := theirs.(members); isObject {
		o, same := ours.(members)
		if !same {
			return []string{fmt.Sprintf("%s: an object in PeerTube, here %T", path, ours)}
		}
		return inObjects(path, t, o)
	}
	if t, isList := theirs.([]any); isList {
		o, same := ours.([]any)
		if !same {
			return []string{fmt.Sprintf("%s: a list in PeerTube, here %T", path, ours)}
		}
		return inLists(path, t, o)
	}
	if theirs != nil && ours != nil && fmt.Sprintf("%T", theirs) != fmt.Sprintf("%T", ours) {
		return []string{fmt.Sprintf("%s: %T in PeerTube, here %T", path, theirs, ours)}
	}
	return nil
}

func inObjects(path string, theirs, ours members) (found []string) {
	if !slices.Equal(theirs.names, ours.names) {
		found = append(found, fmt.Sprintf("%s: has %v in PeerTube, here %v", path, theirs.names, ours.names))
	}
	for _, name := range theirs.names {
		value, given := ours.values[name]
		switch {
		case !given:
		case name == "@context":
			if fmt.Sprint(theirs.values[name]) != fmt.Sprint(value) {
				found = append(found, fmt.Sprintf("%s: is %v in PeerTube, here %v", path, theirs.values[name], value))
			}
		default:
			found = append(found, differences(path+"."+name, theirs.values[name], value)...)
		}
	}
	return found
}

// inLists compares elements of the same kind: every kind that PeerTube has must be there.
func inLists(path string, theirs, ours []any) (found []string) {
	seen := map[string]bool{}
	for _, t := range theirs {
		kind := kindOf(t)
		if seen[kind] || slices.Contains(later, strings.TrimPrefix(kind, "Link ")) {
			continue
		}
		seen[kind] = true
		i := slices.IndexFunc(ours, func(o any) bool { return kindOf(o) == kind })
		if i < 0 {
			found = append(found, fmt.Sprintf("%s: has a %q in PeerTube, here none", path, kind))
			continue
		}
		found = append(found, differences(path+"["+kind+"]", t, ours[i])...)
	}
	return found
}

// kindOf tells elements of a list apart: an address from an object, a file from a page.
func kindOf(element any) string {
	object, isObject := element.(members)
	if !isObject {
		return fmt.Sprintf("%T", element)
	}
	kind := fmt.Sprint(object.values["type"])
	if kind != "Link" {
		return kind
	}
	if media, given := object.values["mediaType"]; given {
		return fmt.Sprintf("Link %v", media)
	}
	return fmt.Sprintf("Link %v", object.values["name"])
}
