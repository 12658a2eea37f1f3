package users

import (
	"context"
	"net/http"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	commandsuser "vidilog/commands/user"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/internal/passwords"
)

// updateMe answers PUT /api/v1/users/me. Password and address need the present password.
func (a *API) updateMe(w http.ResponseWriter, r *http.Request) error {
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	caller := authn.Caller(r)
	email, _ := fields.Text("email")
	password, _ := fields.Text("password")
	if isGiven(email) || isGiven(password) {
		if err := a.checkPassword(r, fields); err != nil {
			return err
		}
	}
	c := commandsuser.Update{UserID: caller.UserID, Email: email}
	password, _ = newPassword(fields)
	c.DisplayName, _ = fields.Text("displayName")
	if description, given := fields.Text("description"); given {
		none := ""
		if c.Description = description; description == nil {
			c.Description = &none
		}
	}
	if err := a.checkTheme(r.Context(), fields); err != nil {
		return err
	}
	readSettings(fields, &user.Settings{}) // once over nothing, to learn what is wrong before the command reads it over those in force
	if err := fields.Err(); err != nil {
		return err
	}
	c.Change, c.Fields = func(to *user.Settings) { readSettings(fields, to) }, withoutSecrets(fields)
	if password != nil {
		if c.PasswordHash, err = passwords.Hash(*password); err != nil {
			return err
		}
	}
	outcome, err := a.Commands.Update(r.Context(), caller, c)
	if err != nil {
		return err
	}
	if password != nil {
		if err := a.Sessions.RevokeAll(r.Context(), caller.UserID.UUID, authn.Token(r)); err != nil {
			return err
		}
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

func isGiven(text *string) bool { return text != nil && *text != "" }

// withoutSecrets are the fields that may be hashed with the command.
func withoutSecrets(fields *decode.Fields) map[string]any {
	kept := map[string]any{}
	for name, value := range fields.Values() {
		if name != "password" && name != "currentPassword" && name != "email" {
			kept[name] = value
		}
	}
	return kept
}

// checkPassword asks for the present password, as PeerTube does before it changes password or address.
func (a *API) checkPassword(r *http.Request, fields *decode.Fields) error {
	present, _ := fields.Text("currentPassword")
	if !isGiven(present) {
		return kernel.Refuse(kernel.CodeInvalid, "currentPassword parameter is missing")
	}
	c, err := a.Commands.CredentialsOf(r.Context(), authn.Caller(r).UserID)
	if err != nil {
		return err
	}
	if c.User.AuthPlugin != nil {
		return kernel.Refuse(kernel.CodeInvalid,
			"You cannot update your email or password that is associated with an external auth system.")
	}
	if !passwords.Matches(c.PasswordHash, *present) {
		return kernel.Refuse(kernel.CodeUnauthenticated, "currentPassword is invalid.").WithAPICode("current_password_is_invalid")
	}
	return nil
}

// readSettings reads what was sent over the settings in force.
func readSettings(fields *decode.Fields, to *user.Settings) {
	for name, target := range map[string]*bool{
		"p2pEnabled": &to.P2PEnabled, "videosHistoryEnabled": &to.VideosHistoryEnabled, "autoPlayVideo": &to.AutoPlayVideo,
		"autoPlayNextVideo": &to.AutoPlayNextVideo, "autoPlayNextVideoPlaylist": &to.AutoPlayNextPlaylist,
		"emailPublic": &to.EmailPublic, "noInstanceConfigWarningModal": &to.NoInstanceConfigWarning,
		"noWelcomeModal": &to.NoWelcome, "noAccountSetupWarningModal": &to.NoAccountSetupWarning,
	} {
		if value, _ := fields.Bool(name); value != nil {
			*target = *value
		}
	}
	for name, target := range map[string]*int{
		"nsfwFlagsDisplayed": &to.NSFWFlagsDisplayed, "nsfwFlagsHidden": &to.NSFWFlagsHidden,
		"nsfwFlagsWarned": &to.NSFWFlagsWarned, "nsfwFlagsBlurred": &to.NSFWFlagsBlurred,
	} {
		if value, _ := fields.Int(name); value != nil {
			*target = *value
		}
	}
	if policy, _ := fields.Text("nsfwPolicy"); policy != nil {
		to.NSFWPolicy = *policy
	}
	if language, given := fields.Text("language"); given {
		to.Language = language
	}
	if theme, _ := fields.Text("theme"); theme != nil {
		to.Theme = *theme
	}
	readLanguages(fields, to)
}

// readLanguages takes a list; null means all languages.
func readLanguages(fields *decode.Fields, to *user.Settings) {
	if text, isText := fields.Values()["videoLanguages"].(string); isText && text != "" && text != "null" {
		fields.Refuse("videoLanguages", "Should have a list of languages")
		return
	}
	if languages, given := fields.Texts("videoLanguages"); given {
		to.VideoLanguages = languages
	}
}

// checkTheme refuses a theme that is not there.
func (a *API) checkTheme(ctx context.Context, fields *decode.Fields) error {
	theme, _ := fields.Text("theme")
	if theme == nil || *theme == "default" || *theme == user.DefaultTheme {
		return nil
	}
	found, err := a.HasTheme(ctx, *theme)
	if err == nil && !found {
		fields.Refuse("theme", "Should have a theme that is installed")
	}
	return err
}
