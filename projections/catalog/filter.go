package catalog

import (
	"time"

	"vidilog/domain/kernel"
)

// Audience says for whom a list is made; it bounds what the other filters can ask for. The zero value is everybody.
type Audience int

// The audiences.
const (
	// Anyone sees public videos.
	Anyone Audience = iota
	// LoggedIn sees internal ones too.
	LoggedIn
	// Everything is for those with the right to see all videos, and for owners together with Filter.OwnerID: no privacy is
	// left out. The caller has checked the right.
	Everything
)

// Sort is an order of video lists. Ties are broken by the integer id, upwards, as in PeerTube.
type Sort string

// The orders, by the names that PeerTube's parameter sort has for them. The zero value is ByPublishedAt.
const (
	ByName                  Sort = "name"
	ByDuration              Sort = "duration"
	ByCreatedAt             Sort = "createdAt"
	ByUpdatedAt             Sort = "updatedAt"
	ByPublishedAt           Sort = "publishedAt"
	ByOriginallyPublishedAt Sort = "originallyPublishedAt"
	ByViews                 Sort = "views"
	ByLikes                 Sort = "likes"
	ByComments              Sort = "comments"
	ByTrending              Sort = "trending" // views since Filter.TrendingSince, then all views
	ByHot                   Sort = "hot"
	ByBest                  Sort = "best"  // as hot, but what is in Filter.Watched comes later
	ByGiven                 Sort = "given" // upwards as Filter.IDs are
	ByMatch                 Sort = "match" // how well the name fits Filter.Search; without a search, the oldest first
	ByLocalVideoFilesSize   Sort = "localVideoFilesSize"
)

// Filter says which videos a list has, in which order and which part of it. Zero values ask for nothing.
type Filter struct {
	// Start and Count are the part of the list; Count 0 answers the total only.
	Start, Count int
	Sort         Sort
	Ascending    bool
	// TrendingSince is where ByTrending begins to count views; whole days.
	TrendingSince time.Time
	// SkipTotal leaves the total out.
	SkipTotal bool

	Audience  Audience
	ChannelID *kernel.ChannelID
	AccountID *kernel.AccountID
	OwnerID   *kernel.UserID
	// Privacies and States are PeerTube's numbers. Without States, only published videos are listed unless
	// IncludeNotPublished is set (include=1).
	Privacies           []int
	States              []int
	IncludeNotPublished bool

	Categories []int
	Licences   []int
	// Languages are codes; UnknownLanguage asks for videos without one.
	Languages []string
	// TagsOneOf and TagsAllOf compare without regard to case.
	TagsOneOf []string
	TagsAllOf []string
	// NSFW false also lets through what has one of NSFWFlagsIncluded; what has one of NSFWFlagsExcluded is left out in any case.
	NSFW              *bool
	NSFWFlagsIncluded int
	NSFWFlagsExcluded int
	// Nothing says that the list is known to be empty: what it asks for cannot be here.
	Nothing bool
	// IDs are the only videos that may be in the list; nil for any, empty for none.
	IDs []kernel.VideoID
	// Watched are the videos in the viewer's history: ExcludeWatched leaves them out, ByBest puts them later.
	Watched        []kernel.VideoID
	ExcludeWatched bool
	// IsLocal and IsLive: all videos of this release are local uploads.
	IsLocal      *bool
	IsLive       *bool
	HasHLS       *bool
	HasWebVideos *bool
	// HasFiles leaves out what cannot be played yet.
	HasFiles bool
	// Search finds part of the name or a name much like it, a whole tag, or the UUID, without regard to case and accents.
	Search string
	// From and To bound the publication, the next two the original publication; seconds bound the duration. All inclusive.
	PublishedFrom, PublishedTo                     *time.Time
	OriginallyPublishedFrom, OriginallyPublishedTo *time.Time
	SecondsFrom, SecondsTo                         *int

	// trigrams is the schema of the extension that finds similar names, empty without it.
	trigrams string
}

// UnknownLanguage is PeerTube's value of languageOneOf for videos without a language.
const UnknownLanguage = "_unknown"
