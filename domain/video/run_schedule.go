package video

import (
	"time"

	"vidilog/domain/kernel"
)

// Schedule is what an author has asked to be done to a video later.
type Schedule struct {
	At time.Time `json:"at"`
	// Privacy from then on; 0 leaves it.
	Privacy Privacy `json:"privacy,omitempty"`
}

// check answers CodeInvalid for a privacy that cannot be scheduled: one more to see the video is what schedules are for.
func (s *Schedule) check() error {
	return unless(s == nil || s.Privacy == 0 || s.Privacy == Public || s.Privacy == Unlisted || s.Privacy == Internal,
		"scheduleUpdate.privacy", "Invalid value")
}

// RunSchedule does what was scheduled, once it is time.
type RunSchedule struct{ Now time.Time }

// Decide answers Updated without the schedule; nothing when there is none, when it is too early, or while the video waits for its
// renditions, since publishing it then would show one that cannot be watched; or CodeNotFound.
func (r RunSchedule) Decide(v Video) ([]kernel.Event, error) {
	if err := v.mustStand(); err != nil {
		return nil, err
	}
	due := v.Attributes.Schedule
	if due == nil || r.Now.Before(due.At) || v.State == StateToTranscode {
		return nil, nil
	}
	update := Update{Attributes: v.Attributes}
	update.Attributes.Schedule = nil
	if due.Privacy != 0 {
		update.Attributes.Privacy = due.Privacy
	}
	if update.Attributes.Privacy == PasswordProtected {
		update.Passwords = v.Passwords
	}
	return update.Decide(v)
}
