package configuration

import (
	"context"
	"time"

	"vidilog/internal/config"
	"vidilog/projections/catalog"
)

// object is a JSON object; members are written in the order of their names.
type object = map[string]any

// Server is PeerTube's ServerConfig without signup: the parts of 6.3 and of 8.x. What this release does not do is said to be
// off, so that clients do not offer it.
func (a *API) Server(ctx context.Context) (object, error) {
	c := a.Live.Current()
	own, err := a.Own(ctx)
	if err != nil {
		return nil, err
	}
	themes := []any{}
	if a.Themes != nil {
		if themes, err = a.Themes(ctx); err != nil {
			return nil, err
		}
	}
	answer := object{
		"serverVersion": CompatibleVersion, "vidilogVersion": a.Version,
		"client": client(c), "defaults": defaults(c),
		"webadmin": object{"configuration": object{"edition": object{"allowed": c.WebAdmin.Configuration.Edition.Allowed}}},
		"instance": a.instance(c, own), "search": search(c),
		"plugin": object{"registered": []any{}, "registeredExternalAuths": []any{}, "registeredIdAndPassAuths": []any{}},
		"theme":  object{"registered": themes, "builtIn": []any{}, "default": "default"},
		"email":  object{"enabled": c.SMTP.IsConfigured()}, "contactForm": object{"enabled": c.ContactForm.Enabled},
		"transcoding":   transcoding(c),
		"live":          live(c),
		"videoStudio":   object{"enabled": false, "remoteRunners": object{"enabled": false}},
		"videoFile":     object{"update": object{"enabled": c.VideoFile.Update.Enabled}},
		"avatar":        imageFile(int64(c.Constants.ActorImageMaxSize)),
		"banner":        imageFile(int64(c.Constants.ActorImageMaxSize)),
		"user":          object{"videoQuota": int64(c.User.VideoQuota), "videoQuotaDaily": int64(c.User.VideoQuotaDaily)},
		"videoChannels": object{"maxPerUser": c.VideoChannels.MaxPerUser},
		"tracker":       object{"enabled": false},
		"followings":    object{"instance": object{"autoFollowIndex": object{"indexUrl": c.Followings.Instance.AutoFollowIndex.IndexURL}}},
		"federation":    object{"enabled": false},
		"homepage":      object{"enabled": own.Homepage != nil && *own.Homepage != ""},
		"openTelemetry": object{"metrics": object{
			"enabled": c.OpenTelemetry.Metrics.Enabled, "playbackStatsInterval": c.OpenTelemetry.Metrics.PlaybackStatsInterval.Milliseconds(),
		}},
		"storyboards":      object{"enabled": c.Storyboards.Enabled, "remoteRunners": object{"enabled": false}},
		"autoBlacklist":    object{"videos": object{"ofUsers": object{"enabled": c.AutoBlacklist.Videos.OfUsers.Enabled}}},
		"webrtc":           object{"stunServers": []string{}},
		"broadcastMessage": broadcast(c),
	}
	a.addVideo(answer)
	addImports(answer, c)
	return answer, nil
}

func client(c *config.Config) object {
	v := c.Client.Videos
	return object{
		"videos": object{
			"miniature": object{
				"preferAuthorDisplayName": v.Miniature.PreferAuthorDisplayName, "displayAuthorAvatar": v.Miniature.DisplayAuthorAvatar,
			},
			"resumableUpload": object{"maxChunkSize": int64(v.ResumableUpload.MaxChunkSize)},
		},
		"menu": object{"login": object{"redirectOnSingleExternalAuth": c.Client.Menu.Login.RedirectOnSingleExternalAuth}},
	}
}

func defaults(c *config.Config) object {
	p := c.Defaults.Publish
	var licence any
	if p.Licence != 0 {
		licence = p.Licence
	}
	return object{
		"publish": object{
			"downloadEnabled": p.DownloadEnabled, "commentsPolicy": p.CommentsPolicy, "commentsEnabled": p.CommentsPolicy != 2,
			"privacy": p.Privacy, "licence": licence,
		},
		"p2p": object{
			"webapp": object{"enabled": c.Defaults.P2P.Webapp.Enabled}, "embed": object{"enabled": c.Defaults.P2P.Embed.Enabled},
		},
	}
}

func (a *API) instance(c *config.Config, own catalog.Own) object {
	i := c.Instance
	return object{
		"name": i.Name, "shortDescription": i.ShortDescription, "isNSFW": i.IsNSFW, "defaultNSFWPolicy": i.DefaultNSFWPolicy,
		"defaultClientRoute": i.DefaultClientRoute,
		"customizations":     object{"javascript": i.Customizations.Javascript, "css": i.Customizations.CSS},
		"avatars":            a.avatars(own), "banners": a.banners(own), "logo": a.logos(own),
	}
}

func search(c *config.Config) object {
	s := c.Search
	return object{
		"remoteUri": object{"users": s.RemoteURI.Users, "anonymous": s.RemoteURI.Anonymous},
		"searchIndex": object{
			"enabled": s.SearchIndex.Enabled, "url": s.SearchIndex.URL, "disableLocalSearch": s.SearchIndex.DisableLocalSearch,
			"isDefaultSearch": s.SearchIndex.IsDefaultSearch,
		},
	}
}

func transcoding(c *config.Config) object {
	t := c.Transcoding
	resolutions := []int{}
	if t.Enabled {
		resolutions = append(resolutions, t.Resolutions.Enabled()...)
	}
	return object{
		"remoteRunners": object{"enabled": false}, "hls": object{"enabled": t.Enabled && t.HLS.Enabled},
		"web_videos": object{"enabled": t.Enabled && t.WebVideos.Enabled}, "enabledResolutions": resolutions,
		"profile": t.Profile, "availableProfiles": []string{"default"},
	}
}

// live is off whatever the files say: this release has no live streams.
func live(c *config.Config) object {
	return object{
		"enabled": false, "allowReplay": c.Live.AllowReplay, "latencySetting": object{"enabled": c.Live.LatencySetting.Enabled},
		"maxDuration": limit(c.Live.MaxDuration), "maxInstanceLives": c.Live.MaxInstanceLives, "maxUserLives": c.Live.MaxUserLives,
		"transcoding": object{
			"enabled": false, "remoteRunners": object{"enabled": false}, "enabledResolutions": []int{}, "profile": c.Live.Transcoding.Profile,
			"availableProfiles": []string{"default"},
		},
		"rtmp": object{"port": c.Live.RTMP.Port},
	}
}

// limit is a duration in milliseconds, -1 for none.
func limit(d time.Duration) int64 {
	if d == config.Unlimited {
		return config.Unlimited
	}
	return d.Milliseconds()
}

func imageFile(limit int64) object {
	return object{"file": object{"size": object{"max": limit}, "extensions": []string{".png", ".jpeg", ".jpg", ".gif", ".webp"}}}
}

func broadcast(c *config.Config) object {
	b := c.BroadcastMessage
	return object{"enabled": b.Enabled, "message": b.Message, "level": b.Level, "dismissable": b.Dismissable}
}

// addVideo says what may be uploaded and how views are counted.
func (a *API) addVideo(to object) {
	c := a.Live.Current()
	to["video"], to["videoCaption"] = a.videoLimits(c), captionLimits()
	to["videoTranscription"] = object{"enabled": false, "remoteRunners": object{"enabled": false}}
	to["trending"] = object{"videos": object{
		"intervalDays": c.Trending.Videos.IntervalDays,
		"algorithms":   object{"enabled": list(c.Trending.Videos.Algorithms.Enabled), "default": c.Trending.Videos.Algorithms.Default},
	}}
	to["views"] = object{"videos": object{"watchingInterval": object{
		"anonymous": c.Views.Videos.WatchingInterval.Anonymous.Milliseconds(),
		"users":     c.Views.Videos.WatchingInterval.Users.Milliseconds(),
	}}}
}

func addImports(to object, c *config.Config) {
	off := object{"enabled": false}
	to["import"] = object{
		"videos": object{"http": off, "torrent": off}, "videoChannelSynchronization": off, "users": off,
	}
	to["export"] = object{"users": object{
		"enabled": false, "exportExpiration": c.Export.Users.ExportExpiration.Milliseconds(),
		"maxUserVideoQuota": int64(c.Export.Users.MaxUserVideoQuota),
	}}
}
