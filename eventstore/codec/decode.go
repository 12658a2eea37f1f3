package codec

import (
	"bytes"
	stdjson "encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-json"

	"vidilog/domain/kernel"
	"vidilog/eventstore"
)

// Decode turns a stored event into a domain event: a struct value, raised to today's version, with its personal fields
// opened or kernel.Redacted. Members that the struct does not have are ignored. Errors: *UnknownType,
// *upcast.NewerVersion, *upcast.Missing, or what is wrong with the payload.
func (r *Registry) Decode(rec eventstore.Recorded) (eventstore.Event, error) {
	data, err := r.payload(&rec)
	if err != nil {
		return eventstore.Event{}, fmt.Errorf("decode event %d (%s): %w", rec.Position, rec.Type, err)
	}
	return eventstore.Event{Recorded: rec, Data: data}, nil
}

// DecodeInto appends the decoded events to dst. On an error it answers those before the one that failed.
func (r *Registry) DecodeInto(dst []eventstore.Event, recs []eventstore.Recorded) ([]eventstore.Event, error) {
	for i := range recs {
		data, err := r.payload(&recs[i])
		if err != nil {
			return dst, fmt.Errorf("decode event %d (%s): %w", recs[i].Position, recs[i].Type, err)
		}
		dst = append(dst, eventstore.Event{Recorded: recs[i], Data: data})
	}
	return dst, nil
}

func (r *Registry) payload(rec *eventstore.Recorded) (kernel.Event, error) {
	known := r.byID[rec.Type]
	if known == nil {
		return nil, &UnknownType{rec.Type}
	}
	payload := rec.Payload
	opened := known.personal == nil
	if rec.SchemaVersion != known.version {
		raised, err := r.raise(rec, known)
		if err != nil {
			return nil, err
		}
		payload, opened = raised, true
	}
	target := reflect.New(known.typ)
	if err := json.Unmarshal(payload, target.Interface()); err != nil {
		return nil, err
	}
	if opened {
		return target.Elem().Interface().(kernel.Event), nil
	}
	o := &opening{sealer: r.sealer, keyRef: rec.KeyRef, event: rec.EventID}
	plain, err := known.personal.rewrite(target.Elem(), "", o.field)
	if err != nil {
		return nil, err
	}
	return plain.Interface().(kernel.Event), nil
}

// raise opens sealed texts where they were sealed, before the upcasters may move them: their place is authenticated.
func (r *Registry) raise(rec *eventstore.Recorded, known *entry) (stdjson.RawMessage, error) {
	payload := stdjson.RawMessage(rec.Payload)
	if rec.KeyRef != "" && rec.SchemaVersion < known.version {
		opened, err := r.openRaw(rec)
		if err != nil {
			return nil, err
		}
		payload = opened
	}
	return r.upcasters.Raise(rec.Type, rec.SchemaVersion, known.version, payload)
}

func (r *Registry) openRaw(rec *eventstore.Recorded) (stdjson.RawMessage, error) {
	var tree any
	d := stdjson.NewDecoder(bytes.NewReader(rec.Payload))
	d.UseNumber()
	if err := d.Decode(&tree); err != nil {
		return nil, err
	}
	o := &opening{sealer: r.sealer, keyRef: rec.KeyRef, event: rec.EventID}
	tree, err := o.tree("", tree)
	if err != nil {
		return nil, err
	}
	return stdjson.Marshal(tree)
}

// tree opens every sealed text of an old payload, whose struct no longer exists to say which members are personal. Text
// that only looks sealed (somebody's display name) does not authenticate and stays.
func (o *opening) tree(path string, node any) (any, error) {
	var err error
	switch n := node.(type) {
	case string:
		if strings.HasPrefix(n, sealedPrefix) {
			plain, err := o.field(path, n)
			if errors.Is(err, ErrNotAuthentic) {
				return n, nil
			}
			return plain, err
		}
	case []any:
		for i := range n {
			if n[i], err = o.tree(indexPath(path, i), n[i]); err != nil {
				return nil, err
			}
		}
	case map[string]any:
		for name := range n {
			if n[name], err = o.tree(joinPath(path, name), n[name]); err != nil {
				return nil, err
			}
		}
	}
	return node, nil
}
