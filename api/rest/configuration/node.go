package configuration

import "vidilog/internal/config"

// Node is what NodeInfo says of the configuration, in PeerTube's selection.
func (a *API) Node() any {
	c := a.Live.Current()
	off := object{"enabled": false}
	return object{
		"search": object{"remoteUri": search(c)["remoteUri"]},
		"plugin": object{"registered": []any{}}, "theme": object{"registered": []any{}, "default": c.Theme.Default},
		"email": object{"enabled": c.SMTP.IsConfigured()}, "contactForm": object{"enabled": c.ContactForm.Enabled},
		"transcoding":   resolutionsOf(transcoding(c)),
		"live":          object{"enabled": false, "transcoding": object{"enabled": false, "enabledResolutions": []int{}}},
		"import":        object{"videos": object{"http": off, "torrent": off}},
		"autoBlacklist": object{"videos": object{"ofUsers": object{"enabled": c.AutoBlacklist.Videos.OfUsers.Enabled}}},
		"avatar":        imageFile(int64(c.Constants.ActorImageMaxSize)),
		"video":         a.videoLimits(c), "videoCaption": captionLimits(),
		"user":     object{"videoQuota": int64(c.User.VideoQuota), "videoQuotaDaily": int64(c.User.VideoQuotaDaily)},
		"trending": object{"videos": object{"intervalDays": c.Trending.Videos.IntervalDays}},
		"tracker":  object{"enabled": false},
	}
}

// resolutionsOf leaves the members that NodeInfo has of a section on transcoding.
func resolutionsOf(all object) object {
	return object{"hls": all["hls"], "web_videos": all["web_videos"], "enabledResolutions": all["enabledResolutions"]}
}

func (a *API) videoLimits(c *config.Config) object {
	return object{
		"image": object{
			"extensions": []string{".png", ".jpg", ".jpeg", ".webp"}, "size": object{"max": int64(c.Constants.ThumbnailMaxSize)},
		},
		"file": object{"extensions": a.Extensions()},
	}
}

func captionLimits() object {
	return object{"file": object{"size": object{"max": 20 << 20}, "extensions": []string{".vtt", ".srt"}}}
}
