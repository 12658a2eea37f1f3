package actors

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/rest/images"
	commandschannel "vidilog/commands/channel"
)

// create answers POST /api/v1/video-channels.
func (a *API) create(w http.ResponseWriter, r *http.Request) error {
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	c := commandschannel.Create{MaxChannels: a.MaxChannels()}
	name, _ := fields.Text("name")
	if name == nil || *name == "" {
		fields.Refuse("name", "Should have a channel name")
	} else {
		c.Handle = *name
	}
	display, _ := fields.Text("displayName")
	if display == nil || strings.TrimSpace(*display) == "" {
		fields.Refuse("displayName", "Should have a channel display name")
	} else {
		c.DisplayName = *display
	}
	c.Description, _ = fields.Text("description")
	c.Support, _ = fields.Text("support")
	if err := fields.Err(); err != nil {
		return err
	}
	keys, err := a.DrawKeys()
	if err != nil {
		return err
	}
	c.PublicKeyPEM, c.PrivateKeyPEM = keys.PublicPEM, keys.PrivatePEM
	outcome, err := a.Commands.Create(r.Context(), authn.Caller(r), c)
	if err != nil {
		return err
	}
	var answer struct {
		VideoChannel struct {
			ID int64 `json:"id"`
		} `json:"videoChannel"`
	}
	answer.VideoChannel.ID = outcome.Result.IntegerID
	return a.Writes.JSON(w, r, outcome.Position, answer)
}

// update answers PUT /api/v1/video-channels/{handle}.
func (a *API) update(w http.ResponseWriter, r *http.Request) error {
	ch, err := a.managed(r)
	if err != nil {
		return err
	}
	fields, err := decode.Body(w, r)
	if err != nil {
		return err
	}
	c := commandschannel.Update{ChannelID: ch.ID}
	c.DisplayName, _ = fields.Text("displayName")
	c.Description, c.Support = textOrNone(fields, "description"), textOrNone(fields, "support")
	if spread, _ := fields.Bool("bulkVideosSupportUpdate"); spread != nil {
		c.SpreadSupport = *spread
	}
	if err := fields.Err(); err != nil {
		return err
	}
	outcome, err := a.Commands.Update(r.Context(), authn.Caller(r), c)
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

// textOrNone reads a text where null takes it away, which is an empty one to the command.
func textOrNone(fields *decode.Fields, name string) *string {
	text, given := fields.Text(name)
	if given && text == nil {
		return new(string)
	}
	return text
}

// remove answers DELETE /api/v1/video-channels/{handle}.
func (a *API) remove(w http.ResponseWriter, r *http.Request) error {
	ch, err := a.managed(r)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.Delete(r.Context(), authn.Caller(r), commandschannel.Delete{ChannelID: ch.ID})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

// pickAvatar answers POST /api/v1/video-channels/{handle}/avatar/pick.
func (a *API) pickAvatar(w http.ResponseWriter, r *http.Request) error {
	ch, err := a.managed(r)
	if err != nil {
		return err
	}
	made, err := a.Images.Receive(r, "avatarfile", images.Avatar)
	if err != nil {
		return err
	}
	change := commandschannel.ChangeAvatar{ChannelID: ch.ID, Avatars: made}
	outcome, err := a.Commands.ChangeAvatar(r.Context(), authn.Caller(r), change)
	if err != nil {
		return errors.Join(err, a.Images.Drop(made))
	}
	return a.Writes.JSON(w, r, outcome.Position, map[string]any{"avatars": a.Site.Avatars(made, time.Now())})
}

// removeAvatar answers DELETE /api/v1/video-channels/{handle}/avatar.
func (a *API) removeAvatar(w http.ResponseWriter, r *http.Request) error {
	ch, err := a.managed(r)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.ChangeAvatar(r.Context(), authn.Caller(r), commandschannel.ChangeAvatar{ChannelID: ch.ID})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}

// pickBanner answers POST /api/v1/video-channels/{handle}/banner/pick.
func (a *API) pickBanner(w http.ResponseWriter, r *http.Request) error {
	ch, err := a.managed(r)
	if err != nil {
		return err
	}
	made, err := a.Images.Receive(r, "bannerfile", images.Banner)
	if err != nil {
		return err
	}
	change := commandschannel.ChangeBanner{ChannelID: ch.ID, Banners: made}
	outcome, err := a.Commands.ChangeBanner(r.Context(), authn.Caller(r), change)
	if err != nil {
		return errors.Join(err, a.Images.Drop(made))
	}
	return a.Writes.JSON(w, r, outcome.Position, map[string]any{"banners": a.Site.Banners(made, time.Now())})
}

// removeBanner answers DELETE /api/v1/video-channels/{handle}/banner.
func (a *API) removeBanner(w http.ResponseWriter, r *http.Request) error {
	ch, err := a.managed(r)
	if err != nil {
		return err
	}
	outcome, err := a.Commands.ChangeBanner(r.Context(), authn.Caller(r), commandschannel.ChangeBanner{ChannelID: ch.ID})
	if err != nil {
		return err
	}
	return a.Writes.NoContent(w, r, outcome.Position)
}
