package config

import (
	"net"
	"net/url"
	"strconv"
	"time"
)

// Config is the effective configuration of a server. It is a value that nobody changes after Load.
//
// The tag koanf is the key in the files. Fields tagged secret never leave the process; sections tagged local describe
// this node rather than the instance and stay out of the event log; oneof, min and max are checked at start.
type Config struct {
	Listen             Listen             `koanf:"listen" local:"true"`
	Webserver          Webserver          `koanf:"webserver"`
	Secrets            Secrets            `koanf:"secrets" local:"true"`
	RatesLimit         RatesLimit         `koanf:"rates_limit"`
	OAuth2             OAuth2             `koanf:"oauth2"`
	TrustProxy         []string           `koanf:"trust_proxy" local:"true"`
	Database           Database           `koanf:"database" local:"true"`
	Redis              Redis              `koanf:"redis" local:"true"`
	SMTP               SMTP               `koanf:"smtp" local:"true"`
	Email              Email              `koanf:"email"`
	Defaults           Defaults           `koanf:"defaults"`
	Storage            Storage            `koanf:"storage" local:"true"`
	StaticFiles        StaticFiles        `koanf:"static_files"`
	ObjectStorage      ObjectStorage      `koanf:"object_storage" local:"true"`
	Log                Log                `koanf:"log" local:"true"`
	OpenTelemetry      OpenTelemetry      `koanf:"open_telemetry" local:"true"`
	Trending           Trending           `koanf:"trending"`
	Redundancy         Redundancy         `koanf:"redundancy"`
	RemoteRedundancy   RemoteRedundancy   `koanf:"remote_redundancy"`
	CSP                CSP                `koanf:"csp"`
	Security           Security           `koanf:"security"`
	Tracker            Tracker            `koanf:"tracker"`
	History            History            `koanf:"history"`
	Views              Views              `koanf:"views"`
	GeoIP              GeoIP              `koanf:"geo_ip"`
	Plugins            Plugins            `koanf:"plugins"`
	Federation         Federation         `koanf:"federation"`
	PeerTube           PeerTube           `koanf:"peertube"`
	WebAdmin           WebAdmin           `koanf:"webadmin"`
	Feeds              Feeds              `koanf:"feeds"`
	RemoteRunners      RemoteRunners      `koanf:"remote_runners"`
	Thumbnails         Thumbnails         `koanf:"thumbnails"`
	Stats              Stats              `koanf:"stats"`
	Cache              Cache              `koanf:"cache"`
	Admin              Admin              `koanf:"admin"`
	ContactForm        ContactForm        `koanf:"contact_form"`
	Signup             Signup             `koanf:"signup"`
	User               User               `koanf:"user"`
	VideoChannels      VideoChannels      `koanf:"video_channels"`
	Transcoding        Transcoding        `koanf:"transcoding"`
	Live               Live               `koanf:"live"`
	VideoStudio        VideoStudio        `koanf:"video_studio"`
	VideoTranscription VideoTranscription `koanf:"video_transcription"`
	VideoFile          VideoFile          `koanf:"video_file"`
	Import             Import             `koanf:"import"`
	Export             Export             `koanf:"export"`
	AutoBlacklist      AutoBlacklist      `koanf:"auto_blacklist"`
	Instance           Instance           `koanf:"instance"`
	Services           Services           `koanf:"services"`
	Followers          Followers          `koanf:"followers"`
	Followings         Followings         `koanf:"followings"`
	Theme              Theme              `koanf:"theme"`
	BroadcastMessage   BroadcastMessage   `koanf:"broadcast_message"`
	Search             Search             `koanf:"search"`
	Client             Client             `koanf:"client"`
	Storyboards        Storyboards        `koanf:"storyboards"`
	Vidilog            Vidilog            `koanf:"vidilog" local:"true"`

	// Environment is NODE_ENV, "production" when unset.
	Environment string `koanf:"-"`
	// InstanceNumber is NODE_APP_INSTANCE, empty when unset.
	InstanceNumber string `koanf:"-"`
	// CustomFile is where changes made by an administrator are kept for PeerTube's own tools; empty without a folder of files.
	CustomFile string `koanf:"-"`
	// Files are the files that were read, in order.
	Files []string `koanf:"-"`
	// Constants are the values that PeerTube keeps out of its configuration, chosen by the environment.
	Constants Constants `koanf:"-"`
}

// RateLimit allows Max requests in a Window.
type RateLimit struct {
	Window time.Duration `koanf:"window"`
	Max    int           `koanf:"max" min:"1"`
}

// Sentinel is one Redis sentinel.
type Sentinel struct {
	Hostname string `koanf:"hostname"`
	Port     int    `koanf:"port" min:"1" max:"65535"`
}

// ThumbnailSize is one size of images in pixels.
type ThumbnailSize struct {
	Width  int `koanf:"width" min:"1"`
	Height int `koanf:"height" min:"1"`
}

// RedundancyStrategy mirrors up to Size bytes of the videos that the strategy picks.
type RedundancyStrategy struct {
	Strategy    string        `koanf:"strategy" oneof:"most-views trending recently-added"`
	Size        Bytes         `koanf:"size"`
	MinLifetime time.Duration `koanf:"min_lifetime"`
	MinViews    int           `koanf:"min_views"`
}

// Resolutions are the heights that are made of a source; 0p is audio alone.
type Resolutions struct {
	P0    bool `koanf:"0p"`
	P144  bool `koanf:"144p"`
	P240  bool `koanf:"240p"`
	P360  bool `koanf:"360p"`
	P480  bool `koanf:"480p"`
	P720  bool `koanf:"720p"`
	P1080 bool `koanf:"1080p"`
	P1440 bool `koanf:"1440p"`
	P2160 bool `koanf:"2160p"`
}

// Enabled lists the heights that are on, lowest first.
func (r Resolutions) Enabled() []int {
	var heights []int
	for _, candidate := range []struct {
		isOn   bool
		height int
	}{
		{r.P0, 0},
		{r.P144, 144},
		{r.P240, 240},
		{r.P360, 360},
		{r.P480, 480},
		{r.P720, 720},
		{r.P1080, 1080},
		{r.P1440, 1440},
		{r.P2160, 2160},
	} {
		if candidate.isOn {
			heights = append(heights, candidate.height)
		}
	}
	return heights
}

// IsConfigured tells that a PostgreSQL is given; otherwise the server starts its own.
func (d Database) IsConfigured() bool { return d.Hostname != "" }

// DatabaseName is database.name, or "peertube" with the suffix.
func (d Database) DatabaseName() string {
	if d.Name != "" {
		return d.Name
	}
	return "peertube" + d.Suffix
}

// DSN is the connection string of the configured PostgreSQL, password included: not for logs. With ssl the server's
// certificate is verified, as PeerTube's driver does.
func (d Database) DSN() string {
	mode := "disable"
	if d.SSL {
		mode = "verify-full"
	}
	address := url.URL{Scheme: "postgres", Path: "/" + d.DatabaseName(), User: url.UserPassword(d.Username, d.Password)}
	address.RawQuery = url.Values{"host": {d.Hostname}, "port": {strconv.Itoa(d.Port)}, "sslmode": {mode}}.Encode()
	return address.String()
}

// IsConfigured tells that a Redis is given; otherwise the server starts its own.
func (r Redis) IsConfigured() bool { return r.Hostname != "" || r.Socket != "" || r.Sentinel.Enabled }

// IsConfigured tells that mail can be sent.
func (s SMTP) IsConfigured() bool {
	return (s.Transport == "sendmail" && s.Sendmail != "") || (s.Transport == "smtp" && s.Hostname != "" && s.Port > 0)
}

// IsTest tells that PeerTube's suites run against the server.
func (c *Config) IsTest() bool { return c.Environment == "test" }

// Host is the public host with its port, unless the port is the scheme's own.
func (w Webserver) Host() string {
	if (w.HTTPS && w.Port == 443) || (!w.HTTPS && w.Port == 80) {
		return w.Hostname
	}
	return net.JoinHostPort(w.Hostname, strconv.Itoa(w.Port))
}

// URL is the public address without a slash at the end, e.g. https://video.example.
func (w Webserver) URL() string {
	if w.HTTPS {
		return "https://" + w.Host()
	}
	return "http://" + w.Host()
}
