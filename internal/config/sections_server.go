package config

import "time"

// Listen is the address the HTTP server binds.
type Listen struct {
	Hostname string `koanf:"hostname"`
	Port     int    `koanf:"port" min:"0" max:"65535"`
}

// Webserver is the public address: every URL the instance hands out is built from it. Port 0 means the listening port.
type Webserver struct {
	HTTPS    bool   `koanf:"https"`
	Hostname string `koanf:"hostname"`
	Port     int    `koanf:"port" min:"0" max:"65535"`
}

// Secrets are keys of the instance that must survive; an empty one is drawn at first start by the server.
type Secrets struct {
	PeerTube string `koanf:"peertube" secret:"true"`
}

// RatesLimit are the request limits per client address.
type RatesLimit struct {
	API                   RateLimit `koanf:"api"`
	Login                 RateLimit `koanf:"login"`
	Signup                RateLimit `koanf:"signup"`
	AskSendEmail          RateLimit `koanf:"ask_send_email"`
	ReceiveClientLog      RateLimit `koanf:"receive_client_log"`
	Plugins               RateLimit `koanf:"plugins"`
	WellKnown             RateLimit `koanf:"well_known"`
	Feeds                 RateLimit `koanf:"feeds"`
	ActivityPub           RateLimit `koanf:"activity_pub"`
	Client                RateLimit `koanf:"client"`
	DownloadGenerateVideo RateLimit `koanf:"download_generate_video"`
}

// OAuth2 holds the lifetimes of tokens.
type OAuth2 struct {
	TokenLifetime struct {
		AccessToken  time.Duration `koanf:"access_token"`
		RefreshToken time.Duration `koanf:"refresh_token"`
	} `koanf:"token_lifetime"`
}

// Database names a PostgreSQL; with an empty hostname the server starts its own.
type Database struct {
	Hostname string `koanf:"hostname"`
	Port     int    `koanf:"port" min:"1" max:"65535"`
	SSL      bool   `koanf:"ssl"`
	Suffix   string `koanf:"suffix"`
	Username string `koanf:"username"`
	Password string `koanf:"password" secret:"true"`
	Pool     struct {
		Max int `koanf:"max" min:"1"`
	} `koanf:"pool"`
	Name string `koanf:"name"`
}

// Redis names a Redis; without hostname, socket and sentinel the server starts its own.
type Redis struct {
	Hostname string `koanf:"hostname"`
	Port     int    `koanf:"port" min:"1" max:"65535"`
	Auth     string `koanf:"auth" secret:"true"`
	DB       int    `koanf:"db" min:"0"`
	Sentinel struct {
		Enabled    bool       `koanf:"enabled"`
		EnableTLS  bool       `koanf:"enable_tls"`
		MasterName string     `koanf:"master_name"`
		Sentinels  []Sentinel `koanf:"sentinels"`
	} `koanf:"sentinel"`
	Socket string `koanf:"socket"`
}

// SMTP is the way out for mail; without hostname mail is off.
type SMTP struct {
	Transport       string `koanf:"transport" oneof:"smtp sendmail"`
	Sendmail        string `koanf:"sendmail"`
	Hostname        string `koanf:"hostname"`
	Port            int    `koanf:"port" min:"1" max:"65535"`
	Username        string `koanf:"username"`
	Password        string `koanf:"password" secret:"true"`
	TLS             bool   `koanf:"tls"`
	DisableSTARTTLS bool   `koanf:"disable_starttls"`
	CAFile          string `koanf:"ca_file"`
	FromAddress     string `koanf:"from_address"`
}

// Email frames the mails that are sent.
type Email struct {
	Body struct {
		Signature string `koanf:"signature"`
	} `koanf:"body"`
	Subject struct {
		Prefix string `koanf:"prefix"`
	} `koanf:"subject"`
}

// CSP is the content security policy of the client.
type CSP struct {
	Enabled    bool   `koanf:"enabled"`
	ReportOnly bool   `koanf:"report_only"`
	ReportURI  string `koanf:"report_uri"`
}

// Security are headers against framing and for recognition.
type Security struct {
	Frameguard struct {
		Enabled bool `koanf:"enabled"`
	} `koanf:"frameguard"`
	PoweredByHeader struct {
		Enabled bool `koanf:"enabled"`
	} `koanf:"powered_by_header"`
}

// Log says what is logged and how much is kept.
type Log struct {
	Level    string `koanf:"level" oneof:"debug info warn error"`
	Rotation struct {
		Enabled     bool  `koanf:"enabled"`
		MaxFileSize Bytes `koanf:"max_file_size"`
		MaxFiles    int   `koanf:"max_files" min:"1"`
	} `koanf:"rotation"`
	AnonymizeIP               bool `koanf:"anonymize_ip"`
	LogPingRequests           bool `koanf:"log_ping_requests"`
	LogTrackerUnknownInfoHash bool `koanf:"log_tracker_unknown_infohash"`
	LogHTTPRequests           bool `koanf:"log_http_requests"`
	PrettifySQL               bool `koanf:"prettify_sql"`
	AcceptClientLog           bool `koanf:"accept_client_log"`
}

// OpenTelemetry switches metrics and traces.
type OpenTelemetry struct {
	Metrics struct {
		Enabled               bool          `koanf:"enabled"`
		PlaybackStatsInterval time.Duration `koanf:"playback_stats_interval"`
		HTTPRequestDuration   struct {
			Enabled bool `koanf:"enabled"`
		} `koanf:"http_request_duration"`
		PrometheusExporter struct {
			Hostname string `koanf:"hostname"`
			Port     int    `koanf:"port" min:"1" max:"65535"`
		} `koanf:"prometheus_exporter"`
	} `koanf:"metrics"`
	Tracing struct {
		Enabled        bool `koanf:"enabled"`
		JaegerExporter struct {
			Endpoint string `koanf:"endpoint"`
		} `koanf:"jaeger_exporter"`
	} `koanf:"tracing"`
}

// Vidilog is what PeerTube's configuration has no key for.
type Vidilog struct {
	Data      string `koanf:"data"`
	LogFormat string `koanf:"log_format" oneof:"auto text json"`
	Tracing   struct {
		Endpoint string `koanf:"endpoint"`
	} `koanf:"tracing"`
	ShutdownGrace time.Duration `koanf:"shutdown_grace"`
	Client        struct {
		// Dist is the folder of a built web client that is served instead of the one in the binary.
		Dist string `koanf:"dist"`
	} `koanf:"client"`
	Embedded struct {
		Postgres bool `koanf:"postgres"`
		Redis    bool `koanf:"redis"`
	} `koanf:"embedded"`
}
