package videos

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"vidilog/api/authn"
	"vidilog/api/rest/decode"
	"vidilog/api/shape"
	"vidilog/commands"
	"vidilog/domain/kernel"
	"vidilog/domain/user"
	"vidilog/projections/catalog"
)

// Sorts are the orders of video lists by PeerTube's names.
var Sorts = []string{
	"name", "duration", "createdAt", "updatedAt", "publishedAt", "originallyPublishedAt", "views", "likes", "comments", "trending",
	"hot", "best", "localVideoFilesSize",
}

// include are the bits of the parameter include.
type include uint16

// The bits, as PeerTube's VideoInclude. Blocks, automatic tags and captions add nothing yet, since there are none.
const (
	includeNotPublished  include = 1
	includeBlacklisted   include = 2
	includeBlockedOwner  include = 4
	includeFiles         include = 8
	includeSource        include = 32
	includeAutomaticTags include = 64
	includeTags          include = 128
	// includeKnown are the bits that change what is shown of a video.
	includeKnown = includeNotPublished | includeBlacklisted | includeBlockedOwner | includeFiles | includeSource |
		includeAutomaticTags | includeTags
)

// Policies are what lists depend on besides the request.
type Policies struct {
	// Sensitive is what a caller wants to see of sensitive videos.
	Sensitive func(ctx context.Context, caller commands.Caller) (Sensitivity, error)
	// TrendingDays is how far back trending counts.
	TrendingDays func() int
	// Watched are the videos in somebody's history, the latest first; Positions are where they stopped in some of them.
	Watched   func(ctx context.Context, viewer kernel.UserID) ([]kernel.VideoID, error)
	Positions func(ctx context.Context, viewer kernel.UserID, videos []kernel.VideoID) (map[kernel.VideoID]int, error)
	// Viewers are how many are watching a video now.
	Viewers func(kernel.VideoID) int64
}

// Sensitivity is what somebody wants to see of sensitive videos where a list does not say.
type Sensitivity struct {
	// Hides leaves all of them out but those with one of the flags in Shows; Never leaves out in any case.
	Hides        bool
	Shows, Never int
}

// List is a list of videos that somebody asks for.
type List struct {
	catalog.Filter
	include include
	caller  commands.Caller
}

// ListOf reads the filters that all lists of videos share. Asking for what only moderators may see is refused.
func (a *API) ListOf(r *http.Request, q *decode.Query) (List, error) {
	return a.listOf(r, q, "-publishedAt", Sorts)
}

func (a *API) listOf(r *http.Request, q *decode.Query, otherwise string, sorts []string) (List, error) {
	l := List{caller: authn.Caller(r), Filter: catalog.Filter{
		Categories: q.Ints("categoryOneOf"), Licences: q.Ints("licenceOneOf"), Languages: q.Texts("languageOneOf"),
		TagsOneOf: q.Texts("tagsOneOf"), TagsAllOf: q.Texts("tagsAllOf"), IsLocal: q.Bool("isLocal"), IsLive: q.Bool("isLive"),
		HasHLS: q.Bool("hasHLSFiles"), HasWebVideos: q.Bool("hasWebVideoFiles"), Search: q.Text("search"),
		Privacies: q.Ints("privacyOneOf"), States: q.Ints("stateOneOf"),
		TrendingSince: time.Now().UTC().AddDate(0, 0, -a.Policies.TrendingDays()),
	}}
	l.Start, l.Count = q.Page()
	sort, ascending := q.Sort(otherwise, sorts...)
	l.Sort, l.Ascending = catalog.Sort(sort), ascending
	if skip := q.Bool("skipCount"); skip != nil {
		l.SkipTotal = *skip
	}
	if host := q.Text("host"); host != "" && !strings.EqualFold(host, a.Site.Host) {
		l.Nothing = true
	}
	if len(q.Texts("autoTagOneOf")) > 0 {
		l.Nothing = true // no video has been tagged
	}
	if bits := q.Int("include"); bits != nil {
		l.include = include(*bits) & includeKnown
	}
	if exclude := q.Bool("excludeAlreadyWatched"); exclude != nil {
		l.ExcludeWatched = *exclude
	}
	if err := a.sensitive(r, q, &l); err != nil {
		return l, err
	}
	if err := q.Err(); err != nil {
		return l, err
	}
	if err := l.audience(q); err != nil {
		return l, err
	}
	return l, a.watched(r.Context(), &l)
}

// watched looks up what the caller has seen, where the list depends on it.
func (a *API) watched(ctx context.Context, l *List) (err error) {
	if l.caller.UserID.IsZero() || !l.ExcludeWatched && l.Sort != catalog.ByBest {
		return nil
	}
	l.Watched, err = a.Policies.Watched(ctx, l.caller.UserID)
	return err
}

// HistoryPage encodes a page of what the caller has watched, the latest first.
func (a *API) HistoryPage(r *http.Request) ([]byte, error) {
	q := decode.QueryOf(r)
	l := List{caller: authn.Caller(r), Filter: catalog.Filter{
		Audience: catalog.LoggedIn, Search: q.Text("search"), Sort: catalog.ByGiven, Ascending: true,
	}}
	l.Start, l.Count = q.Page()
	if err := q.Err(); err != nil {
		return nil, err
	}
	watched, err := a.Policies.Watched(r.Context(), l.caller.UserID)
	if err != nil {
		return nil, err
	}
	l.IDs = append([]kernel.VideoID{}, watched...) // none is no video, not any
	return a.Page(r.Context(), l)
}

// sensitive reads what the caller wants to see of sensitive videos; without a word of it, the caller's own policy holds, and for
// visitors the instance's.
func (a *API) sensitive(r *http.Request, q *decode.Query, l *List) error {
	if included := q.Int("nsfwFlagsIncluded"); included != nil {
		l.NSFWFlagsIncluded = *included
	}
	if excluded := q.Int("nsfwFlagsExcluded"); excluded != nil {
		l.NSFWFlagsExcluded = *excluded
	}
	if l.NSFWFlagsIncluded&l.NSFWFlagsExcluded != 0 {
		q.Refuse("nsfwFlagsExcluded", "Cannot have the same flags in included and excluded")
	}
	yes, no := true, false
	switch q.OneOf("nsfw", "true", "false", "both") {
	case "true":
		l.NSFW = &yes
	case "false":
		l.NSFW = &no
	case "both":
	default:
		return a.byDefault(r, l)
	}
	return nil
}

// byDefault bounds a list that says nothing of sensitive videos.
func (a *API) byDefault(r *http.Request, l *List) error {
	wanted, err := a.Policies.Sensitive(r.Context(), authn.Caller(r))
	if err != nil {
		return err
	}
	if wanted.Hides {
		hides := false
		l.NSFW = &hides
	}
	if l.NSFWFlagsIncluded == 0 && l.NSFWFlagsExcluded == 0 {
		l.NSFWFlagsIncluded, l.NSFWFlagsExcluded = wanted.Shows, wanted.Never
	}
	return nil
}

// audience bounds a list to what the caller may see. The parameters count as used when they are there at all, include=0 too.
func (l *List) audience(q *decode.Query) error {
	isLoggedIn := !l.caller.UserID.IsZero()
	for _, name := range []string{"include", "privacyOneOf", "stateOneOf", "autoTagOneOf"} {
		if len(q.Texts(name)) > 0 && !(isLoggedIn && l.caller.Role.Has(user.RightSeeAllVideos)) {
			return kernel.Refuse(kernel.CodeUnauthenticated,
				"You are not allowed to see all videos, specify a custom include or auto tags filter.")
		}
	}
	if !isLoggedIn && q.Has("excludeAlreadyWatched") {
		return kernel.Refuse(kernel.CodeInvalid, "Cannot use excludeAlreadyWatched parameter when auth token is not provided")
	}
	if q.Has("filter") {
		return kernel.Refuse(kernel.CodeInvalid,
			`"filter" query parameter is not supported anymore by PeerTube. Please use "isLocal" and "include" instead`)
	}
	l.IncludeNotPublished = l.include&includeNotPublished != 0
	switch {
	case len(l.Privacies) > 0:
		l.Audience = catalog.Everything
	case isLoggedIn:
		l.Audience = catalog.LoggedIn
	}
	return nil
}

// OwnListOf reads the filters of the list of the caller's own videos, in which everything is shown that is not asked away.
// Errors: CodeNotFound for a channel that does not exist.
func (a *API) OwnListOf(r *http.Request, q *decode.Query) (List, error) {
	number := q.Int("channelId")
	free := q.Without("include", "privacyOneOf", "stateOneOf", "autoTagOneOf")
	l, err := a.ListOf(r, free)
	if err = errors.Join(q.Err(), err); err != nil {
		return l, err
	}
	if !q.Has("nsfw") {
		l.NSFW = nil
	}
	l.Privacies, l.States = q.Ints("privacyOneOf"), q.Ints("stateOneOf")
	if number != nil {
		ch, err := a.Catalog.ChannelByNumber(r.Context(), int64(*number))
		if err != nil {
			return l, err
		}
		l.ChannelID = &ch.ID
	}
	return l, q.Err()
}

// searchSorts are the orders of search.
var searchSorts = []string{
	"name", "duration", "createdAt", "publishedAt", "originallyPublishedAt", "views", "likes", "match", "hot",
}

// SearchOf reads the filters of a search for videos: those of all lists, and bounds of time and duration.
func (a *API) SearchOf(r *http.Request, q *decode.Query) (List, error) {
	l, err := a.listOf(r, q, "-match", searchSorts)
	l.PublishedFrom, l.PublishedTo = q.Time("startDate"), q.Time("endDate")
	l.OriginallyPublishedFrom, l.OriginallyPublishedTo = q.Time("originallyPublishedStartDate"), q.Time("originallyPublishedEndDate")
	l.SecondsFrom, l.SecondsTo = q.Int("durationMin"), q.Int("durationMax")
	for _, text := range q.Texts("uuids") {
		id, known := shape.ParseUUID(text)
		if !known {
			q.Refuse("uuids", "Should have valid array of uuid")
			break
		}
		l.IDs = append(l.IDs, kernel.VideoID{UUID: id})
	}
	if err == nil {
		err = q.Err()
	}
	return l, err
}
