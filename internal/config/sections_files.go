package config

import "time"

// Storage are the folders of files; empty ones lie below the data folder. After Load all are absolute.
type Storage struct {
	Tmp                string `koanf:"tmp"`
	TmpPersistent      string `koanf:"tmp_persistent"`
	Bin                string `koanf:"bin"`
	Avatars            string `koanf:"avatars"`
	WebVideos          string `koanf:"web_videos"`
	StreamingPlaylists string `koanf:"streaming_playlists"`
	OriginalVideoFiles string `koanf:"original_video_files"`
	Redundancy         string `koanf:"redundancy"`
	Logs               string `koanf:"logs"`
	Previews           string `koanf:"previews"`
	Thumbnails         string `koanf:"thumbnails"`
	Storyboards        string `koanf:"storyboards"`
	Torrents           string `koanf:"torrents"`
	Captions           string `koanf:"captions"`
	Cache              string `koanf:"cache"`
	Plugins            string `koanf:"plugins"`
	WellKnown          string `koanf:"well_known"`
	ClientOverrides    string `koanf:"client_overrides"`
}

// StaticFiles guards private files.
type StaticFiles struct {
	PrivateFilesRequireAuth bool `koanf:"private_files_require_auth"`
}

// ObjectStorage is an S3 store for videos.
type ObjectStorage struct {
	Enabled   bool   `koanf:"enabled"`
	Endpoint  string `koanf:"endpoint"`
	Region    string `koanf:"region"`
	UploadACL struct {
		Public  string `koanf:"public"`
		Private string `koanf:"private"`
	} `koanf:"upload_acl"`
	Proxy struct {
		ProxifyPrivateFiles bool `koanf:"proxify_private_files"`
	} `koanf:"proxy"`
	Credentials struct {
		AccessKeyID     string `koanf:"access_key_id" secret:"true"`
		SecretAccessKey string `koanf:"secret_access_key" secret:"true"`
	} `koanf:"credentials"`
	MaxUploadPart      Bytes `koanf:"max_upload_part"`
	MaxRequestAttempts int   `koanf:"max_request_attempts" min:"1"`
	StreamingPlaylists struct {
		BucketName       string `koanf:"bucket_name"`
		Prefix           string `koanf:"prefix"`
		BaseURL          string `koanf:"base_url"`
		StoreLiveStreams bool   `koanf:"store_live_streams"`
	} `koanf:"streaming_playlists"`
	WebVideos struct {
		BucketName string `koanf:"bucket_name"`
		Prefix     string `koanf:"prefix"`
		BaseURL    string `koanf:"base_url"`
	} `koanf:"web_videos"`
	UserExports struct {
		BucketName string `koanf:"bucket_name"`
		Prefix     string `koanf:"prefix"`
		BaseURL    string `koanf:"base_url"`
	} `koanf:"user_exports"`
	OriginalVideoFiles struct {
		BucketName string `koanf:"bucket_name"`
		Prefix     string `koanf:"prefix"`
		BaseURL    string `koanf:"base_url"`
	} `koanf:"original_video_files"`
}

// Thumbnails are the images made of videos.
type Thumbnails struct {
	GenerationFromVideo struct {
		FramesToAnalyze int `koanf:"frames_to_analyze" min:"1"`
	} `koanf:"generation_from_video"`
	Sizes []ThumbnailSize `koanf:"sizes"`
}

// Cache bounds the numbers of cached remote files.
type Cache struct {
	Previews struct {
		Size int `koanf:"size"`
	} `koanf:"previews"`
	Captions struct {
		Size int `koanf:"size"`
	} `koanf:"captions"`
	Torrents struct {
		Size int `koanf:"size"`
	} `koanf:"torrents"`
	Storyboards struct {
		Size int `koanf:"size"`
	} `koanf:"storyboards"`
}

// Transcoding says which files are made of an upload. Threads 0 lets ffmpeg choose.
type Transcoding struct {
	Enabled      bool `koanf:"enabled"`
	OriginalFile struct {
		Keep bool `koanf:"keep"`
	} `koanf:"original_file"`
	AllowAdditionalExtensions bool `koanf:"allow_additional_extensions"`
	AllowAudioFiles           bool `koanf:"allow_audio_files"`
	RemoteRunners             struct {
		Enabled bool `koanf:"enabled"`
	} `koanf:"remote_runners"`
	Threads                           int         `koanf:"threads" min:"0"`
	Concurrency                       int         `koanf:"concurrency" min:"1"`
	Profile                           string      `koanf:"profile"`
	Resolutions                       Resolutions `koanf:"resolutions"`
	AlwaysTranscodeOriginalResolution bool        `koanf:"always_transcode_original_resolution"`
	FPS                               struct {
		Max int `koanf:"max" min:"1"`
	} `koanf:"fps"`
	WebVideos struct {
		Enabled bool `koanf:"enabled"`
	} `koanf:"web_videos"`
	HLS struct {
		Enabled            bool `koanf:"enabled"`
		SplitAudioAndVideo bool `koanf:"split_audio_and_video"`
	} `koanf:"hls"`
}

// Live rules live streams; -1 means no limit.
type Live struct {
	Enabled          bool          `koanf:"enabled"`
	MaxDuration      time.Duration `koanf:"max_duration"`
	MaxInstanceLives int           `koanf:"max_instance_lives"`
	MaxUserLives     int           `koanf:"max_user_lives"`
	AllowReplay      bool          `koanf:"allow_replay"`
	LatencySetting   struct {
		Enabled bool `koanf:"enabled"`
	} `koanf:"latency_setting"`
	RTMP struct {
		Enabled        bool   `koanf:"enabled"`
		Hostname       string `koanf:"hostname"`
		Port           int    `koanf:"port" min:"1" max:"65535"`
		PublicHostname string `koanf:"public_hostname"`
	} `koanf:"rtmp"`
	RTMPS struct {
		Enabled        bool   `koanf:"enabled"`
		Hostname       string `koanf:"hostname"`
		Port           int    `koanf:"port" min:"1" max:"65535"`
		KeyFile        string `koanf:"key_file"`
		CertFile       string `koanf:"cert_file"`
		PublicHostname string `koanf:"public_hostname"`
	} `koanf:"rtmps"`
	Transcoding struct {
		Enabled       bool `koanf:"enabled"`
		RemoteRunners struct {
			Enabled bool `koanf:"enabled"`
		} `koanf:"remote_runners"`
		Threads                           int         `koanf:"threads"`
		Profile                           string      `koanf:"profile"`
		Resolutions                       Resolutions `koanf:"resolutions"`
		AlwaysTranscodeOriginalResolution bool        `koanf:"always_transcode_original_resolution"`
		FPS                               struct {
			Max int `koanf:"max" min:"1"`
		} `koanf:"fps"`
	} `koanf:"transcoding"`
}

// VideoStudio lets users cut their videos.
type VideoStudio struct {
	Enabled       bool `koanf:"enabled"`
	RemoteRunners struct {
		Enabled bool `koanf:"enabled"`
	} `koanf:"remote_runners"`
}

// VideoTranscription makes captions from speech.
type VideoTranscription struct {
	Enabled       bool   `koanf:"enabled"`
	Engine        string `koanf:"engine"`
	EnginePath    string `koanf:"engine_path"`
	Model         string `koanf:"model"`
	ModelPath     string `koanf:"model_path"`
	RemoteRunners struct {
		Enabled bool `koanf:"enabled"`
	} `koanf:"remote_runners"`
}

// VideoFile lets users replace the file of a video.
type VideoFile struct {
	Update struct {
		Enabled bool `koanf:"enabled"`
	} `koanf:"update"`
}

// Storyboards are the preview images of the seek bar.
type Storyboards struct {
	Enabled bool `koanf:"enabled"`
}
