// Package storage decides about a user's quota: bytes are reserved before a file is accepted and released when it goes.
// The stream is apart from the user's, because it changes with every upload.
//
// It may import domain/kernel only.
package storage

import (
	"slices"
	"time"

	"vidilog/domain/kernel"
)

const (
	// day is the window of the daily quota.
	day = 24 * time.Hour
	// week is the window in which uploads count against the priority of further ones.
	week = 7 * day
)

// Storage is what a user holds: bytes by owner of the reservation (a video's id), and what of it was reserved in the last week.
type Storage struct {
	Held   map[string]int64
	Total  int64
	recent []reservation
}

type reservation struct {
	owner string
	at    time.Time
	bytes int64
}

// Events are all event types of this package, for the codec.
func Events() []kernel.Event { return []kernel.Event{Reserved{}, Released{}} }

// Apply folds one event. Maps are copied, since a folded state may be shared by readers.
func (s Storage) Apply(e kernel.Event) Storage {
	switch e := e.(type) {
	case Reserved:
		s.Held = with(s.Held, e.For, s.Held[e.For]+e.Bytes)
		s.Total += e.Bytes
		s.recent = recentAt(s.recent, e.At, week)
		s.recent = append(s.recent, reservation{e.For, e.At, e.Bytes})
	case Released:
		s.Held = with(s.Held, e.For, s.Held[e.For]-e.Bytes)
		s.Total -= e.Bytes
		// what was deleted counts no more, as in PeerTube
		s.recent = slices.DeleteFunc(slices.Clone(s.recent), func(r reservation) bool { return r.owner == e.For })
	}
	return s
}

// with answers a copy of held with one entry changed; entries of nothing are left out.
func with(held map[string]int64, key string, bytes int64) map[string]int64 {
	next := make(map[string]int64, len(held)+1)
	for k, v := range held {
		next[k] = v
	}
	if next[key] = bytes; bytes == 0 {
		delete(next, key)
	}
	return next
}

// recentAt answers a fresh slice of the reservations in a window before now.
func recentAt(all []reservation, now time.Time, window time.Duration) []reservation {
	kept := make([]reservation, 0, len(all)+1)
	for _, r := range all {
		if now.Sub(r.at) < window {
			kept = append(kept, r)
		}
	}
	return kept
}

// UsedToday is what was reserved in the 24 hours before now and has not been released, in bytes.
func (s Storage) UsedToday(now time.Time) int64 {
	var sum int64
	for _, r := range recentAt(s.recent, now, day) {
		sum += r.bytes
	}
	return sum
}

// Reserve takes bytes for something (a video's id) within the user's quotas; a quota of -1 is none.
type Reserve struct {
	For        string
	Bytes      int64
	Quota      int64
	QuotaDaily int64
	Now        time.Time
}

// Reserved records bytes taken.
type Reserved struct {
	For   string    `json:"for"`
	Bytes int64     `json:"bytes"`
	At    time.Time `json:"at"`
}

// EventType is the literal id in the log.
func (Reserved) EventType() string { return "storage.reserved" }

// Decide answers Reserved, or CodeTooLarge with PeerTube's code quota_reached.
func (r Reserve) Decide(s Storage) ([]kernel.Event, error) {
	exceeds := func(quota, used int64) bool { return quota != -1 && used+r.Bytes > quota }
	if exceeds(r.Quota, s.Total) || exceeds(r.QuotaDaily, s.UsedToday(r.Now)) {
		return nil, kernel.Refuse(kernel.CodeTooLarge, "The user video quota is exceeded with this video.").WithAPICode("quota_reached")
	}
	return []kernel.Event{Reserved{For: r.For, Bytes: r.Bytes, At: r.Now}}, nil
}

// Release frees everything that was reserved for something.
type Release struct{ For string }

// Released records bytes freed.
type Released struct {
	For   string `json:"for"`
	Bytes int64  `json:"bytes"`
}

// EventType is the literal id in the log.
func (Released) EventType() string { return "storage.released" }

// Decide answers Released, or nothing when nothing is held.
func (r Release) Decide(s Storage) ([]kernel.Event, error) {
	if held := s.Held[r.For]; held != 0 {
		return []kernel.Event{Released{For: r.For, Bytes: held}}, nil
	}
	return nil, nil
}

// UploadsOfTheWeek counts the videos for which something was reserved in the 7 days before now and is still held.
func (s Storage) UploadsOfTheWeek(now time.Time) int {
	owners := map[string]bool{}
	for _, r := range recentAt(s.recent, now, week) {
		owners[r.owner] = true
	}
	return len(owners)
}
