package catalogtest

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"time"

	"vidilog/domain/account"
	"vidilog/domain/actor"
	"vidilog/domain/channel"
	"vidilog/domain/instance"
	"vidilog/domain/kernel"
	"vidilog/domain/playlist"
	"vidilog/domain/rating"
	"vidilog/domain/transcoding"
	"vidilog/domain/user"
	"vidilog/domain/video"
)

// person is a user with the account and channel that come with it.
type person struct {
	number  int64
	user    kernel.UserID
	account kernel.AccountID
	channel kernel.ChannelID
}

func personOf(number int64) person {
	return person{
		number: number, user: UserID(number), account: kernel.AccountID{UUID: derived("account", number)},
		channel: ChannelID(number),
	}
}

// UserID, ChannelID and VideoID answer the ids of the things with a number, from 1.
func UserID(number int64) kernel.UserID { return kernel.UserID{UUID: derived("user", number)} }

// ChannelID is the channel of the user with the same number.
func ChannelID(number int64) kernel.ChannelID {
	return kernel.ChannelID{UUID: derived("channel", number)}
}

// VideoID is the video with a number, which is its integer id too.
func VideoID(number int64) kernel.VideoID { return kernel.VideoID{UUID: derived("video", number)} }

func (s Shape) users() int64 {
	if s.Users > 0 {
		return int64(s.Users)
	}
	return int64(max(1, s.Videos/50))
}

// stories tells the first start, then the users, then video by video with what happens to earlier ones between.
func (s Shape) stories() iter.Seq[story] {
	return func(yield func(story) bool) {
		r := rand.New(rand.NewPCG(s.Seed, 0x7669_6469))
		at := Epoch
		if !yield(firstStart(at)) {
			return
		}
		for n := range s.users() {
			at = at.Add(time.Minute)
			if !yield(newcomer(at, n+1)) || n == 0 && !yield(profile(at.Add(time.Second), n+1)) {
				return
			}
		}
		for _, story := range visit(at.Add(2 * time.Second)) {
			if !yield(story) {
				return
			}
		}
		standing := make([]bool, s.Videos+1)
		for n := int64(1); n <= int64(s.Videos); n++ {
			at = at.Add(5*time.Minute + time.Duration(r.IntN(600))*time.Second)
			m := newMaker(s, r, n)
			if !yield(m.upload(at)) {
				return
			}
			standing[n] = true
			if later, ok := s.later(r, at.Add(4*time.Minute), n, standing); ok && !yield(later) {
				return
			}
		}
		for story := range s.comments(at.Add(5*time.Minute), standing) {
			if !yield(story) {
				return
			}
		}
	}
}

func firstStart(at time.Time) story {
	return story{at: at, steps: []step{{
		actor: kernel.System("startup"), correlation: derived("correlation", 0), causedBy: -1,
		parts: []part{{kernel.TheInstance.Stream(), []kernel.Event{instance.Initialised{
			ClientID: "client", ClientSecretRef: "instance/client", ActorID: 1, AccountID: 1, PublicKey: "PEM",
			PrivateKeyRef: "instance/key",
		}, instance.HomepageWritten{Content: "Welcome"}, instance.PictureChanged{
			Kind: instance.Avatar, Images: []actor.Image{{FileName: "own.png", Width: 48, Height: 48, Bytes: 1_000}},
		}, instance.PictureChanged{
			Kind: instance.Banner, Images: []actor.Image{{FileName: "banner.png", Width: 600, Height: 100, Bytes: 2_000}},
		}, instance.PictureChanged{Kind: instance.Banner, Replaced: []string{"banner.png"}}}}},
	}}}
}

func newcomer(at time.Time, number int64) story {
	p := personOf(number)
	name := fmt.Sprintf("user%d", number)
	return story{at: at, steps: []step{{
		actor: kernel.System("startup"), correlation: derived("newcomer", number), causedBy: -1,
		parts: []part{
			{p.user.Stream(), []kernel.Event{user.Created{
				UserID: p.user, IntegerID: number, AccountID: p.account, ChannelID: p.channel, Username: name,
				Email: kernel.Personal(name + "@example.org"), Role: user.Ordinary, PasswordRef: name, Quota: -1, QuotaDaily: -1,
			}}},
			{p.account.Stream(), []kernel.Event{account.Created{
				AccountID: p.account, IntegerID: number + 1, ActorID: 2 * number, UserID: p.user, ChannelID: p.channel, Name: name, DisplayName: name,
				PublicKey: "PEM", PrivateKeyRef: name,
			}}},
			{playlist.WatchLaterOf(p.account).Stream(), []kernel.Event{playlist.Created{
				PlaylistID: playlist.WatchLaterOf(p.account), IntegerID: number, AccountID: p.account, OwnerID: p.user,
				DisplayName: "Watch later", Type: playlist.WatchLater, Privacy: 3,
			}}},
			{p.channel.Stream(), []kernel.Event{channel.Created{
				ChannelID: p.channel, IntegerID: number, ActorID: 2*number + 1, AccountID: p.account, OwnerID: p.user,
				Handle: name + "_channel", DisplayName: "Main " + name + " channel", PublicKey: "PEM", PrivateKeyRef: name,
			}}},
		},
	}}}
}

// later draws what happens to an earlier video while others are uploaded: mostly it is watched.
func (s Shape) later(r *rand.Rand, at time.Time, newest int64, standing []bool) (story, bool) {
	n := r.Int64N(newest) + 1
	if !standing[n] {
		return story{}, false
	}
	m := newMaker(s, rand.New(rand.NewPCG(s.Seed, uint64(n))), n)
	st := step{actor: kernel.ByUser(m.owner.user), correlation: derived("later", newest), causedBy: -1}
	switch {
	case chance(r, s.Deletions):
		standing[n] = false
		st.parts = []part{{m.id.Stream(), []kernel.Event{video.Deleted{VideoID: m.id, OwnerID: m.owner.user}}}}
	case chance(r, 100):
		a := m.attributes()
		a.Name += " (second edition)"
		st.parts = []part{{m.id.Stream(), append([]kernel.Event{
			video.Updated{VideoID: m.id, ChannelID: m.owner.channel, Attributes: a},
		}, m.beside(at)...)}}
	case newest%5 == 4:
		st.parts = []part{m.reported(newest/5+1, personOf(1+newest%s.users()))}
	case newest%7 == 0:
		st.parts = []part{{m.id.Stream(), m.replaced()}}
	case chance(r, 150):
		st.parts = []part{rated(m.id, kernel.AccountID{UUID: derived("rater", newest)}, chance(r, 300))}
	case chance(r, 60):
		st.parts = []part{{m.id.Stream(), []kernel.Event{
			video.TranscodingRequested{
				VideoID: m.id, OwnerID: m.owner.user, Kind: video.HLS, Files: []transcoding.Encoding{{Resolution: 720, FPS: 25}},
				Settings: transcoding.Settings{Enabled: true, HLS: true},
			},
			video.Published{VideoID: m.id, Again: true},
		}}}
	case chance(r, 60):
		st.parts = []part{{m.id.Stream(), []kernel.Event{
			video.PlaylistRemoved{VideoID: m.id, MasterName: "master", HashesName: "hashes"},
			video.Measured{VideoID: m.id, Seconds: 31, AspectRatio: 1.3333},
		}}}
	default:
		st.actor = kernel.System("views")
		st.parts = []part{{kernel.ViewsStream(m.id, at.Format("2006-01")), []kernel.Event{video.ViewsCounted{
			VideoID: m.id, Views: 1 + r.Int64N(100), From: at.Add(-time.Hour), To: at,
		}}}}
	}
	return story{at: at, steps: []step{st}}, true
}

// rated is somebody's like of a video, which some take back for a dislike.
func rated(id kernel.VideoID, by kernel.AccountID, changesMind bool) part {
	p := part{rating.Stream(by, id), []kernel.Event{rating.Changed{AccountID: by, VideoID: id, Rating: rating.Like, Was: rating.None}}}
	if changesMind {
		p.events = append(p.events, rating.Changed{AccountID: by, VideoID: id, Rating: rating.Dislike, Was: rating.Like})
	}
	return p
}
