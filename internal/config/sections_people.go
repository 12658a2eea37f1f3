package config

import "time"

// Defaults are the preselected values of forms in the client.
type Defaults struct {
	Publish struct {
		DownloadEnabled bool `koanf:"download_enabled"`
		CommentsPolicy  int  `koanf:"comments_policy" min:"1" max:"3"`
		Privacy         int  `koanf:"privacy" min:"1" max:"5"`
		Licence         int  `koanf:"licence" min:"0"`
	} `koanf:"publish"`
	P2P struct {
		Webapp struct {
			Enabled bool `koanf:"enabled"`
		} `koanf:"webapp"`
		Embed struct {
			Enabled bool `koanf:"enabled"`
		} `koanf:"embed"`
	} `koanf:"p2p"`
}

// History bounds the watch history; -1 keeps it for ever.
type History struct {
	Videos struct {
		MaxAge time.Duration `koanf:"max_age"`
	} `koanf:"videos"`
}

// Admin is the address of the first administrator.
type Admin struct {
	Email string `koanf:"email"`
}

// ContactForm lets visitors write to the administrator.
type ContactForm struct {
	Enabled bool `koanf:"enabled"`
}

// Signup rules registration; limit -1 means no limit.
type Signup struct {
	Enabled                   bool `koanf:"enabled"`
	Limit                     int  `koanf:"limit"`
	MinimumAge                int  `koanf:"minimum_age"`
	RequiresApproval          bool `koanf:"requires_approval"`
	RequiresEmailVerification bool `koanf:"requires_email_verification"`
	Filters                   struct {
		CIDR struct {
			Whitelist []string `koanf:"whitelist"`
			Blacklist []string `koanf:"blacklist"`
		} `koanf:"cidr"`
	} `koanf:"filters"`
}

// User are the defaults of new users; quota -1 means no limit.
type User struct {
	History struct {
		Videos struct {
			Enabled bool `koanf:"enabled"`
		} `koanf:"videos"`
	} `koanf:"history"`
	VideoQuota         Bytes  `koanf:"video_quota"`
	VideoQuotaDaily    Bytes  `koanf:"video_quota_daily"`
	DefaultChannelName string `koanf:"default_channel_name"`
}

// VideoChannels bounds the channels of a user.
type VideoChannels struct {
	MaxPerUser int `koanf:"max_per_user" min:"0"`
}

// Import rules imports from other places.
type Import struct {
	Videos struct {
		Concurrency int           `koanf:"concurrency" min:"1"`
		Timeout     time.Duration `koanf:"timeout"`
		HTTP        struct {
			Enabled          bool `koanf:"enabled"`
			YoutubeDLRelease struct {
				URL        string `koanf:"url"`
				Name       string `koanf:"name"`
				PythonPath string `koanf:"python_path"`
			} `koanf:"youtube_dl_release"`
			ForceIPv4 bool     `koanf:"force_ipv4"`
			Proxies   []string `koanf:"proxies"`
		} `koanf:"http"`
		Torrent struct {
			Enabled bool `koanf:"enabled"`
		} `koanf:"torrent"`
	} `koanf:"videos"`
	VideoChannelSynchronization struct {
		Enabled                       bool          `koanf:"enabled"`
		MaxPerUser                    int           `koanf:"max_per_user"`
		CheckInterval                 time.Duration `koanf:"check_interval"`
		VideosLimitPerSynchronization int           `koanf:"videos_limit_per_synchronization"`
		FullSyncVideosLimit           int           `koanf:"full_sync_videos_limit"`
	} `koanf:"video_channel_synchronization"`
	Users struct {
		Enabled bool `koanf:"enabled"`
	} `koanf:"users"`
}

// Export rules archives of a user's data.
type Export struct {
	Users struct {
		Enabled           bool          `koanf:"enabled"`
		MaxUserVideoQuota Bytes         `koanf:"max_user_video_quota"`
		ExportExpiration  time.Duration `koanf:"export_expiration"`
	} `koanf:"users"`
}

// AutoBlacklist holds new videos for a moderator.
type AutoBlacklist struct {
	Videos struct {
		OfUsers struct {
			Enabled bool `koanf:"enabled"`
		} `koanf:"of_users"`
	} `koanf:"videos"`
}

// Instance is how the instance presents itself.
type Instance struct {
	Name                  string   `koanf:"name"`
	ShortDescription      string   `koanf:"short_description"`
	Description           string   `koanf:"description"`
	Terms                 string   `koanf:"terms"`
	CodeOfConduct         string   `koanf:"code_of_conduct"`
	ModerationInformation string   `koanf:"moderation_information"`
	CreationReason        string   `koanf:"creation_reason"`
	Administrator         string   `koanf:"administrator"`
	MaintenanceLifetime   string   `koanf:"maintenance_lifetime"`
	BusinessModel         string   `koanf:"business_model"`
	HardwareInformation   string   `koanf:"hardware_information"`
	Languages             []string `koanf:"languages"`
	Categories            []int    `koanf:"categories"`
	DefaultClientRoute    string   `koanf:"default_client_route"`
	IsNSFW                bool     `koanf:"is_nsfw"`
	DefaultNSFWPolicy     string   `koanf:"default_nsfw_policy" oneof:"do_not_list blur display"`
	Customizations        struct {
		Javascript string `koanf:"javascript"`
		CSS        string `koanf:"css"`
	} `koanf:"customizations"`
	Robots      string `koanf:"robots"`
	SecurityTxt string `koanf:"securitytxt"`
}

// Services are names on other services.
type Services struct {
	Twitter struct {
		Username string `koanf:"username"`
	} `koanf:"twitter"`
}

// Theme is the preselected theme.
type Theme struct {
	Default string `koanf:"default"`
}

// BroadcastMessage is a banner for all visitors.
type BroadcastMessage struct {
	Enabled     bool   `koanf:"enabled"`
	Message     string `koanf:"message"`
	Level       string `koanf:"level" oneof:"info warning error"`
	Dismissable bool   `koanf:"dismissable"`
}

// Client are settings of the web client.
type Client struct {
	Videos struct {
		Miniature struct {
			PreferAuthorDisplayName bool `koanf:"prefer_author_display_name"`
			DisplayAuthorAvatar     bool `koanf:"display_author_avatar"`
		} `koanf:"miniature"`
		ResumableUpload struct {
			MaxChunkSize Bytes `koanf:"max_chunk_size"`
		} `koanf:"resumable_upload"`
	} `koanf:"videos"`
	Menu struct {
		Login struct {
			RedirectOnSingleExternalAuth bool `koanf:"redirect_on_single_external_auth"`
		} `koanf:"login"`
	} `koanf:"menu"`
}

// WebAdmin says whether administrators may change the configuration in the client.
type WebAdmin struct {
	Configuration struct {
		Edition struct {
			Allowed bool `koanf:"allowed"`
		} `koanf:"edition"`
	} `koanf:"configuration"`
}

// Stats says which counts are public.
type Stats struct {
	RegistrationRequests struct {
		Enabled bool `koanf:"enabled"`
	} `koanf:"registration_requests"`
	Abuses struct {
		Enabled bool `koanf:"enabled"`
	} `koanf:"abuses"`
	TotalModerators struct {
		Enabled bool `koanf:"enabled"`
	} `koanf:"total_moderators"`
	TotalAdmins struct {
		Enabled bool `koanf:"enabled"`
	} `koanf:"total_admins"`
}
