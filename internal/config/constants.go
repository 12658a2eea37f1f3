package config

import (
	"os"
	"strconv"
	"time"
)

// Constants are values that PeerTube keeps in its code, because no administrator should need to change them. Its own
// test suites rely on other values, which NODE_ENV=test selects; this is the only place that knows both.
type Constants struct {
	// RSAKeyBits is the size of actor keys.
	RSAKeyBits int
	// ActorFollowScoreBase is what a new follow starts with.
	ActorFollowScoreBase int
	// CollectionPageSize is the number of items on a page of an ActivityPub collection.
	CollectionPageSize int
	// ActorRefresh, VideoRefresh and PlaylistRefresh say how old a remote object may be before it is fetched again.
	ActorRefresh, VideoRefresh, PlaylistRefresh time.Duration

	// The intervals of schedulers.
	FollowScoresEvery, RemoveOldJobsEvery, RemoveOldHistoryEvery, RemoveOldViewsEvery time.Duration
	// UpdateVideosEvery is how often scheduled publications are looked at.
	UpdateVideosEvery, AutoFollowIndexEvery, InboxStatsEvery, CheckVersionEvery time.Duration
	// ViewsStatsEvery turns buffered views into hourly rows; 0 means once per hour.
	ViewsStatsEvery time.Duration
	// ActivityPubCleanerEvery looks for remote likes, shares and comments that are gone.
	ActivityPubCleanerEvery time.Duration
	// DanglingUploadsEvery removes abandoned resumable uploads.
	DanglingUploadsEvery, ExpiredExportsEvery time.Duration

	// ViewerLifetime is how long a viewer counts after the last call, ViewerStatsLifetime when the watch sections are written.
	ViewerLifetime, ViewerStatsLifetime time.Duration
	// ViewerSyncEvery writes viewers to Redis.
	ViewerSyncEvery time.Duration

	// ContactFormEvery is the time between two messages of one address.
	ContactFormEvery time.Duration
	// EmailAttempts is how often a mail is tried.
	EmailAttempts int

	// ActorImageMaxSize and ThumbnailMaxSize are in bytes.
	ActorImageMaxSize, ThumbnailMaxSize Bytes

	// OverviewSampleThreshold is the least number of videos of a sample in the overview; OverviewMemo how long it is kept.
	OverviewSampleThreshold int
	OverviewMemo            time.Duration
	// EmbedHTMLMemo is how long the HTML of an embed page is kept.
	EmbedHTMLMemo time.Duration
	// LiveAbleToUploadMemo is how long the answer to "has this live quota left" is kept.
	LiveAbleToUploadMemo time.Duration
	// CaptionCacheAge is how long a remote caption is kept.
	CaptionCacheAge time.Duration

	// LiveSegment and LiveSegmentSmallLatency are lengths of live segments.
	LiveSegment, LiveSegmentSmallLatency time.Duration
	// LiveCleanupDelay is when the files of an ended live go.
	LiveCleanupDelay time.Duration
	// LiveEdgeSegments is how many segments wait before a live is announced.
	LiveEdgeSegments int

	// RunnerContactEvery is how often the last contact of a runner is written.
	RunnerContactEvery time.Duration
	// ExportLinkLifetime is how long the signed link of an export works.
	ExportLinkLifetime time.Duration
	// PluginAuthTokenLifetime is how long a plugin's login token works.
	PluginAuthTokenLifetime time.Duration
	// RedundancyRandomFactor spreads the choice of mirrored videos.
	RedundancyRandomFactor int

	// RemoteHTTPScheme and RemoteWSScheme build URLs of other instances from their host.
	RemoteHTTPScheme, RemoteWSScheme string
	// ShutdownGrace is how long running work may take to end after SIGTERM.
	ShutdownGrace time.Duration
}

// ProductionConstants are those of a real instance.
func ProductionConstants() Constants {
	const day = 24 * time.Hour
	return Constants{
		RSAKeyBits: 2048, ActorFollowScoreBase: 1000, CollectionPageSize: 10,
		ActorRefresh: 2 * day, VideoRefresh: 2 * day, PlaylistRefresh: 2 * day,
		FollowScoresEvery: time.Hour, RemoveOldJobsEvery: time.Hour, RemoveOldHistoryEvery: day, RemoveOldViewsEvery: day,
		UpdateVideosEvery: time.Minute, AutoFollowIndexEvery: day, InboxStatsEvery: time.Minute, CheckVersionEvery: day,
		ViewsStatsEvery: 0, ActivityPubCleanerEvery: 7 * day, DanglingUploadsEvery: time.Hour, ExpiredExportsEvery: time.Hour,
		ViewerLifetime: 2 * time.Minute, ViewerStatsLifetime: time.Hour, ViewerSyncEvery: 30 * time.Second,
		ContactFormEvery: time.Hour, EmailAttempts: 5,
		ActorImageMaxSize: 8 << 20, ThumbnailMaxSize: 8 << 20, // 4 MB before 7.1
		OverviewSampleThreshold: 6, OverviewMemo: 4 * time.Hour, EmbedHTMLMemo: 10 * time.Second,
		LiveAbleToUploadMemo: time.Minute, CaptionCacheAge: 3 * time.Hour,
		LiveSegment: 4 * time.Second, LiveSegmentSmallLatency: 2 * time.Second, LiveCleanupDelay: 5 * time.Minute, LiveEdgeSegments: 4,
		RunnerContactEvery: 30 * time.Second, ExportLinkLifetime: 15 * time.Minute, PluginAuthTokenLifetime: 5 * time.Minute,
		RedundancyRandomFactor: 5,
		RemoteHTTPScheme:       "https", RemoteWSScheme: "wss", ShutdownGrace: 5 * time.Second,
	}
}

// TestConstants are those of PeerTube's test suites (its development environment shares most of them).
func TestConstants() Constants {
	c := developmentConstants()
	c.CollectionPageSize = 2
	c.ActorRefresh, c.VideoRefresh, c.PlaylistRefresh = 10*time.Second, 10*time.Second, 10*time.Second
	c.ActorImageMaxSize, c.ThumbnailMaxSize = 100<<10, 400<<10
	c.ViewerLifetime, c.ViewerStatsLifetime = 5*time.Second, 5*time.Second
	c.LiveCleanupDelay = liveCleanupDelay()
	c.LiveSegment, c.LiveSegmentSmallLatency, c.LiveEdgeSegments = 2*time.Second, time.Second, 1
	c.RunnerContactEvery = 2 * time.Second
	c.ExportLinkLifetime = 2 * time.Second
	return c
}

func developmentConstants() Constants {
	c := ProductionConstants()
	c.RSAKeyBits, c.ActorFollowScoreBase = 1024, 20
	c.FollowScoresEvery, c.RemoveOldJobsEvery = time.Second, 10*time.Second
	c.RemoveOldHistoryEvery, c.RemoveOldViewsEvery = 5*time.Second, 5*time.Second
	c.UpdateVideosEvery, c.AutoFollowIndexEvery = 5*time.Second, 5*time.Second
	c.InboxStatsEvery, c.CheckVersionEvery = 5*time.Second, 2*time.Second
	c.ViewsStatsEvery, c.ActivityPubCleanerEvery = 5*time.Second, 5*time.Second
	c.ViewerSyncEvery = time.Second
	c.ContactFormEvery, c.EmailAttempts = time.Second, 1
	c.OverviewSampleThreshold, c.OverviewMemo, c.EmbedHTMLMemo = 2, 3*time.Second, time.Millisecond
	c.LiveAbleToUploadMemo, c.CaptionCacheAge = 3*time.Second, 3*time.Second
	c.PluginAuthTokenLifetime = 5 * time.Second
	c.RedundancyRandomFactor = 1
	c.RemoteHTTPScheme, c.RemoteWSScheme = "http", "ws"
	c.ShutdownGrace = time.Second
	return c
}

// liveCleanupDelay reads the one constant that a suite sets by environment, in milliseconds.
func liveCleanupDelay() time.Duration {
	if text := os.Getenv("PEERTUBE_TEST_CONSTANTS_VIDEO_LIVE_CLEANUP_DELAY"); text != "" {
		if milliseconds, err := strconv.Atoi(text); err == nil {
			return time.Duration(milliseconds) * time.Millisecond
		}
	}
	return 5 * time.Second
}

func constantsFor(environment string) Constants {
	switch environment {
	case "test":
		return TestConstants()
	case "dev", "development":
		return developmentConstants()
	}
	return ProductionConstants()
}
