package catalog

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"vidilog/domain/kernel"
)

// conditions collects what must hold for a row, and the arguments. Only what a filter asks for gets into the statement:
// "$1 is null or …" would cost the planner its indexes.
type conditions struct {
	texts []string
	args  []any
	// files says that the outcome depends on which files there are.
	files bool
	// match is how well a name fits what is searched, empty where nobody can tell.
	match string
}

// add takes a condition in which $ stands for the argument.
func (c *conditions) add(text string, arg any) {
	c.args = append(c.args, arg)
	c.texts = append(c.texts, strings.ReplaceAll(text, "$", "$"+strconv.Itoa(len(c.args))))
}

func (c *conditions) fixed(text string) { c.texts = append(c.texts, text) }

// next adds an argument that is no condition and answers its placeholder.
func (c *conditions) next(arg any) string {
	c.args = append(c.args, arg)
	return "$" + strconv.Itoa(len(c.args))
}

func (c *conditions) String() string {
	if len(c.texts) == 0 {
		return "true"
	}
	return strings.Join(c.texts, "\n   and ")
}

// conditionsOf turns a filter into SQL over videos v. Privacy and state stand as literals where they are fixed, because the
// partial indexes are found by them; c_ repeats them for the counters where the order walks those.
func conditionsOf(f Filter) conditions {
	var c conditions
	c.visibility(f)
	c.attributes(f)
	c.tags(f)
	c.kinds(f)
	c.bounds(f)
	c.chosen(f)
	if f.Search != "" {
		c.search(f)
	}
	return c
}

func (c *conditions) visibility(f Filter) {
	onCounters := walksCounters(f.Sort)
	fixed := func(text string) {
		c.fixed("v." + text)
		if onCounters {
			c.fixed("c." + text)
		}
	}
	switch f.Audience {
	case Anyone:
		fixed("privacy = 1")
	case LoggedIn:
		fixed("privacy in (1, 4)")
	case Everything:
	}
	if len(f.Privacies) > 0 {
		c.add("v.privacy = any($::int[])", f.Privacies)
	}
	switch {
	case len(f.States) > 0:
		c.add("v.state = any($::int[])", f.States)
	case !f.IncludeNotPublished:
		fixed("state = 1")
	}
	if f.ChannelID != nil {
		c.add("v.channel_id = $", f.ChannelID.UUID)
	}
	if f.AccountID != nil {
		c.add("v.account_id = $", f.AccountID.UUID)
	}
	if f.OwnerID != nil {
		c.add("v.owner_id = $", f.OwnerID.UUID)
	}
}

func (c *conditions) attributes(f Filter) {
	c.oneOf("v.category", f.Categories)
	c.oneOf("v.licence", f.Licences)
	c.languages(f.Languages)
	c.sensitive(f)
}

func (c *conditions) sensitive(f Filter) {
	switch {
	case f.NSFW == nil:
	case *f.NSFW:
		c.fixed("v.nsfw")
	case f.NSFWFlagsIncluded != 0:
		c.add("(not v.nsfw or v.nsfw_flags & $::int <> 0)", f.NSFWFlagsIncluded)
	default:
		c.fixed("not v.nsfw")
	}
	if f.NSFWFlagsExcluded != 0 {
		c.add("v.nsfw_flags & $::int = 0", f.NSFWFlagsExcluded)
	}
}

// chosen bounds the list to single videos, or leaves single ones out.
func (c *conditions) chosen(f Filter) {
	if f.Nothing {
		c.fixed("false")
	}
	if f.IDs != nil {
		c.add("v.id = any($::uuid[])", uuids(f.IDs))
	}
	if f.ExcludeWatched && len(f.Watched) > 0 {
		c.add("v.id <> all($::uuid[])", uuids(f.Watched))
	}
}

func uuids(ids []kernel.VideoID) []uuid.UUID {
	list := make([]uuid.UUID, len(ids))
	for i, id := range ids {
		list[i] = id.UUID
	}
	return list
}

// oneOf compares with a single value by =, so that an index on it keeps its order.
func (c *conditions) oneOf(column string, values []int) {
	switch len(values) {
	case 0:
	case 1:
		c.add(column+" = $", values[0])
	default:
		c.add(column+" = any($::int[])", values)
	}
}

// languages asks for what is spoken, and for captions.
func (c *conditions) languages(languages []string) {
	known := slices.DeleteFunc(slices.Clone(languages), func(l string) bool { return l == UnknownLanguage || l == "" })
	var fits []string
	if len(known) > 0 {
		c.files = true
		wanted := c.next(known) + "::text[]"
		fits = append(fits, "v.language = any("+wanted+")",
			"v.id in (select f.video_id from video_captions f where f.language = any("+wanted+"))")
	}
	if slices.Contains(languages, UnknownLanguage) {
		fits = append(fits, "v.language is null")
	}
	if len(fits) > 0 {
		c.fixed("(" + strings.Join(fits, " or ") + ")")
	}
}

func (c *conditions) tags(f Filter) {
	if len(f.TagsOneOf) > 0 {
		c.add("v.tag_keys && $::text[]", tagKeys(f.TagsOneOf))
	}
	if len(f.TagsAllOf) > 0 {
		c.add("v.tag_keys @> $::text[]", tagKeys(f.TagsAllOf))
	}
}

func (c *conditions) kinds(f Filter) {
	if f.IsLocal != nil && !*f.IsLocal || f.IsLive != nil && *f.IsLive {
		c.fixed("false")
	}
	c.hasFiles(f.HasHLS, "hls")
	c.hasFiles(f.HasWebVideos, "web")
	if f.HasFiles {
		c.files = true
		c.fixed("exists (select 1 from video_files f where f.video_id = v.id)")
	}
}

func (c *conditions) hasFiles(wanted *bool, kind string) {
	if wanted == nil {
		return
	}
	c.files = true
	text := "exists (select 1 from video_files f where f.video_id = v.id and f.kind = '" + kind + "')"
	if !*wanted {
		text = "not " + text
	}
	c.fixed(text)
}

func (c *conditions) bounds(f Filter) {
	if f.PublishedFrom != nil {
		c.add("v.published_at >= $", *f.PublishedFrom)
	}
	if f.PublishedTo != nil {
		c.add("v.published_at <= $", *f.PublishedTo)
	}
	if f.OriginallyPublishedFrom != nil {
		c.add("v.originally_published_at >= $", *f.OriginallyPublishedFrom)
	}
	if f.OriginallyPublishedTo != nil {
		c.add("v.originally_published_at <= $", *f.OriginallyPublishedTo)
	}
	if f.SecondsFrom != nil {
		c.add("v.seconds >= $", *f.SecondsFrom)
	}
	if f.SecondsTo != nil {
		c.add("v.seconds <= $", *f.SecondsTo)
	}
}

// likeSpecials are the characters that LIKE gives a meaning.
var likeSpecials = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// search compares with the name in two ways: as part of it, and as words much like some of it, by trigrams.
func (c *conditions) search(f Filter) {
	folded := Folded(f.Search)
	pattern := c.next("%" + likeSpecials.Replace(folded) + "%")
	tag := c.next([]string{strings.ToLower(f.Search)})
	found := "v.search_text like " + pattern + " or v.tag_keys @> " + tag + "::text[]"
	if f.trigrams != "" {
		searched := c.next(folded)
		found += " or " + searched + "::text operator(" + f.trigrams + ".<%) v.search_text"
		c.match = f.trigrams + ".word_similarity(" + searched + "::text, v.search_text)"
	}
	if id, err := uuid.Parse(f.Search); err == nil {
		found += " or v.id = " + c.next(id)
	}
	c.fixed("(" + found + ")")
}
