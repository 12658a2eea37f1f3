package videos

import (
	"vidilog/api/rest/decode"
	"vidilog/domain/kernel"
	"vidilog/domain/video"
)

// ReadPasswords answers the passwords that a request sets, nil when it has none.
func ReadPasswords(fields *decode.Fields) []string {
	texts, given := fields.Texts("videoPasswords")
	if given && texts == nil {
		return []string{}
	}
	return texts
}

// readSchedule reads scheduleUpdate: an object sets it, null clears it.
func readSchedule(fields *decode.Fields, to *video.Attributes) {
	object, given := fields.Object("scheduleUpdate")
	if !given {
		return
	}
	to.Schedule = nil
	if object == nil {
		return
	}
	at, _ := object.Time("updateAt")
	privacy, _ := object.Int("privacy")
	if at == nil || object.Err() != nil {
		fields.Refuse("scheduleUpdate.updateAt", "Should have a schedule update date that conforms to ISO 8601")
		return
	}
	to.Schedule = &video.Schedule{At: *at}
	if privacy != nil {
		to.Schedule.Privacy = video.Privacy(*privacy)
	}
}

// passwordsFit says before a file is received what the upload would be refused for.
func passwordsFit(privacy video.Privacy, texts []string) error {
	switch {
	case privacy != video.PasswordProtected:
		return nil
	case texts == nil:
		return kernel.Refuse(kernel.CodeInvalid, "Video passwords are missing.")
	}
	return video.CheckPasswords(texts)
}
