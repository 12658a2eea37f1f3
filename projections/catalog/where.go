package catalog

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// conditions collects what must hold for a row, and the arguments. Only what a filter asks for gets into the statement:
// "$1 is null or …" would cost the planner its indexes.
type conditions struct {
	texts []string
	args  []any
	// files says that the outcome depends on which files there are.
	files bool
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
	if f.Search != "" {
		c.search(f.Search)
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
	if f.NSFW != nil {
		c.fixed(map[bool]string{true: "v.nsfw", false: "not v.nsfw"}[*f.NSFW])
	}
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

func (c *conditions) languages(languages []string) {
	known := slices.DeleteFunc(slices.Clone(languages), func(l string) bool { return l == UnknownLanguage || l == "" })
	unknown := slices.Contains(languages, UnknownLanguage)
	switch {
	case len(known) == 0 && unknown:
		c.fixed("v.language is null")
	case len(known) == 1 && !unknown:
		c.add("v.language = $", known[0])
	case len(known) > 0 && unknown:
		c.add("(v.language = any($::text[]) or v.language is null)", known)
	case len(known) > 0:
		c.add("v.language = any($::text[])", known)
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

func (c *conditions) search(text string) {
	pattern := c.next("%" + likeSpecials.Replace(Folded(text)) + "%")
	tag := c.next([]string{strings.ToLower(text)})
	found := "v.search_text like " + pattern + " or v.tag_keys @> " + tag + "::text[]"
	if id, err := uuid.Parse(text); err == nil {
		found += " or v.id = " + c.next(id)
	}
	c.fixed("(" + found + ")")
}
