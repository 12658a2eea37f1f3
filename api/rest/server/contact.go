package server

import (
	"net/http"
	"net/mail"
	"unicode/utf8"

	"vidilog/api/rest/decode"
	"vidilog/domain/kernel"
)

// Limits of a message to the administrator, in characters (PeerTube's CONTACT_FORM and USERS.NAME).
const (
	longestSender  = 120
	shortestLetter = 3
	longestLetter  = 5000
)

// contact answers POST /api/v1/server/contact. Letters are checked as in PeerTube; this release has no way to send them, and says so
// rather than lose them.
func (a *API) contact(w http.ResponseWriter, r *http.Request) error {
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	within := func(name string, least, most int) {
		text, _ := fields.Text(name)
		if text == nil || utf8.RuneCountInString(*text) < least || utf8.RuneCountInString(*text) > most {
			fields.Refuse(name, "Invalid value")
		}
	}
	within("fromName", 1, longestSender)
	within("body", shortestLetter, longestLetter)
	from, _ := fields.Text("fromEmail")
	if from == nil {
		fields.Refuse("fromEmail", "Invalid value")
	} else if parsed, err := mail.ParseAddress(*from); err != nil || parsed.Address != *from {
		fields.Refuse("fromEmail", "Invalid value")
	}
	if err := fields.Err(); err != nil {
		return err
	}
	switch c := a.Config(); {
	case !c.ContactForm.Enabled:
		return kernel.Conflict("Contact form is not enabled on this instance.")
	case !c.SMTP.IsConfigured():
		return kernel.Conflict("SMTP is not configured on this instance.")
	}
	return kernel.Refuse(kernel.CodeUnavailable, "This release cannot send mail yet.")
}
