package catalog

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

func (f Filter) direction() string {
	if f.Ascending {
		return "asc"
	}
	return "desc"
}
