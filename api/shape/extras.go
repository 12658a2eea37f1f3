package shape

import "vidilog/projections/catalog"

// ListExtras are parts that a list shows of its videos only when it is asked to.
// Source is shown where HasSource says so, null for none.
type ListExtras struct {
	HasSource bool
	Source    *Source

	State, Blacklist, Owner, Files, AutomaticTags, Tags bool
}

type sourceExtra struct {
	Source *Source `json:"videoSource"`
}

type stateExtra struct {
	State           Constant `json:"state"`
	WaitTranscoding bool     `json:"waitTranscoding"`
}

type scheduledUpdate struct {
	UpdateAt Time `json:"updateAt"`
	Privacy  *int `json:"privacy,omitempty"`
}

// scheduleExtra is there when something is scheduled.
type scheduleExtra struct {
	ScheduledUpdate scheduledUpdate `json:"scheduledUpdate"`
}

func scheduleOf(v catalog.Video) []any {
	if v.ScheduledAt == nil {
		return nil
	}
	extra := scheduleExtra{scheduledUpdate{UpdateAt: Time(*v.ScheduledAt)}}
	if v.ScheduledPrivacy != 0 {
		extra.ScheduledUpdate.Privacy = &v.ScheduledPrivacy
	}
	return []any{extra}
}

type blacklistExtra struct {
	Blacklisted       bool    `json:"blacklisted"`
	BlacklistedReason *string `json:"blacklistedReason"`
}

type ownerExtra struct {
	BlockedOwner  bool `json:"blockedOwner"`
	BlockedServer bool `json:"blockedServer"`
}

type filesExtra struct {
	StreamingPlaylists []StreamingPlaylist `json:"streamingPlaylists"`
	Files              []VideoFile         `json:"files"`
}

type automaticTagsExtra struct {
	AutomaticTags []string `json:"automaticTags"`
}

type tagsExtra struct {
	Tags []string `json:"tags"`
}

func (s Site) extras(v catalog.Video, wanted ListExtras) []any {
	var parts []any
	if wanted.State {
		parts = append(append(parts, stateExtra{State(v.State), v.WaitsTranscoding}), scheduleOf(v)...)
	}
	if wanted.Blacklist {
		parts = append(parts, blacklistExtra{})
	}
	if wanted.Owner {
		parts = append(parts, ownerExtra{})
	}
	if wanted.Files {
		parts = append(parts, filesExtra{s.playlists(v), s.webVideos(v)})
	}
	if wanted.HasSource {
		parts = append(parts, sourceExtra{wanted.Source})
	}
	if wanted.AutomaticTags {
		parts = append(parts, automaticTagsExtra{[]string{}})
	}
	if wanted.Tags {
		parts = append(parts, tagsExtra{tagsOf(v)})
	}
	return parts
}

func (s Site) webVideos(v catalog.Video) []VideoFile {
	files := []VideoFile{}
	for _, f := range v.FilesOf(catalog.WebVideo) {
		files = append(files, s.webVideo(v, f))
	}
	return files
}

func tagsOf(v catalog.Video) []string {
	if v.Tags == nil {
		return []string{}
	}
	return v.Tags
}
