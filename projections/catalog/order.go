package catalog

import "strconv"

// order is how a list is sorted: the columns, with {dir} for the direction asked for, and whether the walk begins at the
// counters.
type order struct {
	by       string
	counters bool
}

// orders have columns of videos v and, where marked, of video_counters c. In the page they are called s1 and s2.
var orders = map[Sort]order{
	ByName:                  {by: "v.name"},
	ByDuration:              {by: "v.seconds"},
	ByCreatedAt:             {by: "v.created_at"},
	ByUpdatedAt:             {by: "v.updated_at"},
	ByPublishedAt:           {by: "v.published_at"},
	ByOriginallyPublishedAt: {by: "coalesce(v.originally_published_at, v.published_at)"},
	ByViews:                 {by: "c.views", counters: true},
	ByLikes:                 {by: "c.likes", counters: true},
	ByComments:              {by: "c.comments", counters: true},
	ByHot:                   {by: "c.hot", counters: true},
	ByBest:                  {by: "c.hot", counters: true},
	ByMatch:                 {by: "v.number"},
	ByGiven:                 {by: "v.number"},
	// Sizes add up over the files of every video in the list: an administrator's question, without an index.
	ByLocalVideoFilesSize: {by: "(select coalesce(sum(f.bytes), 0) from video_files f where f.video_id = v.id)"},
}

func walksCounters(s Sort) bool { return orders[s].counters || s == ByTrending }

func (f Filter) sort() Sort {
	if f.Sort == "" {
		return ByPublishedAt
	}
	return f.Sort
}

// watchedPenalty is what PeerTube takes from the score of a video that the viewer has seen, in half-days.
const watchedPenalty = 100

// order of a list whose conditions are c. How well names fit, and who has seen what, are arguments of the statement.
func (f Filter) order(c *conditions) order {
	o := orders[f.sort()]
	switch {
	case f.sort() == ByMatch && c.match != "":
		o.by = c.match
	case f.sort() == ByGiven && f.IDs != nil:
		o.by = "array_position(" + c.next(uuids(f.IDs)) + "::uuid[], v.id)"
	case f.sort() == ByBest && len(f.Watched) > 0:
		o.by = "c.hot - case when c.video_id = any(" + c.next(uuids(f.Watched)) + "::uuid[]) then " +
			strconv.Itoa(watchedPenalty) + " else 0 end"
	}
	return o
}

func (f Filter) direction() string {
	if f.Ascending || f.sort() == ByMatch && (f.Search == "" || f.trigrams == "") {
		return "asc"
	}
	return "desc"
}
