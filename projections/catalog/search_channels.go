package catalog

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
)

// ChannelSearch says which channels are searched for. Zero values ask for nothing.
type ChannelSearch struct {
	Start, Count int
	// Search is part of a handle or name, or much like it.
	Search string
	// Handles are the only channels that may be found; nil for any.
	Handles []string
	// Sort is match, displayName or createdAt.
	Sort      string
	Ascending bool
}

var searchChannelsSQL = query("search_channels")

// SearchChannels answers the channels that fit, and how many there are in all.
func (c *Catalog) SearchChannels(ctx context.Context, s ChannelSearch) ([]Channel, int, error) {
	words := Filter{Search: s.Search}
	if err := c.findTrigrams(ctx, &words); err != nil {
		return nil, 0, err
	}
	sql, args := channelsStatement(s, words.trigrams)
	total := 0
	found, err := many(ctx, c.db, sql, func(row pgx.CollectableRow) (ch Channel, err error) {
		return ch, row.Scan(append(ch.destinations(), &total)...)
	}, args...)
	return found, total, err
}

// channelsStatement composes the statement. There are far fewer channels than videos: without an index on their names.
func channelsStatement(s ChannelSearch, trigrams string) (string, []any) {
	by := map[string]string{"displayName": "ch.display_name", "createdAt": "ch.created_at"}[s.Sort]
	direction := "desc"
	if s.Ascending {
		direction = "asc"
	}
	where, args := []string{"true"}, []any{max(s.Count, 0), max(s.Start, 0)}
	if s.Handles != nil {
		args = append(args, s.Handles)
		where = append(where, fmt.Sprintf("ch.handle = any($%d::text[])", len(args)))
	}
	if s.Search != "" {
		args = append(args, "%"+likeSpecials.Replace(strings.ToLower(s.Search))+"%", strings.ToLower(s.Search))
		pattern, text := len(args)-1, len(args)
		found := fmt.Sprintf("lower(ch.display_name) like $%d or ch.handle like $%d or ch.handle = $%d", pattern, pattern, text)
		if trigrams != "" {
			match := fmt.Sprintf("greatest(%[1]s.word_similarity($%[2]d, lower(ch.display_name)), %[1]s.word_similarity($%[2]d, ch.handle))", trigrams, text)
			found += " or " + match + " >= " + similarEnough
			if by == "" {
				by = match
			}
		}
		where = append(where, "("+found+")")
	}
	if by == "" {
		by, direction = "ch.number", "asc"
	}
	fill := strings.NewReplacer("{where}", strings.Join(where, "\n   and "), "{by}", by, "{dir}", direction)
	return fill.Replace(searchChannelsSQL), args
}
