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
