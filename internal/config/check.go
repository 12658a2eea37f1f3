package config

import (
	"net/url"
	"path/filepath"
	"strings"
	"time"
)

// check refuses values that are right alone and wrong together. The rules are PeerTube's (its checks after
// initialisation) and those of our own keys.
func (c *Config) check(d *decoder) {
	c.checkTranscoding(d)
	c.checkLive(d)
	c.checkPeople(d)
	c.checkObjectStorage(d)
	c.checkRedundancy(d)
	if c.Search.SearchIndex.Enabled && !c.Search.RemoteURI.Users {
		d.fail("search.search_index.enabled", "needs search.remote_uri.users to be true")
	}
	if strings.Contains(c.Webserver.Hostname, "/") || c.Webserver.Hostname == "" {
		d.fail("webserver.hostname", "has %q, must be a host name such as video.example", c.Webserver.Hostname)
	}
	if !c.Database.IsConfigured() && !c.Vidilog.Embedded.Postgres {
		d.fail("vidilog.embedded.postgres", "is false, so database.hostname must name a PostgreSQL")
	}
	if !c.Redis.IsConfigured() && !c.Vidilog.Embedded.Redis {
		d.fail("vidilog.embedded.redis", "is false, so redis.hostname or redis.socket must name a Redis")
	}
	if endpoint := c.Vidilog.Tracing.Endpoint; endpoint != "" {
		if parsed, err := url.Parse(endpoint); err != nil || parsed.Host == "" {
			d.fail("vidilog.tracing.endpoint", "has %q, must be a URL such as http://127.0.0.1:4318", endpoint)
		}
	}
}

func (c *Config) checkTranscoding(d *decoder) {
	if c.Transcoding.Enabled && !c.Transcoding.WebVideos.Enabled && !c.Transcoding.HLS.Enabled {
		d.fail("transcoding.enabled", "needs transcoding.web_videos.enabled or transcoding.hls.enabled to be true")
	}
	if len(c.Thumbnails.Sizes) == 0 {
		d.fail("thumbnails.sizes", "must have at least one size with width and height")
	}
}

func (c *Config) checkLive(d *decoder) {
	if !c.Live.Enabled {
		return
	}
	if c.Live.AllowReplay && !c.Transcoding.Enabled {
		d.fail("live.allow_replay", "needs transcoding.enabled to be true")
	}
	if !c.Live.RTMP.Enabled && !c.Live.RTMPS.Enabled {
		d.fail("live.enabled", "needs live.rtmp.enabled or live.rtmps.enabled to be true")
	}
	if c.Live.RTMPS.Enabled && (c.Live.RTMPS.KeyFile == "" || c.Live.RTMPS.CertFile == "") {
		d.fail("live.rtmps.enabled", "needs live.rtmps.key_file and live.rtmps.cert_file")
	}
}

func (c *Config) checkPeople(d *decoder) {
	if c.Signup.Enabled && c.Signup.RequiresEmailVerification && !c.SMTP.IsConfigured() {
		d.fail("signup.requires_email_verification", "needs a mail server (smtp.hostname) while signup is enabled")
	}
	if c.Signup.Enabled && c.Signup.RequiresApproval && !c.SMTP.IsConfigured() {
		d.warnings = append(d.warnings, "signup needs approval but no mail server is configured (smtp.hostname): nobody will be told the decision")
	}
	if c.Import.VideoChannelSynchronization.Enabled && !c.Import.Videos.HTTP.Enabled {
		d.fail("import.video_channel_synchronization.enabled", "needs import.videos.http.enabled to be true")
	}
	if !strings.Contains(c.Admin.Email, "@") {
		d.fail("admin.email", "has %q, must be an e-mail address", c.Admin.Email)
	}
}

func (c *Config) checkObjectStorage(d *decoder) {
	if !c.ObjectStorage.Enabled {
		return
	}
	places := map[string]string{}
	place := func(key, bucket, prefix string) {
		if bucket == "" {
			d.fail("object_storage."+key+".bucket_name", "must name a bucket while object_storage is enabled")
			return
		}
		if other, taken := places[bucket+"/"+prefix]; taken {
			d.fail("object_storage."+key+".bucket_name", "has, with its prefix, the place of object_storage.%s: one of them must differ", other)
		}
		places[bucket+"/"+prefix] = key
	}
	place("web_videos", c.ObjectStorage.WebVideos.BucketName, c.ObjectStorage.WebVideos.Prefix)
	place("streaming_playlists", c.ObjectStorage.StreamingPlaylists.BucketName, c.ObjectStorage.StreamingPlaylists.Prefix)
	if c.Transcoding.OriginalFile.Keep {
		place("original_video_files", c.ObjectStorage.OriginalVideoFiles.BucketName, c.ObjectStorage.OriginalVideoFiles.Prefix)
	}
}

func (c *Config) checkRedundancy(d *decoder) {
	seen := map[string]bool{}
	for _, strategy := range c.Redundancy.Videos.Strategies {
		if seen[strategy.Strategy] {
			d.fail("redundancy.videos.strategies", "has the strategy %s twice", strategy.Strategy)
		}
		seen[strategy.Strategy] = true
		if c.Environment == "production" && strategy.MinLifetime < 10*time.Hour {
			d.fail("redundancy.videos.strategies", "min_lifetime of %s must be at least 10 hours", strategy.Strategy)
		}
	}
	if filepath.Clean(c.Storage.WebVideos) == filepath.Clean(c.Storage.Redundancy) {
		d.fail("storage.redundancy", "must be another folder than storage.web_videos")
	}
}
