package abuse

import "vidilog/domain/kernel"

// Delete removes a report with its messages.
type Delete struct{}

// Deleted records that a report is gone.
type Deleted struct {
	AbuseID kernel.AbuseID `json:"abuseId"`
}

// EventType is the literal id in the log.
func (Deleted) EventType() string { return "abuse.deleted" }

// Decide answers Deleted, or CodeNotFound.
func (Delete) Decide(a Abuse) ([]kernel.Event, error) {
	if err := a.mustStand(); err != nil {
		return nil, err
	}
	return []kernel.Event{Deleted{AbuseID: a.ID}}, nil
}
