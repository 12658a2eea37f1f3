package decode

import (
	"encoding/json"
	"fmt"
)

// Kept reads fields that an earlier request brought and that were put away as JSON.
func Kept(values []byte) (*Fields, error) {
	f := &Fields{values: map[string]any{}}
	if err := json.Unmarshal(values, &f.values); err != nil {
		return nil, fmt.Errorf("read the fields that were kept: %w", err)
	}
	return f, nil
}
