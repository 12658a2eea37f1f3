package videos

import (
	"vidilog/api/rest/decode"
	"vidilog/domain/video"
)

// ReadAttributes puts the fields of a request over attributes. What is wrong is noted in fields; limits are the domain's.
func ReadAttributes(fields *decode.Fields, to *video.Attributes) {
	if name, given := fields.Text("name"); given {
		to.Name = ""
		if name != nil {
			to.Name = *name
		}
	}
	set(&to.Category, fields.Int, "category")
	set(&to.Licence, fields.Int, "licence")
	set(&to.Description, fields.Text, "description")
	set(&to.Support, fields.Text, "support")
	set(&to.OriginallyPublishedAt, fields.Time, "originallyPublishedAt")
	set(&to.Language, fields.Text, "language") // any code: plugins add their own
	readSensitive(fields, to)
	if tags, given := fields.Texts("tags"); given {
		to.Tags = tags
	}
	readSwitches(fields, to)
	readSchedule(fields, to)
}

// readSensitive reads what 7.2 and later say beside nsfw. Flags of a video that is said not to be sensitive are a mistake.
func readSensitive(fields *decode.Fields, to *video.Attributes) {
	isSensitive, _ := fields.Bool("nsfw")
	flags, _ := fields.Int("nsfwFlags")
	if flags != nil {
		to.NSFWFlags = video.NSFWFlags(*flags)
	}
	set(&to.NSFWSummary, fields.Text, "nsfwSummary")
	if isSensitive == nil || *isSensitive {
		return
	}
	if flags != nil && *flags != 0 {
		fields.Refuse("nsfwFlags", "Cannot set NSFW flags if the video is not NSFW.")
	}
	if to.NSFWSummary != nil && *to.NSFWSummary != "" && fields.Has("nsfwSummary") {
		fields.Refuse("nsfwSummary", "Cannot set NSFW summary if the video is not NSFW.")
	}
}

// set takes over a member that is given; null clears it.
func set[T any](to **T, read func(string) (*T, bool), name string) {
	if value, given := read(name); given {
		*to = value
	}
}

// readSwitches reads members that always have a value: null and "" leave it.
func readSwitches(fields *decode.Fields, to *video.Attributes) {
	if privacy, _ := fields.Int("privacy"); privacy != nil {
		to.Privacy = video.Privacy(*privacy)
	}
	if policy, _ := fields.Int("commentsPolicy"); policy != nil {
		to.CommentsPolicy = video.CommentsPolicy(*policy)
	} else if enabled, _ := fields.Bool("commentsEnabled"); enabled != nil {
		to.CommentsPolicy = video.CommentsDisabled
		if *enabled {
			to.CommentsPolicy = video.CommentsEnabled
		}
	}
	for name, target := range map[string]*bool{
		"nsfw": &to.NSFW, "downloadEnabled": &to.DownloadEnabled, "waitTranscoding": &to.WaitTranscoding,
	} {
		if value, _ := fields.Bool(name); value != nil {
			*target = *value
		}
	}
}
