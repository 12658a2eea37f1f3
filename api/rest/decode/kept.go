package decode

import (
	"encoding/json"
	"fmt"
)

// Of reads the members of an object that is part of a body, such as an element of a list.
func Of(object map[string]any) *Fields { return &Fields{values: object} }

// Kept reads fields that an earlier request brought and that were put away as JSON.
func Kept(values []byte) (*Fields, error) {
	f := &Fields{values: map[string]any{}}
	if err := json.Unmarshal(values, &f.values); err != nil {
		return nil, fmt.Errorf("read the fields that were kept: %w", err)
	}
	return f, nil
}
