package contract_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"vidilog/test/e2e/instance"
)

// world is a running instance with the people and things that rows are about.
type world struct {
	*instance.Instance
	clients [roles]*instance.Client
	film    string // path
	// asking is who the row is being asked for.
	asking role
	made   int // numbers names
	known  map[string]string
}

// people have this password.
const password = "a password of people"

// populate makes the people: root is the administrator.
func (w *world) populate(ctx context.Context) error {
	w.known = map[string]string{}
	root, err := w.LogIn(ctx)
	if err != nil {
		return err
	}
	w.clients[anonymous], w.clients[administrator] = w.Anonymous(), root
	for r, level := range map[role]int{stranger: 2, owner: 2, moderator: 1} {
		id, err := w.user(ctx, r.String(), level)
		if err != nil {
			return err
		}
		w.known["user "+r.String()] = id
		if w.clients[r], err = w.LogInAs(ctx, r.String(), password); err != nil {
			return err
		}
	}
	return nil
}

// name answers a word that has not been used.
func (w *world) name(begins string) string {
	w.made++
	return begins + strconv.Itoa(w.made)
}

// user makes somebody and answers the integer.
func (w *world) user(ctx context.Context, name string, level int) (string, error) {
	body, err := json.Marshal(map[string]any{
		"username": name, "password": password, "email": name + "@example.org", "videoQuota": -1, "videoQuotaDaily": -1, "role": level,
	})
	if err != nil {
		return "", err
	}
	answer, err := w.clients[administrator].Do(ctx, http.MethodPost, "/api/v1/users", bytes.NewReader(body), "Content-Type", "application/json")
	made, err := decode[struct {
		User struct {
			ID int64 `json:"id"`
		} `json:"user"`
	}](answer, err)
	return strconv.FormatInt(made.User.ID, 10), err
}

// aUser is an ordinary user made for the row.
func aUser(ctx context.Context, w *world) (string, error) { return w.user(ctx, w.name("person"), 2) }

// once keeps what a value has made: rows that only read share it.
func once(key string, makes value) value {
	return func(ctx context.Context, w *world) (string, error) {
		if known, ok := w.known[key]; ok {
			return known, nil
		}
		made, err := makes(ctx, w)
		if err == nil {
			w.known[key] = made
		}
		return made, err
	}
}

// fixed is the same for everybody.
func fixed(text string) value {
	return func(context.Context, *world) (string, error) { return text, nil }
}

// channelOf answers the integer of a user's first channel.
func (w *world) channelOf(ctx context.Context, name string) (string, error) {
	answer, err := w.clients[anonymous].Do(ctx, http.MethodGet, "/api/v1/video-channels/"+name+"_channel", nil)
	found, err := decode[struct {
		ID int64 `json:"id"`
	}](answer, err)
	return strconv.FormatInt(found.ID, 10), err
}

// upload puts a public video into the owner's channel and answers its UUID. It is not waited for.
func (w *world) upload(ctx context.Context, more ...string) (string, error) {
	channel, err := once("channel of the owner", func(ctx context.Context, w *world) (string, error) {
		return w.channelOf(ctx, owner.String())
	})(ctx, w)
	if err != nil {
		return "", err
	}
	fields := append([]string{"name", w.name("film "), "channelId", channel, "privacy", "1"}, more...)
	body, contentType, err := instance.Form(fields, "videofile", w.film)
	if err != nil {
		return "", err
	}
	v, err := w.clients[owner].Send(ctx, body, contentType)
	return v.UUID, err
}

// aVideo is a public video of the owner made for the row; theVideo the one that rows share.
func aVideo(ctx context.Context, w *world) (string, error) { return w.upload(ctx) }

var theVideo = once("video", pictured(aVideo))

// pictured waits until a video has its pictures: who asks at once finds none yet.
func pictured(video value) value {
	return func(ctx context.Context, w *world) (string, error) {
		id, err := video(ctx, w)
		for err == nil {
			var v instance.Video
			if v, err = w.clients[owner].Unobserved().Video(ctx, id); v.ThumbnailPath != "" {
				return id, nil
			}
			select {
			case <-ctx.Done():
				return "", fmt.Errorf("the video has no pictures: %w", ctx.Err())
			case <-time.After(100 * time.Millisecond):
			}
		}
		return "", err
	}
}

// aChannel is a channel of the owner made for the row.
func aChannel(ctx context.Context, w *world) (string, error) {
	handle := w.name("channel")
	body := fmt.Sprintf(`{"name":%q,"displayName":"A channel"}`, handle)
	answer, err := w.clients[owner].Do(ctx, http.MethodPost, "/api/v1/video-channels", strings.NewReader(body), "Content-Type", "application/json")
	_, err = decode[json.RawMessage](answer, err)
	return handle, err
}

// aName is a word that nobody has used.
func aName(_ context.Context, w *world) (string, error) { return w.name("name"), nil }

// theFilm is the content of a small film.
func theFilm(w *world) []byte {
	content, err := os.ReadFile(w.film)
	if err != nil {
		panic(err) // the suite has just made it
	}
	return content
}

// aPicture is a small JPEG.
func aPicture(*world) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 240, 240)), nil); err != nil {
		panic(err) // a buffer takes everything
	}
	return b.Bytes()
}

// ownSession is a new session of whoever asks, to be given up.
func ownSession(ctx context.Context, w *world) (string, error) {
	switch w.asking {
	case anonymous:
		return "none", nil
	case administrator:
		c, err := w.LogIn(ctx)
		return c.Token(), err
	case stranger, owner, moderator, roles:
	}
	c, err := w.LogInAs(ctx, w.asking.String(), password)
	return c.Token(), err
}

// newSession is a session of somebody new, whoever asks; nobody's for those who have none.
func newSession(ctx context.Context, w *world) (string, error) {
	if w.asking == anonymous {
		return "none", nil
	}
	name := w.name("leaver")
	if _, err := w.user(ctx, name, 2); err != nil {
		return "", err
	}
	c, err := w.LogInAs(ctx, name, password)
	return c.Token(), err
}
