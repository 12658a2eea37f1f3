package config

import "time"

// Trending ranks videos.
type Trending struct {
	Videos struct {
		IntervalDays int `koanf:"interval_days" min:"1"`
		Algorithms   struct {
			Enabled []string `koanf:"enabled"`
			Default string   `koanf:"default"`
		} `koanf:"algorithms"`
	} `koanf:"videos"`
}

// Redundancy mirrors videos of followed instances.
type Redundancy struct {
	Videos struct {
		CheckInterval time.Duration        `koanf:"check_interval"`
		Strategies    []RedundancyStrategy `koanf:"strategies"`
	} `koanf:"videos"`
}

// RemoteRedundancy says whose mirrors of our videos are accepted.
type RemoteRedundancy struct {
	Videos struct {
		AcceptFrom string `koanf:"accept_from" oneof:"nobody anybody followings"`
	} `koanf:"videos"`
}

// Tracker is the BitTorrent tracker of the players.
type Tracker struct {
	Enabled                bool `koanf:"enabled"`
	Private                bool `koanf:"private"`
	RejectTooManyAnnounces bool `koanf:"reject_too_many_announces"`
}

// Views says when a view counts and how long views are kept.
type Views struct {
	Videos struct {
		Remote struct {
			MaxAge time.Duration `koanf:"max_age"`
		} `koanf:"remote"`
		LocalBufferUpdateInterval time.Duration `koanf:"local_buffer_update_interval"`
		ViewExpiration            time.Duration `koanf:"view_expiration"`
		CountViewAfter            time.Duration `koanf:"count_view_after"`
		TrustViewerSessionID      bool          `koanf:"trust_viewer_session_id"`
		WatchingInterval          struct {
			Anonymous time.Duration `koanf:"anonymous"`
			Users     time.Duration `koanf:"users"`
		} `koanf:"watching_interval"`
	} `koanf:"videos"`
}

// GeoIP are the databases that turn addresses into countries.
type GeoIP struct {
	Enabled bool `koanf:"enabled"`
	Country struct {
		DatabaseURL string `koanf:"database_url"`
	} `koanf:"country"`
	City struct {
		DatabaseURL string `koanf:"database_url"`
	} `koanf:"city"`
}

// Plugins names the index of plugins.
type Plugins struct {
	Index struct {
		Enabled                     bool          `koanf:"enabled"`
		CheckLatestVersionsInterval time.Duration `koanf:"check_latest_versions_interval"`
		URL                         string        `koanf:"url"`
	} `koanf:"index"`
}

// Federation rules the exchange with other instances.
type Federation struct {
	Enabled              bool `koanf:"enabled"`
	PreventSSRF          bool `koanf:"prevent_ssrf"`
	SignFederatedFetches bool `koanf:"sign_federated_fetches"`
	Videos               struct {
		FederateUnlisted          bool `koanf:"federate_unlisted"`
		CleanupRemoteInteractions bool `koanf:"cleanup_remote_interactions"`
	} `koanf:"videos"`
}

// PeerTube is the check for new versions.
type PeerTube struct {
	CheckLatestVersion struct {
		Enabled bool   `koanf:"enabled"`
		URL     string `koanf:"url"`
	} `koanf:"check_latest_version"`
}

// Feeds bounds the lengths of feeds.
type Feeds struct {
	Videos struct {
		Count int `koanf:"count"`
	} `koanf:"videos"`
	Comments struct {
		Count int `koanf:"count"`
	} `koanf:"comments"`
}

// RemoteRunners says when a runner is taken for dead.
type RemoteRunners struct {
	StalledJobs struct {
		Live time.Duration `koanf:"live"`
		VOD  time.Duration `koanf:"vod"`
	} `koanf:"stalled_jobs"`
}

// Followers rules who may follow the instance.
type Followers struct {
	Instance struct {
		Enabled        bool `koanf:"enabled"`
		ManualApproval bool `koanf:"manual_approval"`
	} `koanf:"instance"`
}

// Followings rules whom the instance follows by itself.
type Followings struct {
	Instance struct {
		AutoFollowBack struct {
			Enabled bool `koanf:"enabled"`
		} `koanf:"auto_follow_back"`
		AutoFollowIndex struct {
			Enabled  bool   `koanf:"enabled"`
			IndexURL string `koanf:"index_url"`
		} `koanf:"auto_follow_index"`
	} `koanf:"instance"`
}

// Search rules searching beyond the instance.
type Search struct {
	RemoteURI struct {
		Users     bool `koanf:"users"`
		Anonymous bool `koanf:"anonymous"`
	} `koanf:"remote_uri"`
	SearchIndex struct {
		Enabled            bool   `koanf:"enabled"`
		URL                string `koanf:"url"`
		DisableLocalSearch bool   `koanf:"disable_local_search"`
		IsDefaultSearch    bool   `koanf:"is_default_search"`
	} `koanf:"search_index"`
}
