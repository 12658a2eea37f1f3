package vocab

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// ContentType of every answer.
const ContentType = "application/activity+json; charset=utf-8"

// Public is the address of everybody (ActivityPub §5.6).
const Public = "https://www.w3.org/ns/activitystreams#Public"

// Document is an object under the context that its words come from.
func Document(context json.RawMessage, object any) ([]byte, error) {
	members, err := Members(object)
	if err != nil {
		return nil, err
	}
	document := make([]byte, 0, len(context)+len(members)+16)
	document = append(append(document, `{"@context":`...), context...)
	if len(members) > 0 {
		document = append(append(document, ','), members...)
	}
	return append(document, '}'), nil
}

// Members encodes an object and takes the braces off, so that it can become part of another. HTML characters stay as they are, as in
// JavaScript.
func Members(object any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(object); err != nil {
		return nil, fmt.Errorf("encode an ActivityPub object: %w", err)
	}
	text := bytes.TrimSpace(b.Bytes())
	return bytes.Clone(text[1 : len(text)-1]), nil // some are kept: without room to grow
}

// Time is a moment as JavaScript prints it: UTC with milliseconds.
type Time time.Time

// MarshalJSON writes the moment.
func (t Time) MarshalJSON() ([]byte, error) {
	return time.Time(t).UTC().AppendFormat(nil, `"2006-01-02T15:04:05.000Z"`), nil
}

// TimeOrNull is the moment, or null for none.
func TimeOrNull(t *time.Time) *Time { return (*Time)(t) }
