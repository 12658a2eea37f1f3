package abuse

import "vidilog/domain/kernel"

// SetState says what moderators have decided.
type SetState struct{ State State }

// StateSet records what moderators have decided. The first one of a report means that it has been dealt with.
type StateSet struct {
	AbuseID kernel.AbuseID `json:"abuseId"`
	State   State          `json:"state"`
	Was     State          `json:"was"`
}

// EventType is the literal id in the log.
func (StateSet) EventType() string { return "abuse.state-set" }

// Decide answers StateSet, nothing when it is so already, CodeInvalid for an unknown state, or CodeNotFound.
func (s SetState) Decide(a Abuse) ([]kernel.Event, error) {
	if err := a.mustStand(); err != nil {
		return nil, err
	}
	if !s.State.IsKnown() {
		return nil, kernel.Invalid("state", "must be 1 (pending), 2 (rejected) or 3 (accepted)")
	}
	if s.State == a.State {
		return nil, nil
	}
	return []kernel.Event{StateSet{AbuseID: a.ID, State: s.State, Was: a.State}}, nil
}
