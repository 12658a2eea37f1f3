package instance

import (
	"bytes"
	"encoding/json"

	"vidilog/domain/kernel"
)

// Customise states what an administrator changes of the configuration files, all of it: earlier changes that are not in it are
// given up. Configuration is what is in force with it.
type Customise struct {
	// Changes are keys and values in the shape of the files, {} for none.
	Changes       json.RawMessage
	Configuration json.RawMessage
}

// Customised records the changes that lie over the configuration files from here on.
type Customised struct {
	Changes json.RawMessage `json:"changes"`
}

// EventType is the literal id in the log.
func (Customised) EventType() string { return "instance.customised" }

// Decide answers Customised when the changes are others than before, and Configured when that makes a difference.
func (c Customise) Decide(i Instance) ([]kernel.Event, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(c.Changes, &object); err != nil || object == nil {
		return nil, kernel.Invalid("changes", "is not a JSON object")
	}
	configured, err := Configure{Configuration: c.Configuration}.Decide(i)
	if err != nil || bytes.Equal(c.Changes, i.Changes) {
		return configured, err
	}
	return append([]kernel.Event{Customised{Changes: c.Changes}}, configured...), nil
}
